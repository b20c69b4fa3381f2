"""Each verb of a rehearsal as the action that a person would do. Files are made up; their names come from the script."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import add_duration
from processes.actions import act
from processes.actions.course import PressButton, Withdraw
from processes.actions.delivering import AnswerByLink, Deliver
from processes.actions.documents import AddDocuments, GiveToParty
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.messages import SendMessage
from processes.actions.parties import AddParty
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.requests import ChangeTerm
from processes.actions.tasks import CompleteTask
from processes.actor import Actor
from processes.clock import local_date
from processes.corridor.deliveries import deliveries_to_judge
from processes.database.tables import Case, DocumentRequestRow, DocumentRow, Dossier, Instance, Party, TaskRow
from processes.house import House
from processes.rehearsing import persons
from processes.rehearsing.made_up import assessments, made_up, redactions
from processes.rehearsing.script import Action, MainCase, Rehearsal, ScriptError, Start
from processes.rehearsing.stage import ACTORS, StandingClock, morning
from processes.time_travel import travel

NOT_NAMED = {"citizen", "department", "person", *ACTORS}
OBJECTOR = "bsn:999993653"  # a public test number that passes the check


@dataclass
class Scene:
    """Where a rehearsal stands. `last_mail` and `last_notice` are what the last look has already seen."""

    house: House
    clock: StandingClock
    case: str
    case_id: int
    last_mail: int = 0
    last_notice: int = 0

    def actor(self, name: str) -> Actor:
        if name == "citizen":
            return Actor("citizen", self.house.secrets.index(OBJECTOR), "Tess Testeling")
        if name in ACTORS:
            return ACTORS[name]
        party = self.party(name)
        if party is None or party.identity_index is None:
            raise ScriptError(f"'{name}' speelt niet mee. Kies citizen, worker, decider, committee of een partij.")
        return Actor("citizen", party.identity_index, party.name)

    def party(self, name: str) -> Party | None:
        """The party of the case with this name."""
        with self.house.sessions() as session:
            return session.scalar(select(Party).where(Party.case_id == self.case_id, Party.name == name))


def open_scene(house: House, clock: StandingClock, case_type: str, script: Rehearsal) -> Scene:
    """Register the case on its first day, after the case to which it belongs."""
    scene, main = Scene(house, clock, "", 0), None
    if script.start.main_case:
        before = script.start.main_case
        clock.moment = morning(before.on)
        main = act(house, scene.actor("worker"), _registration(house, before.case_type, before, by="worker"))
    _travel(scene, script.start.on)
    registration = _registration(house, case_type, script.start, by=script.start.by, main_case=main)
    scene.case = act(house, scene.actor(script.start.by), registration)
    with house.sessions() as session:
        scene.case_id = session.scalars(select(Case.id).where(Case.number == scene.case)).one()
    return scene


def _registration(
    house: House, case_type: str, start: Start | MainCase, *, by: str, main_case: str | None = None
) -> RegisterCase:
    with house.sessions() as session:
        model = house.models.current(session, case_type).model
    party = NewParty(
        model.initiators()[0], "Tess Testeling", identity=OBJECTOR, channel="portal", email="tess@voorbeeld.example"
    )
    return RegisterCase(
        case_type=case_type,
        channel="portal" if by == "citizen" else "letter",
        received_on=start.on,
        parties=(party, *(NewParty(**item) for item in start.parties)),
        decisions=tuple(NewDecision(**item) for item in start.decisions),
        values=start.values,
        main_case=main_case,
    )


def complete(scene: Scene, step: Action) -> None:
    """Fill in a task; what the form asks as a file is made up, what it asks as an explanation is the result's."""
    party = None if step.by in NOT_NAMED else scene.party(step.by)
    with scene.house.sessions() as session:
        task = _task_for(party, session.scalars(_open_tasks(scene).where(TaskRow.element == step.what)).all())
        if task is None:
            raise ScriptError(f"de taak '{step.what}' staat niet open.")
        instance = session.get_one(Instance, task.instance_id)
        deployed = scene.house.models.version(session, instance.model_version_id)
        form = deployed.folder.forms.get(deployed.model.elements[task.element].form or "")
        known = set(deployed.model.values)
    kinds = {field["key"]: field for field in json.loads(form)["components"] if "key" in field} if form else {}
    values = {code: value for code, value in step.values.items() if code in known and not _is_special(kinds.get(code))}
    documents = _documents(scene, step.values, kinds)
    if step.by == "person":
        persons.answer(scene.house, task, values, documents)
        return
    if step.by == "department":
        _answer(scene, AnswerByLink(_token(scene), task.id, values, documents))
        return
    act(
        scene.house,
        scene.actor(step.by if step.by != "worker" else _doer(task)),
        CompleteTask(
            task.id, values, documents, explanation=_explanation(step, kinds),
            assessments=assessments(scene.house, scene.case_id, step.values, kinds),
            redactions=redactions(scene.house, scene.case_id, kinds),
        ),
    )  # fmt: skip


