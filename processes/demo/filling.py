"""Fills an empty demo with cases in different stages, by playing them: the same actions that people use, on earlier days."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.profile import SaveProfile
from processes.actor import SYSTEM, Actor
from processes.checking import all_folders
from processes.clock import AMSTERDAM, local_date
from processes.database.tables import DepartmentRow, ModelVersion
from processes.demo.cast import CITIZEN_ACTORS, STAFF_ACTORS
from processes.demo.departments import DEPARTMENTS
from processes.demo.moving import move_clock_to
from processes.demo.people import STAFF
from processes.demo.places import CASE_TYPES
from processes.demo.scenes import SCENES, Stage
from processes.demo.scenes_court import COURT_SCENES
from processes.demo.scenes_klacht import KLACHT_SCENES
from processes.demo.scenes_woo import WOO_SCENES
from processes.demo_clock import business_now, write_offset
from processes.house import House
from processes.staff import remember

BEGINS = timedelta(days=75)  # how long before today the oldest case of the demo came in


def is_filled(house: House) -> bool:
    """Whether this demo already has case types in use."""
    with house.sessions() as session:
        return session.query(ModelVersion.id).first() is not None


def fill(house: House, progress: Callable[[str], None] = lambda _: None) -> None:
    """Departments, staff, case types and cases; at the end the clock stands at the present."""
    _furnish(house)
    for folder in all_folders(CASE_TYPES):
        progress(f"Zaaktype {folder.name}")
        act(house, SYSTEM, DeployFolder(folder))
    present = datetime.now(UTC)
    begin = local_date(present) - BEGINS
    with house.sessions.begin() as session:
        write_offset(session, _office_hour(begin) - present)
    stage = Stage(house)
    every = (*SCENES, *COURT_SCENES, *WOO_SCENES, *KLACHT_SCENES)
    for day, words, play in sorted(every, key=lambda scene: scene[0]):
        progress(words)
        _go_to(house, _office_hour(begin + timedelta(days=day)))
        play(stage)
    _go_to(house, datetime.now(UTC))


def _office_hour(day: date) -> datetime:
    """Ten o'clock on that day, or on the Monday after a weekend."""
    weekend = max(0, day.weekday() - 4)
    monday_or_same = day + timedelta(days=3 - weekend) if weekend else day
    return datetime.combine(monday_or_same, time(10), AMSTERDAM)


def _go_to(house: House, to: datetime) -> None:
    if to > business_now(house):
        move_clock_to(house, to)


def _furnish(house: House) -> None:
    with house.sessions.begin() as session:
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
            remember(session, STAFF_ACTORS[person.username], person.email)
    for actor, email in _news_readers(house):
        act(house, actor, SaveProfile(email=email, phone="", news_by_mail=True))


def _news_readers(house: House) -> list[tuple[Actor, str]]:
    return [(CITIZEN_ACTORS["tess"](house), "tess.testeling@post.example")]
