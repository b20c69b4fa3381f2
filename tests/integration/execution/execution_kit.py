"""An installation with the case types in use, and the people who play in it."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import local_date
from processes.storage.case_type_folders import all_folders
from processes.storage.tables import DepartmentRow, TaskRow

NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
TESS_BSN = "bsn:999993653"
INTAKE = {
    "in_time": "ja", "interested": True, "right_body": True, "complete": True, "route": "zonder_horen", "department": "parkeren",
}  # fmt: skip


def furnish(services):
    """An installation with the case types and one department in use."""
    with services.sessions.begin() as session:
        session.add(
            DepartmentRow(code="parkeren", name="Parkeren", email="p@example.org", manager_email="m@example.org")
        )
    for folder in all_folders(Path(__file__).parents[3] / "bpmn"):
        act(services, SYSTEM, DeployFolder(folder))
    return services


def registration(services, **changes):
    today = local_date(services.clock.now())
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


def count(services, table):
    with services.sessions() as session:
        return session.scalar(select(func.count()).select_from(table))


def open_task(services, element):
    with services.sessions() as session:
        return session.scalars(select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")).one()


def tess(services):
    return Actor("citizen", services.secrets.index(TESS_BSN), "Tess Testeling")
