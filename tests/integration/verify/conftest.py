"""An installation with one real running case: registered through the front door, with a document and a mail."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from kit.cases import all_shipped, put_in_use, today
from kit.documents import stored

from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.actor import Actor
from processes.jobs.workers import drain
from processes.storage.services import Services

WORKER = Actor("staff", "w.werk", "Wim Werk", frozenset({"worker"}))


def furnish(services: Services) -> None:
    """Every case type, and one case with its papers, of which all work was done."""
    put_in_use(services, *all_shipped())
    day = today(services)
    party = NewParty(
        "objector", "Tess Testeling", identity="bsn:999990019", email="tess@post.example", channel="portal"
    )
    decision = NewDecision("Bijstand geweigerd", "W-1", day - timedelta(days=5), day - timedelta(days=4))
    number = act(services, WORKER, RegisterCase("bezwaar", "letter", day, (party,), (decision,)))
    upload = stored(services, "besluit.pdf", b"%PDF-1.7 een besluit")
    act(services, WORKER, AddDocuments(number, (NewDocument(upload, "contested_decision"),)))
    drain(services)


@pytest.fixture
def sound(installed: Callable[..., Services], kind_of_database: str) -> Services:
    """Nothing is wrong here. Without the fast path it is written without it, too: what others copy was written with it."""
    if kind_of_database in {"sqlite", "postgres"}:
        return installed(furnish)
    services = installed()
    furnish(services)
    return services
