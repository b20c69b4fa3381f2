"""Each verb of a rehearsal as the action that a person would do. Files are made up; their names come from the script."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import add_duration
from engine.words import Counting, LinkTo, Side
from processes.actions import act
from processes.actions.answers import ReceiptDays
from processes.actions.course import PressButton
from processes.actions.delivering import AnswerByLink, Deliver
from processes.actions.documents import AddDocuments, GiveToParty
from processes.actions.filing import NewDocument
from processes.actions.held import RetryHeldLetter
from processes.actions.judging import Judgement
from processes.actions.messages import SendMessage
from processes.actions.parties import AddParty
from processes.actions.post import ConfirmPosted
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.requests import ChangeTerm
from processes.actions.tasks import CompleteTask
from processes.actions.term_days import CorrectTermDay
from processes.actions.withdrawing import Withdraw
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.base.clock import local_date
from processes.execution.case_data import CaseData
from processes.execution.deliveries import deliveries_to_judge
from processes.execution.term_days import TermDay, days_of_term
from processes.execution.terms import rows_of
from processes.jobs.time_travel import travel
from processes.rehearsal import persons
from processes.rehearsal.made_up import (
    asked_again,
    assessments,
    concerns,
    inspections,
    made_up,
    outcomes,
    redactions,
    view_answers,
)
from processes.rehearsal.sandbox import ACTORS, StandingClock, morning
from processes.rehearsal.script import Action, Rehearsal, RehearsedMainCase, ScriptError, Start
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRequestRow, DocumentRow, Dossier, Instance, NoticeRow, Party, TaskRow
from processes.storage.words import CaseChannel, DocumentState, InstancePhase, PostChannel, TaskState

NOT_NAMED = {ActorKind.CITIZEN, ActorKind.DEPARTMENT, LinkTo.PERSON, *ACTORS}
OBJECTOR = "bsn:999993653"  # a public test number that passes the check


@dataclass
class PlayedCase:
    """The progress of a rehearsal. `last_mail` and `last_notice` are what the last look has already seen, `held` the
    notices that were held then and count once they are sent.
    """

    services: Services
    clock: StandingClock
    case: str
    case_id: int
    last_mail: int = 0
    last_notice: int = 0
    held: set[int] = field(default_factory=set)

    def actor(self, name: str) -> Actor:
        if name == ActorKind.CITIZEN:
            return Actor(ActorKind.CITIZEN, self.services.secrets.index(OBJECTOR), "Tess Testeling")
        if name in ACTORS:
            return ACTORS[name]
        party = self.party(name)
        if party is None or party.identity_index is None:
            raise ScriptError(f"'{name}' speelt niet mee. Kies citizen, worker, decider, committee of een partij.")
        return Actor(ActorKind.CITIZEN, party.identity_index, party.name)

    def party(self, name: str) -> Party | None:
        """The party of the case with this name."""
        with self.services.sessions() as session:
            return session.scalar(select(Party).where(Party.case_id == self.case_id, Party.name == name))


def open_case(services: Services, clock: StandingClock, case_type: str, script: Rehearsal) -> PlayedCase:
    """Register the case on its first day, after the case to which it belongs."""
    played, main = PlayedCase(services, clock, "", 0), None
    if script.start.main_case:
        before = script.start.main_case
        clock.moment = morning(before.on)
        main = act(
            services,
            played.actor(StaffRole.WORKER),
            _registration(services, before.case_type, before, by=StaffRole.WORKER),
        )
    _travel(played, script.start.on)
    registration = _registration(services, case_type, script.start, by=script.start.by, main_case=main)
    played.case = act(services, played.actor(script.start.by), registration)
    with services.sessions() as session:
        played.case_id = session.scalars(select(Case.id).where(Case.number == played.case)).one()
    return played


def _registration(
    services: Services, case_type: str, start: Start | RehearsedMainCase, *, by: str, main_case: str | None = None
) -> RegisterCase:
    with services.sessions() as session:
        model = services.models.current(session, case_type).model
    channel = start.channel if isinstance(start, Start) else PostChannel.PORTAL
    party = NewParty(
        model.initiators()[0],
        "Tess Testeling",
        identity=OBJECTOR,
        channel=channel,
        email="tess@voorbeeld.example",
        address="Voorbeeldstraat 1, 1234 AB Zandstede" if channel == PostChannel.POST else None,
    )
    return RegisterCase(
        case_type=case_type,
        channel=CaseChannel.PORTAL if by == ActorKind.CITIZEN else CaseChannel.LETTER,
        received_on=start.on,
        parties=(party, *(NewParty(**item) for item in start.parties)),
        decisions=tuple(NewDecision(**item) for item in start.decisions),
        values=start.values,
        main_case=main_case,
    )


def complete(played: PlayedCase, step: Action) -> None:
    """Fill in a task; what the form asks as a file is made up, what it asks as an explanation is the result's."""
    party = None if step.by in NOT_NAMED else played.party(step.by)
    with played.services.sessions() as session:
        task = _task_for(party, session.scalars(_open_tasks(played).where(TaskRow.element == step.what)).all())
        if task is None:
            raise ScriptError(f"de taak '{step.what}' staat niet open.")
        instance = session.get_one(Instance, task.instance_id)
        deployed = played.services.models.version(session, instance.model_version_id)
        form = deployed.folder.forms.get(deployed.model.elements[task.element].form or "")
        known = set(deployed.model.values)
    kinds = {field["key"]: field for field in json.loads(form)["components"] if "key" in field} if form else {}
    values = {
        code: value
        for code, value in step.values.items()
        if code in known and not _is_special(kinds.get(code)) and not isinstance(value, dict)
    }
    documents = _documents(played, step.values, kinds)
    if step.by == LinkTo.PERSON or (party and task.side == Side.DEPARTMENT):
        persons.answer(played.services, task, values, documents)
        return
    if step.by == ActorKind.DEPARTMENT:
        _answer(played, AnswerByLink(_token(played), task.id, values, documents))
        return
    act(
        played.services,
        played.actor(step.by if step.by != StaffRole.WORKER else _doer(task)),
        CompleteTask(
            task.id, values, documents, explanation=_explanation(step, kinds),
            assessments=assessments(played.services, instance, step.values, kinds),
            redactions=redactions(played.services, instance, kinds),
            inspection=inspections(played.services, played.case_id, step.values, kinds),
            outcomes=outcomes(played.services, played.case_id, step.values, kinds),
            concerns=concerns(played.services, instance, step.values, kinds),
            asked_again=asked_again(played.services, instance, step.values, kinds),
            view_answers=view_answers(played.services, instance, step.values, kinds),
            received=ReceiptDays(step.received) if step.received else None,
        ),
    )  # fmt: skip


