"""Each verb of a rehearsal as the action that a person would do. Files are made up; their names come from the script."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import add_duration
from engine.words import Counting, Side
from processes.actions import act
from processes.actions.answers import ReceiptDays
from processes.actions.course import PressButton
from processes.actions.delivering import Deliver
from processes.actions.documents import AddDocuments, GiveToParty
from processes.actions.filing import NewDocument
from processes.actions.held import RetryHeldLetter
from processes.actions.judging import Judgement
from processes.actions.messages import SendMessage
from processes.actions.parties import AddParty
from processes.actions.post import ConfirmPosted
from processes.actions.registering import NewParty
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
from processes.rehearsal.completing import complete
from processes.rehearsal.letters import letter
from processes.rehearsal.made_up import (
    made_up,
)
from processes.rehearsal.played_case import PlayedCase, dossier_of, open_tasks, travel_to
from processes.rehearsal.script import Action, ScriptError
from processes.rehearsal.script_words import words_of
from processes.storage.root_instance import root_of
from processes.storage.tables import Case, DocumentRequestRow, DocumentRow, Instance, NoticeRow, TaskRow
from processes.storage.words import DocumentState, InstancePhase

GIVEN = "Toegevoegd in een repetitie."  # a document that a script gives when its case has ended needs a reason, as ever


def deliver(played: PlayedCase, step: Action) -> None:
    """The department sends files through its link, and with `values` what its form asks beside them; the kind of each file
    is the first that was asked for. `department`: which one, of several.
    """
    with played.services.sessions() as session:
        dossier = dossier_of(session, played, step.what.get("department"))
        request = session.scalars(select(DocumentRequestRow).where(DocumentRequestRow.dossier_id == dossier.id)).first()
        kind = request.wanted[0]["type"] if request and request.wanted else "underlying"
    token = played.services.secrets.link_token(dossier.salt)
    files = tuple(NewDocument(made_up(played.services, name), kind, name) for name in step.what.get("files", ()))
    actor = Actor(ActorKind.DEPARTMENT, f"department:{dossier.id}", dossier.department or "", dossier=dossier.id)
    act(played.services, actor, Deliver(token, files, step.what.get("remark", ""), values=step.values))


def judge(played: PlayedCase, step: Action) -> None:
    """The worker accepts or refuses everything that waits to be judged."""
    with played.services.sessions() as session:
        for task in session.scalars(open_tasks(played).where(TaskRow.side == Side.WORKER)):
            deliveries = session.scalars(deliveries_to_judge(task.instance_id)).all()
            if deliveries:
                break
        else:
            raise ScriptError("Er is niets te beoordelen.")
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
    travel_to(played, add_duration(local_date(played.clock.moment), str(step.what), Counting.CALENDAR))


def until(played: PlayedCase, step: Action) -> None:
    """Let time pass until nine o'clock on a date."""
    travel_to(played, step.what)


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
            raise ScriptError(f"De knop {words_of(played).button(step.what)} is er niet.")
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
    reference = act(played.services, played.actor(StaffRole.WORKER), AddDocuments(played.case, (document,), GIVEN))
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
        raise ScriptError(f"De brief '{step.what}' is niet vastgehouden.")
    act(played.services, played.actor(StaffRole.WORKER), RetryHeldLetter(notice))


def term(played: PlayedCase, step: Action) -> None:
    """The worker gives the department another date."""
    with played.services.sessions() as session:
        newest = select(DocumentRequestRow.id).where(DocumentRequestRow.case_id == played.case_id)
        request = session.scalars(newest.order_by(DocumentRequestRow.id.desc())).first()
    if request is None:
        raise ScriptError("Er is nog niets aan een afdeling gevraagd.")
    act(played.services, played.actor(StaffRole.WORKER), ChangeTerm(request, step.what))


def posted(played: PlayedCase, step: Action) -> None:
    """Every letter made with this template that waits for the post was sent today."""
    waiting = select(NoticeRow.id).where(NoticeRow.case_id == played.case_id, NoticeRow.sent_on.is_(None))
    with played.services.sessions() as session:
        found = session.scalars(waiting.where(NoticeRow.template == step.what).order_by(NoticeRow.id)).all()
    if not found:
        raise ScriptError(f"Er wacht geen brief '{step.what}' op verzending per post.")
    for notice in found:
        day = local_date(played.clock.moment)
        act(played.services, played.actor(StaffRole.WORKER), ConfirmPosted(notice, day))


def correct(played: PlayedCase, step: Action) -> None:
    """The worker corrects days of one term: by the key of a TermDay, or by the code of the value that a form filled."""
    for which, day in step.values.items():
        with played.services.sessions() as session:
            keys = [
                one.key
                for one in term_days(session, played, str(step.what))
                if which in {one.key, (one.form or ("", ""))[1]}
            ]
        if not keys:
            raise ScriptError(
                f"Termijn {words_of(played).term(step.what)} heeft geen dag {words_of(played).value(which)}."
            )
        reason = step.reason or "De datum was verkeerd overgenomen."
        action = CorrectTermDay(played.case, str(step.what), keys[0], None, day, reason)
        act(played.services, played.actor(StaffRole.WORKER), action)


def term_days(session: Session, played: PlayedCase, code: str) -> list[TermDay]:
    """The days of a term that runs. Raises ScriptError for one that does not."""
    case = session.get_one(Case, played.case_id)
    root, model = root_of(session, case.id), played.services.models.version(session, case.model_version_id).model
    row = next((one for one in rows_of(session, case.id) if one.code == code), None)
    if row is None:
        raise ScriptError(f"Termijn {words_of(played).term(code)} loopt niet.")
    values = CaseData(session, case, played.services.law).values(root)
    return days_of_term(row, model.deadlines[code], model, root.id, values)


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
    "letter": letter,
    "correct": correct,
}
