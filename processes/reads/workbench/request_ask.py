"""Before a worker asks for documents: each department with its own decisions (P11), and what another term does to reminders."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DocumentRequest, EngineError, Refresh, advance
from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.execution.deciding_each import decisions_in
from processes.execution.facts import facts_of
from processes.execution.forms import choosable_departments
from processes.execution.requested import came_from
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.request_state import Reminder, reminders_of
from processes.storage.departments import departments_of, own_decisions, standing_for
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRequestRow, Dossier, Instance
from processes.storage.words import InstancePhase


@dataclass(frozen=True, slots=True)
class DepartmentToAsk:
    """A department, its decisions in this case, and since when a request to it waits (None: none does). `came`: what it sent before and is
    in the dossier, by type, with words and day; `complete`: that is all that is asked.
    """

    code: str
    name: str
    decisions: tuple[str, ...]
    asked_at: datetime | None
    came: tuple[tuple[str, str, datetime], ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class AskPage:
    """`departments`: those of the decisions, and others that sent something before; `others`: code and name of the rest. `wanted`: what is asked."""

    head: Head
    button: str
    label: str
    wanted: tuple[str, ...]
    departments: tuple[DepartmentToAsk, ...]
    others: tuple[tuple[str, str], ...]


def read_asking(services: Services, actor: Actor, number: str, button: str) -> AskPage:
    """Raises NotFound, also for a button that asks no documents; NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        offered = model.on_demand.get(button)
        if offered is None or offered.request is None or offered.when != case.state:
            raise NotFound
        mine = tuple(_to_ask(session, case, offered.request))
        codes = {one.code for one in mine}
        wanted = offered.request.documents
        return AskPage(
            head=head_of(session, services, actor, case, now), button=button, label=offered.label,
            wanted=tuple(f"{one.description}{'' if one.required else ' (als het er is)'}" for one in wanted),
            departments=mine, others=tuple(one for one in choosable_departments(session) if one[0] not in codes),
        )  # fmt: skip


def _to_ask(session: Session, case: Case, asked: DocumentRequest) -> list[DepartmentToAsk]:
    rows = session.scalars(decisions_in(case.id)).all()
    of_decisions = departments_of(session, case.id)
    known = select(Dossier.department).where(Dossier.case_id == case.id, Dossier.department.is_not(None))
    standing = [standing_for(session, code) for code in (*of_decisions, *session.scalars(known.order_by(Dossier.id)))]
    taken = {row.code for code in of_decisions if (row := standing_for(session, code))}
    found = []
    for one in {row.code: row for row in standing if row}.values():
        own = tuple(row.subject for row in own_decisions(session, rows, one.code)) if one.code in taken else ()
        came = _came(session, case, asked, one.code)
        if own or came:
            found.append(
                DepartmentToAsk(
                    one.code,
                    one.name,
                    own,
                    _waits_since(session, case, one.code),
                    came,
                    len(came) == len(asked.documents),
                )
            )
    return found


def _came(session: Session, case: Case, asked: DocumentRequest, code: str) -> tuple[tuple[str, str, datetime], ...]:
    days = came_from(session, case.id, code)
    return tuple((one.type, one.description, days[one.type]) for one in asked.documents if one.type in days)


def _waits_since(session: Session, case: Case, department: str) -> datetime | None:
    asked = (
        select(DocumentRequestRow.asked_at)
        .join(Dossier, Dossier.id == DocumentRequestRow.dossier_id)
        .join(Instance, Instance.id == DocumentRequestRow.instance_id)
        .where(Dossier.case_id == case.id, Dossier.department == department, Instance.phase != InstancePhase.FINISHED)
    )
    return session.scalar(asked.order_by(DocumentRequestRow.id.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class TermEffect:
    """The effect of another date: the reminders as they are, and as they become."""

    request: int
    due: date
    now: tuple[Reminder, ...]
    then: tuple[Reminder, ...]


def foresee_term(services: Services, actor: Actor, number: str, request: int, due: date) -> TermEffect:
    """The reminders under another date; nothing is changed. Raises NotFound for a request of another case."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        row = session.get(DocumentRequestRow, request)
        if row is None or row.case_id != case.id:
            raise NotFound("Dit verzoek bestaat niet.")
        instance = session.get_one(Instance, row.instance_id)
        deployed = services.models.version(session, instance.model_version_id)
        if session.get_one(Dossier, row.dossier_id).revoked_at is not None:
            return TermEffect(request, due, (), ())  # without a link no reminder leaves
        was = reminders_of(instance, deployed.model)
        root = services.models.version(session, case.model_version_id)
        facts = {**facts_of(session, case, instance, deployed, root, services.law), "request.due": due}
        try:
            step = advance(deployed.compiled, instance.state, Refresh(), facts, now).step
        except EngineError:  # a state that cannot be read, which the change itself reports
            return TermEffect(request, due, was, ())
        moments = [(one.element, one.due) for one in step.timers if one.due and one.due > now]
        then = [Reminder(deployed.model.elements[element].name or element, at) for element, at in moments]
        return TermEffect(request, due, was, tuple(sorted(then, key=lambda one: one.at)))