def _task_for(party: Party | None, tasks: Sequence[TaskRow]) -> TaskRow | None:
    """The task for this party, of several of one name: the party's own, or one that is of no party."""
    return next((task for task in tasks if party is None or task.party_id in {None, party.id}), None)


def _answer(played: PlayedCase, action: AnswerByLink) -> None:
    with played.services.sessions() as session:
        dossier = _dossier(session, played)
        actor = Actor(ActorKind.DEPARTMENT, f"department:{dossier.id}", dossier.department or "", dossier=dossier.id)
    act(played.services, actor, action)


def _token(played: PlayedCase) -> str:
    with played.services.sessions() as session:
        return played.services.secrets.link_token(_dossier(session, played).salt)


def _dossier(session: Session, played: PlayedCase, department: str | None = None) -> Dossier:
    """The dossier of this department, or the first that was asked something. Raises ScriptError when there is none."""
    found = select(Dossier).where(Dossier.case_id == played.case_id).order_by(Dossier.id)
    dossier = session.scalars(found.where(Dossier.department == department) if department else found).first()
    if dossier is None:
        raise ScriptError("er is nog niets aan een afdeling gevraagd.")
    return dossier


def _doer(task: TaskRow) -> str:
    return StaffRole.COMMITTEE if task.side == Side.COMMITTEE else StaffRole.WORKER


def _is_file(field: Mapping[str, Any] | None) -> bool:
    return bool(field and field["type"] == "filepicker")


def _is_special(field: Mapping[str, Any] | None) -> bool:
    own_answer = {
        "court-only", "filepicker", "inspection", "inventory", "redactions", "concerns", "view-answers", "asked-again",
    }  # fmt: skip
    return bool(field and field["type"] in own_answer)


