"""V5.4.3: one gate stands before all bytes; every door to a file that waits is tried, and none gives it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.clamd import EICAR, INFECTED, Clamd
from kit.desk import Desk
from kit.documents import PDF
from kit.people import FENNA, NOOR, TESS_BSN
from kit.tus import tus_of
from sqlalchemy import select, update

from portal import converting
from processes.actions import act
from processes.actions.documents import AddDocuments, GiveToDepartment, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.joining import _copy
from processes.actions.registering import NewParty
from processes.base.errors import NotScannedYet
from processes.base.uploads import Upload
from processes.jobs.workers import drain
from processes.post.converting import NotConverted
from processes.storage import outbox
from processes.storage.tables import DocumentRow, FileScan, LargeUpload, OutboxRow, UploadPart
from processes.storage.upload_room import note_uploads

ROOT = Path(__file__).parents[3]
# who may read past the gate, and gives the bytes to nobody
PAST_THE_GATE = {
    "portal/multipart.py",  # while the file comes in: whether it has a password
    "processes/jobs/assembling.py",  # the same of a large file
    "processes/jobs/backup/making.py",
    "processes/jobs/encrypting_files.py",
    "processes/jobs/scanning.py",
    "processes/jobs/file_verification.py",
    "processes/post/incoming/arriving.py",  # whether it has a password; a mail to take it apart
    "processes/storage/file_scans.py",
    "processes/storage/joined_parts.py",  # parts of a file, which no page shows
}
TESS = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal")
SECRET = PDF + b"% wat nog niemand mag lezen\n"


def test_only_upkeep_reads_past_the_gate() -> None:
    found = {
        str(place.relative_to(ROOT))
        for room in ("portal", "processes")
        for place in (ROOT / room).rglob("*.py")
        if re.search(r"\.read_unscanned\(", place.read_text())
    }
    assert found - {"processes/storage/files.py"} == PAST_THE_GATE


@dataclass
class Waiting:
    """A document that was given to everybody, and of which the scanner has not spoken since."""

    office: Desk
    id: str
    blob: str

    def state(self, state: str, *, of_document: bool) -> None:
        """With `of_document` False only the gate itself knows."""
        with self.office.services.sessions.begin() as session:
            session.execute(update(FileScan).where(FileScan.blob == self.blob).values(state=state))
            if of_document:
                session.execute(update(DocumentRow).where(DocumentRow.id == self.id).values(scan=state))

    def refused(self, read: Callable[[], object]) -> None:
        with pytest.raises(NotScannedYet):
            read()


@pytest.fixture
def waiting(office: Desk) -> Waiting:
    services = office.services
    upload = services.files.add("stuk.pdf", "application/pdf", [SECRET])
    note_uploads(services, NOOR, [upload])
    act(services, NOOR, AddDocuments(office.number, (NewDocument(upload, "report", "Verslag"),)))
    drain(services)
    with services.sessions() as session:
        row = session.scalars(select(DocumentRow).where(DocumentRow.title == "Verslag")).one()
    act(services, NOOR, ShowOnPortal(row.id, shown=True))
    act(services, NOOR, GiveToDepartment(row.id, "parkeren"))
    with services.sessions.begin() as session:
        session.execute(update(DocumentRow).where(DocumentRow.id == row.id).values(confidentiality="openbaar"))
    return Waiting(office, row.id, row.blob)


@pytest.mark.parametrize("of_document", [True, False], ids=["said by the document", "known to the gate alone"])
def test_no_door_gives_a_file_that_waits(waiting: Waiting, of_document: bool) -> None:
    office, services = waiting.office, waiting.office.services
    noor, tess, department = Browser(services, NOOR), Browser(services, TESS), office.client
    doors = {
        "worker": lambda: noor.client.get(f"/werk/documenten/{waiting.id}/bestand"),
        "worker, in the page": lambda: noor.client.get(f"/werk/documenten/{waiting.id}/inzien"),
        "department": lambda: department.get(f"{office.address}/stuk/{waiting.id}"),
    }
    assert all(door().content == SECRET for door in doors.values())
    waiting.state("waiting", of_document=of_document)
    for name, door in {**doors, "citizen": lambda: tess.client.get(f"/mijn/documenten/{waiting.id}")}.items():
        answer = door()
        assert answer.status_code in {404, 409}, name
        assert b"wat nog niemand" not in answer.content, name
    with services.sessions() as session:
        row = session.get_one(DocumentRow, waiting.id)
    waiting.refused(lambda: services.files.read(row.blob, row.file_key))  # whatever page, export or letter asks
    waiting.refused(lambda: _copy(services, row))


def test_a_file_that_waits_goes_nowhere(waiting: Waiting) -> None:
    services = waiting.office.services
    waiting.state("waiting", of_document=True)
    for step in (ShowOnPortal(waiting.id, shown=True), GiveToDepartment(waiting.id, "wonen")):
        waiting.refused(lambda step=step: act(services, NOOR, step))


def test_the_page_of_a_citizen_and_of_a_department_says_why_a_file_is_shut(waiting: Waiting) -> None:
    waiting.state("unchecked", of_document=True)
    page = waiting.office.client.get(waiting.office.address).text
    assert "Kon nog niet op virussen worden gecontroleerd" in page
    assert f"/stuk/{waiting.id}" not in page


def test_a_large_file_is_scanned_while_it_is_put_together(office: Desk) -> None:
    tus, task = tus_of(office), f"?task={task_of(office)}"
    tus.whole("groot.pdf", PDF + b"x" * 100_000, task)
    drain(office.services)
    assert [row.state for row in office.rows(FileScan)] == ["clean"]
    assert [row for row in office.rows(OutboxRow) if row.kind == "scan"] == []


def test_a_large_file_with_a_virus_is_refused_with_the_reason(office: Desk) -> None:
    tus_of(office).whole("groot.pdf", INFECTED, f"?task={task_of(office)}")
    (part,) = office.rows(UploadPart)
    drain(office.services)
    assert [row.state for row in office.rows(LargeUpload)] == ["refused"]
    assert "is een virus gevonden" in office.client.get(office.address).text
    assert not office.services.files.exists(part.blob)
    assert office.rows(FileScan) == []


def test_a_large_file_comes_in_while_the_scanner_is_away_and_is_scanned_later(office: Desk, daemon: Clamd) -> None:
    with daemon.stopped():
        tus_of(office).whole("groot.pdf", INFECTED, f"?task={task_of(office)}")
        drain(office.services)
        assert [row.state for row in office.rows(LargeUpload)] == ["ready"]
        (row,) = office.rows(FileScan)
        with pytest.raises(NotScannedYet):
            office.services.files.read(row.blob)
    with office.services.sessions.begin() as session:
        for work in session.scalars(select(OutboxRow).where(OutboxRow.kind == "scan")):
            outbox.retry(session, work.id)
    drain(office.services)
    assert [row.state for row in office.rows(LargeUpload)] == ["refused"]
    assert not office.services.files.exists(row.blob)


def task_of(office: Desk) -> str:
    return office.client.get(office.address).text.partition('name="task" value="')[2].partition('"')[0]


def test_a_pdf_is_made_of_a_clean_file_only(office: Desk, daemon: Clamd, monkeypatch: pytest.MonkeyPatch) -> None:
    services, read = office.services, []

    def converted(_: object, upload: Upload) -> Upload:
        read.append(b"".join(services.files.read(upload.blob)))
        return services.files.add("besluit.pdf", "application/pdf", [PDF])

    monkeypatch.setattr(converting, "convert", converted)
    chosen = [services.files.add("besluit.docx", "application/zip", [content]) for content in (INFECTED, SECRET, PDF)]
    note_uploads(services, NOOR, chosen)
    with pytest.raises(NotConverted, match="virus gevonden"):
        converting.as_pdf(services, NOOR, chosen[0])
    with daemon.stopped(), pytest.raises(NotConverted, match="nu niet op virussen controleren"):
        converting.as_pdf(services, NOOR, chosen[1])
    made = converting.as_pdf(services, NOOR, chosen[2])
    assert read == [PDF]
    assert b"".join(services.files.read(made.blob)) == PDF  # what was made here waits for nobody


def test_a_list_that_an_administrator_sends_is_scanned_before_it_is_read(office: Desk, daemon: Clamd) -> None:
    fenna = Browser(office.services, FENNA)
    place = "/beheer/afdelingen-inlezen"
    fenna.get(place)
    assert "is een virus gevonden" in fenna.post(place, {}, {"file": ("lijst.csv", EICAR, "text/csv")}, 422)
    with daemon.stopped():
        page = fenna.post(place, {}, {"file": ("lijst.csv", b"code;naam\n", "text/csv")}, 422)
    assert "nu niet op virussen controleren" in page