def _task_for(party: Party | None, tasks: Sequence[TaskRow]) -> TaskRow | None:
    """Of several of one name the one of who does it: a party's own."""
    return next((task for task in tasks if party is None or task.party_id in {None, party.id}), None)


def _answer(scene: Scene, action: AnswerByLink) -> None:
    with scene.house.sessions() as session:
        dossier = _dossier(session, scene)
        actor = Actor("department", f"department:{dossier.id}", dossier.department or "", dossier=dossier.id)
    act(scene.house, actor, action)


def _token(scene: Scene) -> str:
    with scene.house.sessions() as session:
        return scene.house.secrets.link_token(_dossier(session, scene).salt)


def _dossier(session: Session, scene: Scene, department: str | None = None) -> Dossier:
    """Of this department, or the first that was asked something."""
    found = select(Dossier).where(Dossier.case_id == scene.case_id).order_by(Dossier.id)
    dossier = session.scalars(found.where(Dossier.department == department) if department else found).first()
    if dossier is None:
        raise ScriptError("er is nog niets aan een afdeling gevraagd.")
    return dossier


def _doer(task: TaskRow) -> str:
    return "committee" if task.side == "committee" else "worker"


def _is_file(field: Mapping[str, Any] | None) -> bool:
    return bool(field and field["type"] == "filepicker")


def _is_special(field: Mapping[str, Any] | None) -> bool:
    return bool(field and field["type"] in {"filepicker", "inventory", "redactions"})


def _documents(scene: Scene, values: Mapping[str, Any], kinds: Mapping[str, Any]) -> tuple[NewDocument, ...]:
    return tuple(
        NewDocument(made_up(scene.house, name), kinds[code]["documentType"], name)
        for code, names in values.items()
        if _is_file(kinds.get(code))
        for name in names
    )


def _explanation(step: Action, kinds: Mapping[str, Any]) -> str | None:
    keys = [key for key, field in kinds.items() if field["type"] == "result-explanation"]
    return next((str(step.values[key]) for key in keys if key in step.values), None)


def deliver(scene: Scene, step: Action) -> None:
    """The department sends files through its link, and with `values` what its form asks beside them; the kind of each file
    is the first that was asked for. `department`: which one, of several.
    """
    with scene.house.sessions() as session:
        dossier = _dossier(session, scene, step.what.get("department"))
        request = session.scalars(select(DocumentRequestRow).where(DocumentRequestRow.dossier_id == dossier.id)).first()
        kind = request.wanted[0]["type"] if request and request.wanted else "underlying"
    token = scene.house.secrets.link_token(dossier.salt)
    files = tuple(NewDocument(made_up(scene.house, name), kind, name) for name in step.what.get("files", ()))
    actor = Actor("department", f"department:{dossier.id}", dossier.department or "", dossier=dossier.id)
    act(scene.house, actor, Deliver(token, files, step.what.get("remark", ""), values=step.values))