def _documents(played: PlayedCase, values: Mapping[str, Any], kinds: Mapping[str, Any]) -> tuple[NewDocument, ...]:
    return tuple(
        NewDocument(made_up(played.services, name), kinds[code]["documentType"], name)
        for code, names in values.items()
        if _is_file(kinds.get(code))
        for name in names
    )


def _explanation(step: Action, kinds: Mapping[str, Any]) -> str | None:
    keys = [key for key, field in kinds.items() if field["type"] == "result-explanation"]
    return next((str(step.values[key]) for key in keys if key in step.values), None)


def deliver(played: PlayedCase, step: Action) -> None:
    """The department sends files through its link, and with `values` what its form asks beside them; the kind of each file
    is the first that was asked for. `department`: which one, of several.
    """
    with played.services.sessions() as session:
        dossier = _dossier(session, played, step.what.get("department"))
        request = session.scalars(select(DocumentRequestRow).where(DocumentRequestRow.dossier_id == dossier.id)).first()
        kind = request.wanted[0]["type"] if request and request.wanted else "underlying"
    token = played.services.secrets.link_token(dossier.salt)
    files = tuple(NewDocument(made_up(played.services, name), kind, name) for name in step.what.get("files", ()))
    actor = Actor(ActorKind.DEPARTMENT, f"department:{dossier.id}", dossier.department or "", dossier=dossier.id)
    act(played.services, actor, Deliver(token, files, step.what.get("remark", ""), values=step.values))


def judge(played: PlayedCase, step: Action) -> None:
    """The worker accepts or refuses everything that waits to be judged."""
    with played.services.sessions() as session:
        for task in session.scalars(_open_tasks(played).where(TaskRow.side == Side.WORKER)):
            deliveries = session.scalars(deliveries_to_judge(task.instance_id)).all()
            if deliveries:
                break
        else:
            raise ScriptError("er is niets te beoordelen.")
        offered = select(DocumentRow.id).where(DocumentRow.delivery_id.in_([one.id for one in deliveries]))
        documents = session.scalars(offered.where(DocumentRow.state == DocumentState.OFFERED)).all()
    verdict = Judgement(step.what == DocumentState.ACCEPTED, step.reason or "Dit is niet het goede stuk.")
    values = {"judgement": step.what} if not documents else {}
    act(
        played.services,
        played.actor(StaffRole.WORKER),
        CompleteTask(task.id, values, judgements=dict.fromkeys(documents, verdict)),
    )


def wait(played: PlayedCase, step: Action) -> None:
    """Let a number of days pass, such as P8D."""
    _travel(played, add_duration(local_date(played.clock.moment), str(step.what), Counting.CALENDAR))


def until(played: PlayedCase, step: Action) -> None:
    """Let time pass until nine o'clock on a date."""
    _travel(played, step.what)


def _travel(played: PlayedCase, day: date) -> None:
    travel(played.services, morning(day), lambda moment: setattr(played.clock, "moment", moment))


def press(played: PlayedCase, step: Action) -> None:
    """A button that the drawing offers: of the case, or of a process that it called."""
    with played.services.sessions() as session:
        running = session.scalars(
            select(Instance).where(Instance.case_id == played.case_id, Instance.phase == InstancePhase.RUNNING)
        )
        for instance in sorted(running, key=lambda one: not one.is_root):
            if step.what in played.services.models.version(session, instance.model_version_id).model.on_demand:
                break
        else:
            raise ScriptError(f"de knop '{step.what}' is er niet.")
    act(
        played.services,
        played.actor(step.by),
        PressButton(played.case, step.what, None if instance.is_root else instance.id),
    )


def join(played: PlayedCase, step: Action) -> None:
    """Somebody joins the case."""
    act(played.services, played.actor(StaffRole.WORKER), AddParty(played.case, NewParty(**step.what)))


def give(played: PlayedCase, step: Action) -> None:
    """The worker adds a document (`file`, `type`) and gives it to one party (`to`)."""
    party = played.party(step.what["to"])
    if party is None:
        raise ScriptError(f"'{step.what['to']}' hoort niet bij de zaak.")
    name = step.what["file"]
    document = NewDocument(made_up(played.services, name), step.what["type"], name)
    reference = act(played.services, played.actor(StaffRole.WORKER), AddDocuments(played.case, (document,)))
    with played.services.sessions() as session:
        row = session.scalars(select(DocumentRow.id).where(DocumentRow.reference == reference)).one()
    act(played.services, played.actor(StaffRole.WORKER), GiveToParty(row, party.id))


