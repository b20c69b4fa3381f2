"""J2: an address that becomes secret leaves the versions for other eyes of what was filed, also those that were made already."""

from dataclasses import replace

import pytest
from filed_kit import FILER, STREET, file_bezwaar, text_in, versions, words_of
from kit.cases import do, notes_of, register_bezwaar, rows
from kit.people import NOOR

from processes.actions import act
from processes.actions.correcting_party import CorrectParty
from processes.actions.documents import GiveToDepartment
from processes.execution.party_data import data_of
from processes.jobs.workers import drain
from processes.post import filed
from processes.post.filed import make_filed
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, Party

ON_ONE_KIND = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
OPEN = replace(FILER, secret_address=False)
INCOMPLETE = {
    "in_time": "ja", "interested": True, "right_body": True, "complete": False, "missing": ["redenen"],
    "missing_items": "Uw redenen", "route": "ambtelijk", "department": "parkeren",
}  # fmt: skip


def becomes_secret(services: Services, number: str) -> None:
    party = rows(services, Party)[0]
    data = data_of(party)
    act(
        services,
        NOOR,
        CorrectParty(number, party.id, replace(data, secret_address=True), "Zij wordt bedreigd.", data.seen),
    )


def test_j2_an_address_that_becomes_secret_leaves_what_was_made_for_others(services: Services) -> None:
    number = file_bezwaar(services, OPEN)
    drain(services)
    whole, other = versions(services, words_of(services))
    assert STREET in text_in(services, other)  # it was no secret then
    act(services, NOOR, GiveToDepartment(whole.id, "parkeren"))
    becomes_secret(services, number)
    old, (_, waiting) = other, versions(services, words_of(services))
    assert not waiting.is_made  # nobody reads the old one from this moment on
    drain(services)
    assert not services.files.exists(old.blob)
    again, other = versions(services, words_of(services))
    assert other.id == old.id
    text = text_in(services, other)
    assert not [said for said in (STREET, "1234AB") if said in text]
    assert "Het besluit PV-2026-0012 klopt niet." in text
    assert (again.blob, again.sha256) == (whole.blob, whole.sha256)  # the whole one stays what it was
    note = notes_of(services, number)[-1]
    assert "Deze versie ging al naar: Parkeren." in note
    assert "Wat al is verstuurd of opgehaald, verandert niet meer." in note


def test_j2_an_answer_that_everybody_read_as_it_was_gets_a_version_for_others(services: Services) -> None:
    number = register_bezwaar(services, OPEN)
    do(services, "Intake", **INCOMPLETE)
    do(services, "RepairByCitizen", repair_text=f"Ik woon op {STREET}. Dat is te ver.")
    drain(services)
    (whole,) = versions(services, words_of(services, "Aanvulling"))
    act(services, NOOR, GiveToDepartment(whole.id, "parkeren"))
    becomes_secret(services, number)
    drain(services)
    whole, other = versions(services, words_of(services, "Aanvulling"))
    assert whole.personal
    assert (STREET in text_in(services, whole), STREET in text_in(services, other)) == (True, False)
    assert (whole.to_departments, [one["department"] for one in other.to_departments]) == ([], ["parkeren"])


@ON_ONE_KIND
def test_j2_a_worker_that_was_busy_with_the_old_words_leaves_no_old_file(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file_bezwaar(services, OPEN)
    told, real = {"filed": words_of(services).id}, filed.filed_pdf

    def slow(page: filed.FiledLayout) -> bytes:
        monkeypatch.setattr(filed, "filed_pdf", real)
        becomes_secret(services, number)
        return real(page)

    monkeypatch.setattr(filed, "filed_pdf", slow)
    make_filed(services, told)
    drain(services)
    _, other = versions(services, words_of(services))
    assert STREET not in text_in(services, other)
    made = {row.blob for row in rows(services, DocumentRow)}
    assert {file.blob for file in services.files.all_blobs()} == made