def judge(scene: Scene, step: Action) -> None:
    """The worker accepts or refuses everything that waits to be judged."""
    with scene.house.sessions() as session:
        for task in session.scalars(_open_tasks(scene).where(TaskRow.side == "worker")):
            deliveries = session.scalars(deliveries_to_judge(task.instance_id)).all()
            if deliveries:
                break
        else:
            raise ScriptError("er is niets te beoordelen.")
        offered = select(DocumentRow.id).where(DocumentRow.delivery_id.in_([one.id for one in deliveries]))
        documents = session.scalars(offered.where(DocumentRow.state == "offered")).all()
    verdict = Judgement(step.what == "accepted", step.reason or "Dit is niet het goede stuk.")
    values = {"judgement": step.what} if not documents else {}
    act(scene.house, scene.actor("worker"), CompleteTask(task.id, values, judgements=dict.fromkeys(documents, verdict)))


def wait(scene: Scene, step: Action) -> None:
    """Let a number of days pass, such as P8D."""
    _travel(scene, add_duration(local_date(scene.clock.moment), str(step.what), "calendar"))


def until(scene: Scene, step: Action) -> None:
    """Let time pass until nine o'clock on a date."""
    _travel(scene, step.what)


def _travel(scene: Scene, day: date) -> None:
    travel(scene.house, morning(day), lambda moment: setattr(scene.clock, "moment", moment))


def press(scene: Scene, step: Action) -> None:
    """A button that the drawing offers: of the case, or of a process that it called."""
    with scene.house.sessions() as session:
        running = session.scalars(
            select(Instance).where(Instance.case_id == scene.case_id, Instance.status == "running")
        )
        for instance in sorted(running, key=lambda one: not one.is_root):
            if step.what in scene.house.models.version(session, instance.model_version_id).model.on_demand:
                break
        else:
            raise ScriptError(f"de knop '{step.what}' is er niet.")
    act(
        scene.house, scene.actor(step.by), PressButton(scene.case, step.what, None if instance.is_root else instance.id)
    )


def join(scene: Scene, step: Action) -> None:
    """Somebody joins the case."""
    act(scene.house, scene.actor("worker"), AddParty(scene.case, NewParty(**step.what)))


def give(scene: Scene, step: Action) -> None:
    """The worker adds a document (`file`, `type`) and gives it to one party (`to`)."""
    party = scene.party(step.what["to"])
    if party is None:
        raise ScriptError(f"'{step.what['to']}' hoort niet bij de zaak.")
    name = step.what["file"]
    document = NewDocument(made_up(scene.house, name), step.what["type"], name)
    reference = act(scene.house, scene.actor("worker"), AddDocuments(scene.case, (document,)))
    with scene.house.sessions() as session:
        row = session.scalars(select(DocumentRow.id).where(DocumentRow.reference == reference)).one()
    act(scene.house, scene.actor("worker"), GiveToParty(row, party.id))


def withdraw(scene: Scene, step: Action) -> None:
    act(scene.house, scene.actor(str(step.what)), Withdraw(scene.case, step.reason))


def message(scene: Scene, step: Action) -> None:
    act(scene.house, scene.actor("citizen"), SendMessage(scene.case, str(step.what)))


def term(scene: Scene, step: Action) -> None:
    """The worker gives the department another date."""
    with scene.house.sessions() as session:
        newest = select(DocumentRequestRow.id).where(DocumentRequestRow.case_id == scene.case_id)
        request = session.scalars(newest.order_by(DocumentRequestRow.id.desc())).first()
    if request is None:
        raise ScriptError("er is nog niets aan een afdeling gevraagd.")
    act(scene.house, scene.actor("worker"), ChangeTerm(request, step.what))


def _open_tasks(scene: Scene) -> Any:
    return select(TaskRow).where(TaskRow.case_id == scene.case_id, TaskRow.state == "open").order_by(TaskRow.opened_at)


VERBS: dict[str, Callable[[Scene, Action], None]] = {
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
}
