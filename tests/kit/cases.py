"""Case work of tests: case types in use, a case that is registered, its tasks, and what the database then holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Integer, Select, func, select, update

from engine import Folder, read_folder
from kit.people import NOOR, TESS
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import local_date
from processes.execution.inspecting import InspectionChoice, to_inspect
from processes.jobs.timer_sweep import sweep
from processes.storage.business_time import business_now, read_offset, write_offset
from processes.storage.case_type_folders import all_folders
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, DepartmentRow, DocumentRow, FiledRow, Instance, NoteRow, TaskRow

BPMN = Path(__file__).parents[2] / "bpmn"
BEZWAAR = ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar")  # with what it calls
INSPECTED = (
    "submission",
    "contested_decision",
    "new_decision",
    "underlying",
    "withheld",
    "defence",
)  # the papers of a bezwaar
INTAKE = {"in_time": "ja", "interested": True, "right_body": True, "complete": True, "department": "parkeren"}

# -- before the first case --------------------------------------------------------------------------------------


@cache
def shipped(name: str) -> Folder:
    """The folder of a case type as it is shipped."""
    return read_folder(BPMN / name)


@cache
def all_shipped() -> Sequence[Folder]:
    """Every folder that is shipped, each after what it calls."""
    return tuple(all_folders(BPMN))


def put_in_use(services: Services, *folders: str | Folder) -> None:
    """Deploy case types: shipped ones by name, others as they are."""
    for one in folders:
        act(services, SYSTEM, DeployFolder(shipped(one) if isinstance(one, str) else one))


def add_departments(services: Services, *codes: str) -> None:
    """Each with the address code@voorbeeldstad.example, and a manager hoofd.code@voorbeeldstad.example."""
    with services.sessions.begin() as session:
        for code in codes:
            address = f"{code}@voorbeeldstad.example"
            session.add(DepartmentRow(code=code, name=code.title(), email=address, manager_email=f"hoofd.{address}"))


# -- doing --------------------------------------------------------------------------------------------------------


def register_bezwaar(
    services: Services, *parties: NewParty, subject: str = "Parkeervergunning", ago: int = 18, **more: Any
) -> str:
    """A bezwaar by letter against a decision that was announced `ago` days back; its number.

    `more` are fields of the registration, `received` the day on which it came (today), and `taken_by` and `number` of the decision.
    """
    day = more.pop("received", today(services))
    of_decision = {name: more.pop(name) for name in ("taken_by", "number") if name in more}
    decision = NewDecision(
        subject, **{"number": "PV-1", **of_decision}, taken_on=day - timedelta(ago + 2),
        announced_on=day - timedelta(ago), department="parkeren",
    )  # fmt: skip
    given = {"parties": parties or (TESS,), "decisions": (decision,), "values": {"grounds": "Niet eerlijk"}, **more}
    return act(services, NOOR, RegisterCase("bezwaar", "letter", day, **given))


def do(
    services: Services, element: str, actor: Actor = NOOR, documents: Sequence[NewDocument] = (), **values: Any
) -> None:
    """Fill in the one open task of this element."""
    act(services, actor, CompleteTask(open_task(services, element), values, tuple(documents)))


def prepare_file(services: Services, kept: Mapping[str, str] = MappingProxyType({}), number: str | None = None) -> None:
    """The one open task "Maak het dossier klaar voor inzage": every paper lies open, but those of `kept` (title to reason)."""
    with services.sessions() as session:
        task = session.get_one(TaskRow, open_task(services, "PrepareFile", number))
        rows = session.scalars(to_inspect(task.case_id, INSPECTED)).all()
    chosen = {row.id: InspectionChoice(row.title not in kept, kept.get(row.title, "")) for row in rows}
    act(services, NOOR, CompleteTask(task.id, inspection=chosen))


def bezwaar_in_use(services: Services) -> None:
    """Bezwaar without its rehearsals, and the department of parking: what tests of one case begin with."""
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in BEZWAAR))
    add_departments(services, "parkeren")


def days_later(services: Services, days: int) -> None:
    """Business time moves on, and what is due happens."""
    with services.sessions.begin() as session:
        write_offset(session, read_offset(session) + timedelta(days=days))
    sweep(services)


# -- looking ------------------------------------------------------------------------------------------------------


def today(services: Services) -> date:
    return local_date(business_now(services))


def days_ago(services: Services, days: int) -> date:
    return today(services) - timedelta(days)


def open_task(services: Services, element: str, number: str | None = None) -> str:
    """The id of the one open task of this element, in all cases or in this one."""
    wanted = select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")
    with services.sessions() as session:
        return session.scalars(_of(number, TaskRow, wanted)).one()


def make_secret(services: Services, number: str, level: str = "geheim") -> None:
    """Give a case another confidentiality, as if its case type had it."""
    with services.sessions.begin() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        case.confidentiality = level
        session.execute(update(TaskRow).where(TaskRow.case_id == case.id).values(confidentiality=level))


def rows(services: Services, table: Any, **where: Any) -> list[Any]:
    """Rows of a table, oldest first where the key is a number. Other keys are chance and say no order: then as the
    database gives them, which on SQLite is oldest first too.
    """
    counted = [key for key in table.__mapper__.primary_key if isinstance(key.type, Integer)]
    with services.sessions() as session:
        return list(session.scalars(select(table).filter_by(**where).order_by(*counted)))


def handed_in(services: Services, **where: Any) -> list[Any]:
    """The documents that somebody brought in as a file, or that a letter is: without those made of the words on a form."""
    words = select(FiledRow.document_id)
    with services.sessions() as session:
        found = select(DocumentRow).filter_by(**where).where(DocumentRow.id.not_in(words))
        made = found.where(func.coalesce(DocumentRow.redacts, "").not_in(words))
        return list(
            session.scalars(
                made.order_by(DocumentRow.added_at, func.length(DocumentRow.reference), DocumentRow.reference)
            )
        )


def count(services: Services, table: Any) -> int:
    with services.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def due_of(services: Services, number: str | None = None, code: str | None = None) -> date | None:
    """When the one term ends, in all cases or in this one; `code` picks one of several terms."""
    wanted = select(DeadlineRow.due) if code is None else select(DeadlineRow.due).where(DeadlineRow.code == code)
    with services.sessions() as session:
        return session.scalars(_of(number, DeadlineRow, wanted)).one()


def timers_of(services: Services, number: str) -> dict[str, str]:
    """Of the case's own drawing: the moment for which each waits, in ISO 8601."""
    wanted = _of(number, Instance, select(Instance.timers).where(Instance.is_root))
    with services.sessions() as session:
        return {timer["element"]: timer["due"] for timer in session.scalars(wanted).one()}


def notes_of(services: Services, number: str | None = None) -> list[str]:
    """The words of every note, oldest first."""
    with services.sessions() as session:
        return list(session.scalars(_of(number, NoteRow, select(NoteRow.text).order_by(NoteRow.id))))


def _of(number: str | None, table: Any, wanted: Select[Any]) -> Select[Any]:
    if number is None:
        return wanted
    return wanted.join(Case, Case.id == table.case_id).where(Case.number == number)
