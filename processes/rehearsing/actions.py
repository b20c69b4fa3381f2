"""Each verb of a rehearsal as the action that a person would do. Files are made up; their names come from the script."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from engine import add_duration
from processes.actions import act
from processes.actions.course import PressButton, Withdraw
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement, deliveries_to_judge
from processes.actions.messages import SendMessage
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.requests import ChangeTerm
from processes.actions.tasks import CompleteTask
from processes.actor import Actor
from processes.clock import local_date
from processes.database.tables import Case, DocumentRequestRow, DocumentRow, Dossier, Instance, TaskRow
from processes.house import House
from processes.rehearsing import persons
from processes.rehearsing.script import Action, Rehearsal, ScriptError
from processes.rehearsing.stage import ACTORS, StandingClock, morning
from processes.time_travel import travel
from processes.uploads import Upload

OBJECTOR = "bsn:999993653"  # a public test number that passes the check
CONTENT = b"%PDF-1.4\n% een verzonnen document\n%%EOF\n"


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
        if name not in ACTORS:
            raise ScriptError(f"'{name}' speelt niet mee. Kies citizen, worker, decider of committee.")
        return ACTORS[name]


def open_scene(house: House, clock: StandingClock, case_type: str, script: Rehearsal) -> Scene:
    """Register the case on its first day."""
    clock.moment = morning(script.start.on)
    scene = Scene(house, clock, "", 0)
    by_citizen = script.start.by == "citizen"
    with house.sessions() as session:
        model = house.models.current(session, case_type).model
    role = next((role.party for role in model.roles.values() if role.side == "citizen" and role.party), "objector")
    party = NewParty(role, "Tess Testeling", identity=OBJECTOR, channel="portal", email="tess@voorbeeld.example")
    scene.case = act(
        house,
        scene.actor(script.start.by),
        RegisterCase(
            case_type=case_type,
            channel="portal" if by_citizen else "letter",
            received_on=script.start.on,
            parties=(party, *(NewParty(**item) for item in script.start.parties)),
            decisions=tuple(NewDecision(**item) for item in script.start.decisions),
            values=script.start.values,
        ),
    )
    with house.sessions() as session:
        scene.case_id = session.scalars(select(Case.id).where(Case.number == scene.case)).one()
    return scene


def complete(scene: Scene, step: Action) -> None:
    """Fill in a task; what the form asks as a file is made up, what it asks as an explanation is the result's."""
    with scene.house.sessions() as session:
        task = session.scalars(_open_tasks(scene).where(TaskRow.element == step.what)).first()
        if task is None:
            raise ScriptError(f"de taak '{step.what}' staat niet open.")
        instance = session.get_one(Instance, task.instance_id)
        deployed = scene.house.models.version(session, instance.model_version_id)
        form = deployed.folder.forms.get(deployed.model.elements[task.element].form or "")
        known = set(deployed.model.values)
    kinds = {field["key"]: field for field in json.loads(form)["components"] if "key" in field} if form else {}
    values = {code: value for code, value in step.values.items() if code in known and not _is_file(kinds.get(code))}
    if step.by == "person":
        persons.answer(scene.house, task, values, _documents(scene, step.values, kinds))
        return
    act(
        scene.house,
        scene.actor(step.by if step.by != "worker" else _doer(task)),
        CompleteTask(task.id, values, _documents(scene, step.values, kinds), explanation=_explanation(step, kinds)),
    )


def _doer(task: TaskRow) -> str:
    return "committee" if task.side == "committee" else "worker"


def _is_file(field: Mapping[str, Any] | None) -> bool:
    return bool(field and field["type"] == "filepicker")


def _documents(scene: Scene, values: Mapping[str, Any], kinds: Mapping[str, Any]) -> tuple[NewDocument, ...]:
    return tuple(
        NewDocument(_made_up(scene.house, name), kinds[code]["documentType"], name)
        for code, names in values.items()
        if _is_file(kinds.get(code))
        for name in names
    )


def _explanation(step: Action, kinds: Mapping[str, Any]) -> str | None:
    keys = [key for key, field in kinds.items() if field["type"] == "result-explanation"]
    return next((str(step.values[key]) for key in keys if key in step.values), None)


def _made_up(house: House, name: str) -> Upload:
    with house.files.open_incoming() as arriving:
        content = CONTENT + name.encode()
        arriving.write(content)
        blob, _, _ = arriving.finish()
    return Upload(name, "application/pdf", len(content), hashlib.sha256(content).hexdigest(), blob)


def deliver(scene: Scene, step: Action) -> None:
    """The department sends files through its link; the kind of each is the first that was asked for."""
    with scene.house.sessions() as session:
        dossier = session.scalars(select(Dossier).where(Dossier.case_id == scene.case_id).order_by(Dossier.id)).first()
        if dossier is None:
            raise ScriptError("er is nog niets aan een afdeling gevraagd.")
        request = session.scalars(select(DocumentRequestRow).where(DocumentRequestRow.dossier_id == dossier.id)).first()
        kind = request.wanted[0]["type"] if request and request.wanted else "underlying"
    token = scene.house.secrets.link_token(dossier.salt)
    files = tuple(NewDocument(_made_up(scene.house, name), kind, name) for name in step.what.get("files", ()))
    actor = Actor("department", f"department:{dossier.id}", dossier.department or "", dossier=dossier.id)
    act(scene.house, actor, Deliver(token, files, step.what.get("remark", "")))


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


def withdraw(scene: Scene, step: Action) -> None:
    act(scene.house, scene.actor(str(step.what)), Withdraw(scene.case, step.reason))


def message(scene: Scene, step: Action) -> None:
    act(scene.house, scene.actor("citizen"), SendMessage(scene.case, str(step.what)))


def party(scene: Scene, step: Action) -> None:
    """Somebody joins the case."""
    persons.join(scene.house, scene.actor("worker"), scene.case, step.what)


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
    "withdraw": withdraw,
    "message": message,
    "party": party,
    "term": term,
}
