"""An installation with one real running case: registered through the front door, with a document and a mail."""

from datetime import timedelta

import pytest

from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import local_date
from processes.base.uploads import Upload
from processes.demo.case_types import CASE_TYPES
from processes.jobs.workers import drain
from processes.storage.business_time import business_now
from processes.storage.case_type_folders import all_folders
from processes.storage.services import Services

WORKER = Actor("staff", "w.werk", "Wim Werk", frozenset({"worker"}))


@pytest.fixture
def sound(services: Services) -> Services:
    """Nothing is wrong here."""
    for folder in all_folders(CASE_TYPES):
        act(services, SYSTEM, DeployFolder(folder))
    today = local_date(business_now(services))
    party = NewParty(
        "objector", "Tess Testeling", identity="bsn:999990019", email="tess@post.example", channel="portal"
    )
    decision = NewDecision("Bijstand geweigerd", "W-1", today - timedelta(days=5), today - timedelta(days=4))
    number = act(services, WORKER, RegisterCase("bezwaar", "letter", today, (party,), (decision,)))
    with services.files.open_incoming() as incoming:
        incoming.write(b"%PDF-1.7 een besluit")
        blob, sha256, size = incoming.finish()
    upload = Upload("besluit.pdf", "application/pdf", size, sha256, blob)
    act(services, WORKER, AddDocuments(number, (NewDocument(upload, "contested_decision"),)))
    drain(services)
    return services
