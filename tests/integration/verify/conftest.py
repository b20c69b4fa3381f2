"""A house with one real running case: registered through the front door, with a document and a mail."""

from datetime import timedelta

import pytest

from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actor import SYSTEM, Actor
from processes.actors import drain
from processes.checking import all_folders
from processes.clock import local_date
from processes.demo.places import CASE_TYPES
from processes.demo_clock import business_now
from processes.house import House
from processes.uploads import Upload

WORKER = Actor("staff", "w.werk", "Wim Werk", frozenset({"worker"}))


@pytest.fixture
def sound(house: House) -> House:
    """Nothing is wrong here."""
    for folder in all_folders(CASE_TYPES):
        act(house, SYSTEM, DeployFolder(folder))
    today = local_date(business_now(house))
    party = NewParty(
        "objector", "Tess Testeling", identity="bsn:999990019", email="tess@post.example", channel="portal"
    )
    decision = NewDecision("Bijstand geweigerd", "W-1", today - timedelta(days=5), today - timedelta(days=4))
    number = act(house, WORKER, RegisterCase("bezwaar", "letter", today, (party,), (decision,)))
    with house.files.open_incoming() as incoming:
        incoming.write(b"%PDF-1.7 een besluit")
        blob, sha256, size = incoming.finish()
    upload = Upload("besluit.pdf", "application/pdf", size, sha256, blob)
    act(house, WORKER, AddDocuments(number, (NewDocument(upload, "contested_decision"),)))
    drain(house)
    return house
