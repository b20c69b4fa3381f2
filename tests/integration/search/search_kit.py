"""An installation with one small case type, and cases of invented people to search for."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bench.ground import Ground
from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.uploads import Upload
from processes.reads.workbench import Filter, read_cases
from processes.storage.search_table import pages, told_by_rows, told_by_table
from processes.storage.services import Services
from processes.storage.tables import Case

NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker", "decider"}))
PIET = Actor("staff", "piet", "Piet Behandelaar", frozenset({"worker"}))
ADA = Actor("staff", "ada", "Ada Griffier", frozenset({"committee"}))


def register(ground: Ground, *names: str, subject: str = "Een verzonnen besluit", number: str = "") -> str:
    """A case of these people about one decision; the answer is its number."""
    parties = tuple(NewParty("objector", name, address="Dorpsweg 1\n1234 AB Voorbeeldstad") for name in names)
    ten_days_ago = local_date(ground.clock.now()) - timedelta(days=10)
    decision = NewDecision(subject, number, None, ten_days_ago, "parkeren")
    return act(ground.services, NOOR, replace(ground.registration(), parties=parties, decisions=(decision,)))


def add(ground: Ground, case: str, title: str) -> str:
    """A document of the worker; the answer is its reference."""
    upload = Upload("stuk.pdf", "application/pdf", 4, "0" * 64, "ab/cd")
    return act(ground.services, NOOR, AddDocuments(case, (NewDocument(upload, "underlying", title),)))


def found(services: Services, typed: str, actor: Actor = NOOR) -> set[str]:
    """The numbers of all cases on the list."""
    return {line.number for line in read_cases(services, actor, Filter(typed, state="")).lines}


def case_of(services: Services, number: str) -> int:
    with services.sessions() as session:
        return session.scalars(select(Case.id).where(Case.number == number)).one()


def entries(services: Services) -> tuple[dict, dict]:
    """What the search table must hold of all cases, and what it holds."""
    with services.sessions() as session:
        cases = [case for page in pages(session) for case in page]
        return told_by_rows(session, cases), told_by_table(session, cases)
