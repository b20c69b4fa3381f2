"""A committee with its people, cases that wait for a session, and sessions to put them on."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select

from kit.cases import BEZWAAR, INTAKE, add_departments, open_task, put_in_use, register_bezwaar, rows, today
from kit.documents import stored
from kit.people import ADA, FENNA, NOOR, SEM, TESS, citizen, department, known
from processes.actions import act
from processes.actions.agenda import PutOnAgenda, TellHearing
from processes.actions.dated import SaveSetting
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.hearing_sessions import PlanSession, SessionTyped
from processes.actions.judging import Judgement
from processes.actions.registering import NewParty
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.reads.admin.dated import TypedSetting
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, Dossier, HearingItem, HearingSession, TaskRow

JORIS = Actor("staff", "joris", "Joris Voorzitter", frozenset({"committee"}))
MINA = Actor("staff", "mina", "Mina Lid", frozenset({"committee"}))
RUTH = Actor("staff", "ruth", "Ruth Lid", frozenset({"committee"}))
THEO = Actor("staff", "theo", "Theo Plaatsvervanger", frozenset({"committee"}))
EVA = Actor("staff", "eva", "Eva Secretaris", frozenset({"worker"}))
ROOM: Final = "Stadhuis, kamer 2.14"
COMMITTEE: Final = {
    "name": "commissie bezwaarschriften", "chambers": "Kamer 1\nKamer 2", "chairs": "joris ruth", "members": "mina ruth",
    "deputies": "theo", "secretaries": "eva", "rooms": f"{ROOM}\nStadhuis, raadzaal", "case_types": "", "minutes": "30",
    "quorum": "2", "ended": "",
}  # fmt: skip


def furnish(services: Services) -> None:
    """Bezwaar in use, a committee with a chair, two members, a deputy and a secretary."""
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for actor in (NOOR, SEM, ADA, FENNA, JORIS, MINA, RUTH, THEO, EVA):
        known(services, actor)
    typed = TypedSetting("committee", "bezwaar", str(today(services)), COMMITTEE, "De raad stelde haar in.", new=True)
    act(services, FENNA, SaveSetting(typed))


def waiting_case(
    services: Services,
    *parties: NewParty,
    subject: str = "Dakopbouw",
    wish: Mapping[str, Any] | None = None,
    **more: Any,
) -> str:
    """The number of a case that waits for a hearing by the committee; `wish`: what its objector answered when asked before."""
    number = register_bezwaar(services, *(parties or (TESS,)), subject=subject, **more)
    fill(services, number, "Intake", **INTAKE, objectable=True, route="commissie")
    fill(services, number, "CallObjector", call_outcome="doorgaan")
    _deliver(services, number)
    if wish:
        fill(services, number, "CommitteeDecidesHearing", ADA, hearing_choice="vragen")
        act(services, citizen(services, TESS), CompleteTask(open_task(services, "AnswerHearing", number), dict(wish)))
    fill(services, number, "CommitteeDecidesHearing", ADA, hearing_choice="horen", hearing_public=False)
    return number


def fill(services: Services, number: str, element: str, actor: Actor = NOOR, **values: Any) -> None:
    """Fill in the open task of this element in one case."""
    act(services, actor, CompleteTask(open_task(services, element, number), values))


def _deliver(services: Services, number: str) -> None:
    with services.sessions() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        dossier = session.scalars(select(Dossier).where(Dossier.case_id == case.id)).one()
    file = NewDocument(stored(services, f"{number}.pdf"), "underlying", "Aanvraag")
    act(services, department(services, dossier.id), Deliver(services.secrets.link_token(dossier.salt), (file,), ""))
    offered = {
        row.id: Judgement(accepted=True)
        for row in rows(services, DocumentRow, case_id=case.id)
        if row.state == "offered"
    }
    act(services, NOOR, CompleteTask(open_task(services, "JudgeDelivery", number), judgements=offered))


def typed_session(day: date, **more: Any) -> SessionTyped:
    """A session in chamber 2 with Joris in the chair, Mina and Ruth; `more` are other fields."""
    given = {
        "chamber": "Kamer 2", "day": day.isoformat(), "begins": "13.00", "ends": "16.00", "room": ROOM, "video": "",
        "chair": "joris", "members": ("mina", "ruth"), "secretary": "eva",
    }  # fmt: skip
    return SessionTyped(**{**given, **more})


def workday(services: Services, ahead: int) -> date:
    """A day so far ahead that it is no weekend."""
    day = today(services) + timedelta(ahead)
    return day + timedelta(max(0, day.weekday() - 4) and 7 - day.weekday())


def session_on(services: Services, ahead: int = 28, **more: Any) -> int:
    return int(act(services, EVA, PlanSession("bezwaar", typed_session(workday(services, ahead), **more))))


def planned(services: Services, session: int, *numbers: str) -> list[int]:
    """Put these cases on the agenda and tell their parties; the ids of the items."""
    for number in numbers:
        act(services, EVA, PutOnAgenda(session, number))
    items = agenda(services, session)
    for item in items:
        if item.told_at is None:
            act(services, EVA, TellHearing(item.id))
    return [item.id for item in items]


def agenda(services: Services, session: int) -> list[HearingItem]:
    return sorted(rows(services, HearingItem, session_id=session), key=lambda one: one.position)


def the_session(services: Services, session: int) -> HearingSession:
    return rows(services, HearingSession, id=session)[0]


def open_elements(services: Services, number: str) -> set[str]:
    """The elements of the tasks that wait in a case."""
    with services.sessions() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
    return {row.element for row in rows(services, TaskRow, case_id=case.id, state="open")}
