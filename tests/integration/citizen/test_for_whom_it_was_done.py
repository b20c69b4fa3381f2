"""Who acts by a mandate is called with for whom, wherever a case says who did something or who looked (C2, W11)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kit.browser import Browser
from kit.cases import bezwaar_in_use, register_bezwaar, rows
from kit.installation import TEST_SECRET, installation
from kit.people import BRAM, NOOR, TESS, TESS_BSN
from kit.secrets import NEWER_SECRET, under

from engine import TaskClosed
from processes.actions import act
from processes.actions.registering import NewParty
from processes.actions.withdrawing import Withdraw
from processes.effects.tasks import closed
from processes.execution.unit_of_work import UnitOfWork
from processes.jobs.resealing import reseal
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Instance, LookRow, NoteRow, Party, TaskRow

FOR_TESS = {"for": TESS_BSN, "for_name": "Tess Testeling"}
SIGNED = "Bram van Proefhuizen, namens Tess Testeling"
COMPANY = NewParty("objector", "Verzonnen Bouw B.V.", "company", identity="kvk:68750110", channel="portal")
NORTH = "000012345678"
DATA = "/mijn/zaken/{}/meenemen/gegevens.json"  # which counts as a look


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, bezwaar_in_use, faces=("citizen", "workbench")) as opened:
        yield opened


def test_c2_a_message_says_who_wrote_it_and_for_whom_to_everybody_who_reads_it(services: Services) -> None:
    number = register_bezwaar(services, TESS)
    here, bram = f"/mijn/zaken/{number}", Browser(services, BRAM, FOR_TESS)
    bram.get(here)
    bram.post(f"{here}/berichten", {"text": "Ik stuur nog een foto."})
    assert [row.author for row in rows(services, NoteRow, kind="message")] == [SIGNED]
    assert SIGNED in Browser(services, TESS).get(here)
    noor = Browser(services, NOOR)
    assert f"Bericht van {SIGNED}" in noor.get(f"/werk/zaken/{number}/tijdlijn")
    # a message of before says who wrote it as before; who is kept from a reader is not named by it
    (note,), (party,) = rows(services, NoteRow, kind="message"), rows(services, Party)
    with services.sessions.begin() as session:
        session.get_one(NoteRow, note.id).author = BRAM.name
    assert "Bericht van Tess Testeling" in noor.get(f"/werk/zaken/{number}/tijdlijn")
    with services.sessions.begin() as session:
        session.get_one(NoteRow, note.id).author = SIGNED
        session.get_one(Party, party.id).confidential = True
    page = noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert "Bericht van iemand met een machtiging, namens " in page
    assert SIGNED not in page


def test_c2_what_was_done_by_a_mandate_says_for_whom_on_the_timeline_and_in_the_trail(services: Services) -> None:
    number = register_bezwaar(services, TESS)
    (tess,), bram, noor = rows(services, Party), Browser(services, BRAM, FOR_TESS), Browser(services, NOOR)
    task = rows(services, TaskRow)[0]
    with services.sessions.begin() as session:
        row = session.get_one(TaskRow, task.id)
        row.side, row.party_role = "citizen", "objector"
        run: Any = SimpleNamespace(work=UnitOfWork(services, session, bram.actor, services.clock.now()), answered=None)
        closed(run, session.get_one(Instance, row.instance_id), TaskClosed(row.id, row.element, cancelled=False))
        assert row.done_as == SIGNED
    assert f"door {SIGNED}" in noor.get(f"/werk/zaken/{number}/tijdlijn")
    act(services, bram.actor, Withdraw(number, "Het is opgelost.", (tess.id,)))
    digest = services.secrets.digest(services.secrets.index(TESS_BSN))
    (line,) = rows(services, AuditRow, chain=tess.case_id, action="withdraw")
    assert line.detail["acts_for"] == digest
    page = noor.get(f"/werk/zaken/{number}/tijdlijn?soort=gedaan")
    assert "door iemand met een machtiging, namens Tess Testeling" in page


def test_w11_a_look_by_a_mandate_keeps_for_whom_and_is_another_than_ones_own(services: Services) -> None:
    number = register_bezwaar(services, TESS)
    bram, tess, noor = Browser(services, BRAM, FOR_TESS), Browser(services, TESS), Browser(services, NOOR)
    looks = f"/werk/zaken/{number}/tijdlijn?soort=keek"
    for browser in (bram, tess, bram):
        assert browser.status(DATA.format(number)) == 200
    whom, him = services.secrets.index(TESS_BSN), services.secrets.index(str(BRAM.identity))
    assert [(row.who, row.for_whom) for row in rows(services, LookRow, who_kind="citizen")] == [
        (him, whom),
        (whom, None),
    ]
    page = noor.get(looks)
    assert "Iemand met een machtiging, namens Tess Testeling (indiener) keek" in page
    assert "Tess Testeling (indiener) keek" in page
    (case_id,) = {row.case_id for row in rows(services, Party)}
    # once he is in the case as the representative his name is known there
    with services.sessions.begin() as session:
        session.add(
            Party(case_id=case_id, role="representative", kind="person", name=BRAM.name,
                  identity_index=him, channel="portal", by_mandate=True)
        )  # fmt: skip
    assert "Bram van Proefhuizen (gemachtigde), namens Tess Testeling (indiener) keek" in noor.get(looks)
    # it follows whom it was for to another secret
    both = under(services, NEWER_SECRET, TEST_SECRET)
    assert reseal(both).complete
    assert {row.for_whom for row in rows(services, LookRow)} == {None, both.secrets.index(TESS_BSN)}


def test_w11_a_look_for_one_branch_says_which(services: Services) -> None:
    number = register_bezwaar(services, replace(COMPANY, branch=NORTH))
    for who in (COMPANY, BRAM):
        told = {"for": str(COMPANY.identity), "for_name": COMPANY.name, "branch": NORTH}
        assert Browser(services, who, told).status(DATA.format(number)) == 200
    page = Browser(services, NOOR).get(f"/werk/zaken/{number}/tijdlijn?soort=keek")
    assert f"Verzonnen Bouw B.V. (indiener), vestiging {NORTH} keek" in page
    assert f"Iemand met een machtiging, namens Verzonnen Bouw B.V. (indiener), vestiging {NORTH} keek" in page
