"""A house with the case types in use, and the people who play in it."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actor import SYSTEM, Actor
from processes.checking import all_folders
from processes.clock import local_date
from processes.database.tables import DepartmentRow, TaskRow

NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
TESS_BSN = "bsn:999993653"
INTAKE = {
    "in_time": "ja", "interested": True, "right_body": True, "complete": True, "route": "zonder_horen", "department": "parkeren",
}  # fmt: skip


def furnish(house):
    """A house with the case types and one department in use."""
    with house.sessions.begin() as session:
        session.add(
            DepartmentRow(code="parkeren", name="Parkeren", email="p@example.org", manager_email="m@example.org")
        )
    for folder in all_folders(Path(__file__).parents[3] / "bpmn"):
        act(house, SYSTEM, DeployFolder(folder))
    return house


def registration(house, **changes):
    today = local_date(house.clock.now())
    decision = NewDecision("Parkeervergunning", "PV-1", None, today - timedelta(days=10), "parkeren")
    party = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal", email="t@example.org")
    given = {
        "case_type": "bezwaar",
        "channel": "letter",
        "received_on": today,
        "parties": (party,),
        "decisions": (decision,),
    }
    return RegisterCase(**{**given, "values": {"grounds": "Verzonnen"}, **changes})


def count(house, table):
    with house.sessions() as session:
        return session.scalar(select(func.count()).select_from(table))


def open_task(house, element):
    with house.sessions() as session:
        return session.scalars(select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")).one()


def tess(house):
    return Actor("citizen", house.secrets.index(TESS_BSN), "Tess Testeling")
