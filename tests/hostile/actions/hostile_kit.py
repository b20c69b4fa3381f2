"""An installation with bezwaar in use, and the few steps that hostile tests begin with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from business_time import FixedClock
from sqlalchemy import select

from processes.actions import act
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.settings import Settings
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.storage.tables import TaskRow
from processes.wiring import open_services

ADMIN = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
PIET = Actor("staff", "piet", "Piet Behandelaar", frozenset({"worker"}))
TESS = NewParty("objector", "Tess Testeling", identity="bsn:999993653", channel="portal", email="tess@post.example")
BRAM = NewParty("objector", "Bram van Proefhuizen", identity="bsn:999990676", channel="portal")
BPMN = Path(__file__).parents[3] / "bpmn"
INTAKE = {"in_time": "ja", "interested": True, "right_body": True, "complete": True, "department": "parkeren"}


def open_hostile_services(folder: Path) -> Services:
    address = f"sqlite:///{folder}/zaakspoor.db"
    upgrade(address)
    return open_services(Settings(database=address, files=f"{folder}/files", data=folder, secret="x" * 40, demo=True),
                      clock=FixedClock())  # fmt: skip


def citizen(services: Services, party: NewParty) -> Actor:
    return Actor("citizen", services.secrets.index(party.identity or ""), party.name)


def register(services: Services, *parties: NewParty, subject: str = "Parkeervergunning", **more: Any) -> str:
    day = local_date(business_now(services))
    decision = NewDecision(subject, "PV-1", day - timedelta(20), day - timedelta(18), "parkeren")
    action = RegisterCase("bezwaar", "letter", day, parties or (TESS,), (decision,), {"grounds": "Oneerlijk"}, **more)
    return act(services, NOOR, action)


def intake(services: Services, **values: Any) -> None:
    """Through the intake: with these values the department Parkeren is asked for documents."""
    act(services, NOOR, CompleteTask(open_task(services, "Intake"), {**INTAKE, "route": "zonder_horen", **values}))


def open_task(services: Services, element: str) -> str:
    with services.sessions() as session:
        return session.scalars(select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")).one()


def rows(services: Services, table: Any) -> list[Any]:
    with services.sessions() as session:
        return list(session.scalars(select(table)))
