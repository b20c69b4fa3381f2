"""Fills an empty demo with cases in different stages, by playing them: the same actions that people use, on earlier days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import update

from engine.words import Approver
from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.actions.deploying import DeployFolder
from processes.actions.profile import SaveProfile
from processes.base.actor import SYSTEM, Actor, StaffRole
from processes.base.clock import AMSTERDAM, local_date
from processes.dated.committees import COMMITTEE
from processes.dated.letter_rules import LETTER_RULE, WhichLetters
from processes.dated.letters import LETTER_PIECE, STAFF_POST
from processes.dated.teams import TEAM
from processes.dated.typed_settings import TypedSetting
from processes.demo.actors import CITIZEN_ACTORS, STAFF_ACTORS
from processes.demo.case_types import CASE_TYPES
from processes.demo.cases import CASES, DemoCases
from processes.demo.cases_court import COURT_CASES
from processes.demo.cases_klacht import KLACHT_CASES
from processes.demo.cases_together import TOGETHER_CASES
from processes.demo.cases_woo import WOO_CASES
from processes.demo.moving import move_clock_to
from processes.demo.people import STAFF, Employee
from processes.demo.post import POST
from processes.rehearsal.departments import DEPARTMENTS
from processes.storage.business_time import business_now, write_offset
from processes.storage.case_type_folders import all_folders
from processes.storage.services import Services
from processes.storage.sign_in import SIMULATED
from processes.storage.staff import remember
from processes.storage.tables import DepartmentRow, ModelVersion, NoticeRow, StaffIdentity

SIGNING = {StaffRole.WORKER, StaffRole.DECIDER}
BEGINS = timedelta(days=75)  # how long before today the oldest case of the demo came in


def is_filled(services: Services) -> bool:
    """Whether this demo already has case types in use."""
    with services.sessions() as session:
        return session.query(ModelVersion.id).first() is not None


def fill(services: Services, progress: Callable[[str], None] = lambda _: None) -> None:
    """Departments, staff, case types and cases; at the end the clock stands at the present."""
    _furnish(services)
    for folder in all_folders(CASE_TYPES):
        progress(f"Zaaktype {folder.name}")
        act(services, SYSTEM, DeployFolder(folder))
    for setting in _letters():
        act(services, SYSTEM, SaveSetting(setting))
    present = datetime.now(UTC)
    begin = local_date(present) - BEGINS
    with services.sessions.begin() as session:
        write_offset(session, _office_hour(begin) - present)
    # the program makes these papers itself: there is nothing in them to look for
    demo = DemoCases(replace(services, settings=replace(services.settings, look_inside=False)))
    every = (*CASES, *COURT_CASES, *WOO_CASES, *KLACHT_CASES, *TOGETHER_CASES, *POST)
    for day, words, play in sorted(every, key=lambda played: played[0]):
        progress(words)
        _go_to(services, _office_hour(begin + timedelta(days=day)))
        play(demo)
    _go_to(services, datetime.now(UTC))
    for team in _teams():
        act(services, SYSTEM, SaveSetting(team))
    with services.sessions.begin() as session:  # the people of the demo opened the letters of before today
        session.execute(update(NoticeRow).values(unopened=False))


def _office_hour(day: date) -> datetime:
    """Ten o'clock on that day, or on the Monday after a weekend."""
    weekend = max(0, day.weekday() - 4)
    monday_or_same = day + timedelta(days=3 - weekend) if weekend else day
    return datetime.combine(monday_or_same, time(10), AMSTERDAM)


def _go_to(services: Services, to: datetime) -> None:
    if to > business_now(services):
        move_clock_to(services, to)


def _furnish(services: Services) -> None:
    with services.sessions.begin() as session:
        for department in DEPARTMENTS:
            session.merge(
                DepartmentRow(
                    code=department.code,
                    name=department.name,
                    email=department.email,
                    manager_email=department.manager_email,
                )
            )
        for person in STAFF:
            remember(session, STAFF_ACTORS[person.username], person.email, person.username)
            session.flush()
            session.merge(_account(person))
    for person in STAFF:
        if set(person.roles) & SIGNING:
            act(services, SYSTEM, SaveSetting(_post(person)))
    act(services, SYSTEM, SaveSetting(_committee()))
    for actor, email in _news_readers(services):
        act(services, actor, SaveProfile(email=email, phone="", news_by_mail=True, to_confirm=False))


def _post(person: Employee) -> TypedSetting:
    """The function and telephone with which letters name a colleague."""
    values = {"name": person.name, "function": person.role, "phone": f"14 0999, toestel {person.number[-1]}"}
    return TypedSetting(STAFF_POST.word, person.number, "2020-01-01", values, "Voor de demo.", new=True)


def _committee() -> TypedSetting:
    """The committee that hears objections; who handles cases is its secretary."""
    seats = {"chairs": "joris", "members": "ada joris", "secretaries": "noor"}
    values = {
        "name": "commissie bezwaarschriften", "chambers": "Kamer 1\nKamer 2", "rooms": "Stadhuis, kamer 2.14\nStadhuis, raadzaal",
        "minutes": "30", "quorum": "2", **{name: " ".join(STAFF_ACTORS[one].subject for one in who.split()) for name, who in seats.items()},
    }  # fmt: skip
    return TypedSetting(COMMITTEE.word, "bezwaar", "2020-01-01", values, "Voor de demo.", new=True)


def _teams() -> tuple[TypedSetting, ...]:
    """The team of Lies, who leads, with a handler and a decider; and one that she does not lead."""
    teams = {
        "juridisch": ("team Juridische Zaken", "noor sem lies", "bezwaar beroep voorlopige-voorziening juridisch-advies ingebrekestelling"),
        "klachten": ("team Klachten en Woo", "noor", "klacht woo-verzoek"),
    }  # fmt: skip
    return tuple(
        TypedSetting(TEAM.word, code, "2020-01-01", {
            "name": name, "mailbox": "", "members": " ".join(STAFF_ACTORS[one].subject for one in who.split()), "case_types": case_types,
        }, "Voor de demo.", new=True)
        for code, (name, who, case_types) in teams.items()
    )  # fmt: skip


def _letters() -> tuple[TypedSetting, ...]:
    """A standard letter, and who agrees to a letter about an objection that somebody writes by hand."""
    letter = {
        "title": "Afspraak maken",
        "text": "Wij willen graag met u praten over uw bezwaar. Wilt u een dag met ons afspreken?\n\n"
        "Bel met {{ handler.name }}, telefoon {{ handler.phone }}.",
    }
    rule = {"which": WhichLetters.BY_HAND, "approve": Approver.DECIDER, "four_eyes": "ja"}
    return (
        TypedSetting(LETTER_PIECE.word, "afspraak", "2020-01-01", letter, "Voor de demo.", new=True),
        TypedSetting(LETTER_RULE.word, "bezwaar", "2020-01-01", rule, "Voor de demo.", new=True),
    )


def _account(person: Employee) -> StaffIdentity:
    """The account at the simulator, so that who signs in there is the person who played the cases."""
    now = datetime.now(UTC)
    known = {"username": person.username, "name": person.name, "seen_at": now, "bound_at": now}
    return StaffIdentity(issuer=SIMULATED, subject=person.username, staff=person.number, **known)


def _news_readers(services: Services) -> list[tuple[Actor, str]]:
    return [(CITIZEN_ACTORS["tess"](services), "tess.testeling@post.example")]
