"""T1: a large file that still comes in is its owner's alone: nobody else goes on with it, reads how it stands, removes or sends it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, do, handed_in, open_task, put_in_use, register_bezwaar, rows
from kit.documents import NO_FILE, PDF
from kit.installation import installation
from kit.people import ADA, BRAM, NOOR, SEM, TESS
from kit.tus import VERSION, Tus, for_form, tus_at

from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import LargeUpload, UploadPart

SCAN = PDF + b"% van mij\n" * 5000
OWNERS = {"mijn": (TESS, "/mijn/nieuw/bezwaar"), "werk": (NOOR, "/werk/nieuw/bezwaar")}
STRANGERS = {
    "bram": (BRAM, "mijn"),
    "sem": (SEM, "werk"),
    "ada": (ADA, "werk"),
    "nobody": (None, "mijn"),
    "noone": (None, "werk"),
}


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "workbench")) as opened:
        yield opened


@pytest.mark.parametrize("face", OWNERS)
def test_t1_nobody_else_continues_reads_or_removes_a_large_file(services: Services, face: str) -> None:
    owner, form = OWNERS[face]
    mine = tus_at(Browser(services, owner), face)
    place = mine.announce("geheim.pdf", len(SCAN), for_form(form)).headers["location"]
    mine.add(place, 0, SCAN[:1000])
    upload = place.rpartition("/")[2]
    for who, (person, at) in STRANGERS.items():
        other = tus_at(Browser(services, person), at)
        there = f"/{at}/uploads/{upload}"
        tried = [
            other.ask(there),
            other.add(there, 1000, SCAN[1000:]),
            other.remove(there),
            other.client.get(there, headers=VERSION),
        ]
        assert {answer.status_code for answer in tried} <= ({404} if person else {401, 403}), who
        assert not any("geheim" in answer.text for answer in tried), who
    crossed = Tus(mine.client, mine.at, "x")  # without the token of the own forms
    assert [crossed.add(place, 1000, SCAN[1000:]).status_code, crossed.remove(place).status_code] == [403, 403]
    assert mine.add(place, 1000, SCAN[1000:]).status_code == 204
    drain(services)
    (row,) = rows(services, LargeUpload)
    assert (row.state, rows(services, UploadPart)) == ("ready", [])


def test_t1_no_page_of_somebody_else_shows_or_sends_it(services: Services) -> None:
    number = register_bezwaar(services, TESS, BRAM)
    form = f"/mijn/zaken/{number}/document"
    tus_at(Browser(services, TESS), "mijn").whole("geheim.pdf", SCAN, for_form(form))
    drain(services)
    bram = Browser(services, BRAM)
    assert "geheim.pdf" not in bram.get(form)
    upload = rows(services, LargeUpload)[0].id
    typed = {"type": "submission", "title": "Van Bram", "groot": upload, f"weg-{upload}": "ja"}
    assert "Kies eerst een bestand." in bram.post(form, typed, NO_FILE, 422)
    assert "Kies eerst een bestand." not in Browser(services, TESS).get(form)
    noor = Browser(services, NOOR)
    tab = f"/werk/zaken/{number}/documenten"
    assert "geheim.pdf" not in noor.get(tab)
    noor.post(tab, {"type": "report", "title": "", "groot": upload}, NO_FILE, 422)
    assert [row.file_name for row in handed_in(services) if row.size == len(SCAN)] == []
    assert [row.state for row in rows(services, LargeUpload)] == ["ready"]


def test_t1_no_large_file_begins_for_a_form_that_one_cannot_open(services: Services) -> None:
    number = register_bezwaar(services, TESS)
    do(services, "Intake", **{**INTAKE, "complete": False, "route": "ambtelijk", "missing_items": "uw redenen"})
    task = open_task(services, "RepairByCitizen")
    bram, ada = tus_at(Browser(services, BRAM), "mijn"), tus_at(Browser(services, ADA), "werk")
    for form in (f"/mijn/zaken/{number}/document", f"/mijn/taken/{task}"):
        assert bram.announce("a.pdf", 9, for_form(form)).status_code == 404, form
    for form in ("/werk/nieuw/bezwaar", f"/werk/zaken/{number}/documenten", f"/mijn/zaken/{number}/document"):
        assert ada.announce("a.pdf", 9, for_form(form)).status_code == 404, form
    assert rows(services, LargeUpload) == []
