"""A house with bezwaar in use, and the few steps that hostile tests begin with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from processes.actions import act
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.actor import Actor
from processes.clock import local_date
from processes.database.session import upgrade
from processes.database.tables import TaskRow
from processes.demo_clock import business_now
from processes.house import House
from processes.opening import open_house
from processes.settings import Settings

ADMIN = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
PIET = Actor("staff", "piet", "Piet Behandelaar", frozenset({"worker"}))
TESS = NewParty("objector", "Tess Testeling", identity="bsn:999993653", channel="portal", email="tess@post.example")
BRAM = NewParty("objector", "Bram van Proefhuizen", identity="bsn:999990676", channel="portal")
BPMN = Path(__file__).parents[3] / "bpmn"
INTAKE = {"in_time": "ja", "interested": True, "right_body": True, "complete": True, "department": "parkeren"}


def open_hostile_house(folder: Path) -> House:
    address = f"sqlite:///{folder}/zaakspoor.db"
    upgrade(address)
    return open_house(Settings(database=address, files=f"{folder}/files", data=folder, secret="x" * 40, demo=True))


def citizen(house: House, party: NewParty) -> Actor:
    return Actor("citizen", house.secrets.index(party.identity or ""), party.name)


def register(house: House, *parties: NewParty, subject: str = "Parkeervergunning", **more: Any) -> str:
    day = local_date(business_now(house))
    decision = NewDecision(subject, "PV-1", day - timedelta(20), day - timedelta(18), "parkeren")
    action = RegisterCase("bezwaar", "letter", day, parties or (TESS,), (decision,), {"grounds": "Oneerlijk"}, **more)
    return act(house, NOOR, action)


def intake(house: House, **values: Any) -> None:
    """Through the intake: with these values the department Parkeren is asked for documents."""
    act(house, NOOR, CompleteTask(open_task(house, "Intake"), {**INTAKE, "route": "zonder_horen", **values}))


def open_task(house: House, element: str) -> str:
    with house.sessions() as session:
        return session.scalars(select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")).one()


def rows(house: House, table: Any) -> list[Any]:
    with house.sessions() as session:
        return list(session.scalars(select(table)))