def withdraw(played: PlayedCase, step: Action) -> None:
    """The citizen, a party by name, or a worker, who says for whom (`parties`, names) when several filed the case."""
    named = [played.party(str(name)) for name in step.values.get("parties", ())]
    ids = tuple(party.id for party in named if party)
    received = ReceiptDays(step.received) if step.received else None
    act(played.services, played.actor(str(step.what)), Withdraw(played.case, step.reason, ids, received))


def message(played: PlayedCase, step: Action) -> None:
    act(played.services, played.actor(ActorKind.CITIZEN), SendMessage(played.case, str(step.what)))


def retry(played: PlayedCase, step: Action) -> None:
    """The worker lets a held letter, named by its template, be made again."""
    mine = (NoticeRow.case_id == played.case_id, NoticeRow.template == step.what, NoticeRow.held.is_not(None))
    with played.services.sessions() as session:
        notice = session.scalars(select(NoticeRow.id).where(*mine).order_by(NoticeRow.id)).first()
    if notice is None:
        raise ScriptError(f"de brief '{step.what}' is niet vastgehouden.")
    act(played.services, played.actor(StaffRole.WORKER), RetryHeldLetter(notice))


def term(played: PlayedCase, step: Action) -> None:
    """The worker gives the department another date."""
    with played.services.sessions() as session:
        newest = select(DocumentRequestRow.id).where(DocumentRequestRow.case_id == played.case_id)
        request = session.scalars(newest.order_by(DocumentRequestRow.id.desc())).first()
    if request is None:
        raise ScriptError("er is nog niets aan een afdeling gevraagd.")
    act(played.services, played.actor(StaffRole.WORKER), ChangeTerm(request, step.what))


def posted(played: PlayedCase, step: Action) -> None:
    """Every letter made with this template that waits for the post was sent today."""
    waiting = select(NoticeRow.id).where(NoticeRow.case_id == played.case_id, NoticeRow.sent_on.is_(None))
    with played.services.sessions() as session:
        found = session.scalars(waiting.where(NoticeRow.template == step.what).order_by(NoticeRow.id)).all()
    if not found:
        raise ScriptError(f"er wacht geen brief '{step.what}' op verzending per post.")
    for notice in found:
        day = local_date(played.clock.moment)
        act(played.services, played.actor(StaffRole.WORKER), ConfirmPosted(notice, day))


def correct(played: PlayedCase, step: Action) -> None:
    """The worker corrects days of one term: by the key of a TermDay, or by the code of the value that a form filled."""
    for which, day in step.values.items():
        with played.services.sessions() as session:
            keys = [
                one.key
                for one in _days(session, played, str(step.what))
                if which in {one.key, (one.form or ("", ""))[1]}
            ]
        if not keys:
            raise ScriptError(f"termijn '{step.what}' heeft geen dag '{which}'.")
        reason = step.reason or "De datum was verkeerd overgenomen."
        action = CorrectTermDay(played.case, str(step.what), keys[0], None, day, reason)
        act(played.services, played.actor(StaffRole.WORKER), action)


def _days(session: Session, played: PlayedCase, code: str) -> list[TermDay]:
    case = session.get_one(Case, played.case_id)
    root, model = root_of(session, case.id), played.services.models.version(session, case.model_version_id).model
    row = next((one for one in rows_of(session, case.id) if one.code == code), None)
    if row is None:
        raise ScriptError(f"termijn '{code}' loopt niet.")
    values = CaseData(session, case, played.services.law).values(root)
    return days_of_term(row, model.deadlines[code], model, root.id, values)


def _open_tasks(played: PlayedCase) -> Any:
    return (
        select(TaskRow)
        .where(TaskRow.case_id == played.case_id, TaskRow.state == TaskState.OPEN)
        .order_by(TaskRow.opened_at)
    )


VERBS: dict[str, Callable[[PlayedCase, Action], None]] = {
    "complete": complete,
    "deliver": deliver,
    "judge": judge,
    "wait": wait,
    "until": until,
    "press": press,
    "join": join,
    "give": give,
    "withdraw": withdraw,
    "message": message,
    "term": term,
    "retry": retry,
    "posted": posted,
    "correct": correct,
}
