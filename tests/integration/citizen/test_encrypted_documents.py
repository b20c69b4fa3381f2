"""With encryption on, files go through the same pages: chosen, held, sent, made, downloaded; on the disk stands nothing plain."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from citizen_kit import TESS, Browser, register
from kit.cases import BEZWAAR, add_departments, handed_in, put_in_use, rows
from kit.documents import PDF
from kit.installation import installation
from kit.people import BRAM, NOOR

from processes.actions import act
from processes.actions.messages import AddNote
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, SearchRow

SECRET_WORD = b"Zwavelzuurfabriek"
CONTENT = PDF + b"%" + SECRET_WORD * 9_000  # more than two frames
FILE = {"files": ("foto.pdf", CONTENT, "application/pdf")}


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def encrypting(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen",), encrypt_files=True) as opened:
        yield opened


@pytest.fixture
def sender(encrypting: Services) -> Browser:
    return Browser(encrypting, TESS)


def on_disk(services: Services) -> list[bytes]:
    return [place.read_bytes() for place in Path(services.settings.files).rglob("*") if place.is_file()]


def sent(tess: Browser) -> DocumentRow:
    number = register(tess.services, TESS)
    tess.get(f"/mijn/zaken/{number}/document")
    tess.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "Foto van de plek"}, FILE)
    assert [one for one in on_disk(tess.services) if SECRET_WORD in one] == []  # held, not sent yet
    tess.post(f"/mijn/zaken/{number}/document/versturen", {"held": tess.hidden("held")})
    (document,) = [row for row in handed_in(tess.services) if row.title == "Foto van de plek"]
    return document


def test_t5_a_document_is_sent_and_downloaded_and_stands_encrypted_on_the_disk(sender: Browser) -> None:
    document = sent(sender)
    assert (document.size, document.file_key is not None) == (len(CONTENT), True)
    answer = sender.client.get(f"/mijn/documenten/{document.id}")
    assert (answer.content == CONTENT, answer.headers["content-length"]) == (True, str(len(CONTENT)))
    kept = on_disk(sender.services)
    assert kept
    assert [one for one in kept if SECRET_WORD in one or one.startswith(b"%PDF")] == []
    assert verify(sender.services) == []


def test_t5_letters_that_the_program_makes_are_encrypted_too(sender: Browser) -> None:
    register(sender.services, TESS, extra=(BRAM,))
    drain(sender.services)
    made = handed_in(sender.services)
    assert made
    assert all(row.file_key for row in made)
    assert [one for one in on_disk(sender.services) if one.startswith(b"%PDF")] == []
    assert all(b"".join(sender.services.files.read(row.blob, row.file_key)).startswith(b"%PDF") for row in made)


def test_t5_a_type_that_is_not_allowed_is_still_seen_and_leaves_nothing(sender: Browser) -> None:
    number = register(sender.services, TESS)
    sender.get(f"/mijn/zaken/{number}/document")
    program = {"files": ("foto.pdf", b"MZ" + bytes(5000), "application/pdf")}
    page = sender.post(f"/mijn/zaken/{number}/document", {"type": "submission", "title": "Foto"}, program, status=422)
    assert "foto.pdf" in page
    assert on_disk(sender.services) == []


def test_t5_a_file_that_somebody_changed_in_the_store_is_not_sent_on(sender: Browser) -> None:
    document = sent(sender)
    place = Path(sender.services.settings.files) / "blobs" / document.blob
    stored = place.read_bytes()
    place.write_bytes(b"x" + stored[1:])
    answer = sender.client.get(f"/mijn/documenten/{document.id}")
    assert (answer.status_code, SECRET_WORD in answer.content) == (500, False)
    assert "veranderd in de opslag" in answer.text
    place.write_bytes(stored[:-30])  # its end: the download has begun by then, and breaks off
    with pytest.raises(Exception, match="veranderd in de opslag"):
        b"".join(sender.services.files.read(document.blob, document.file_key))
    assert [problem.code for problem in verify(sender.services)] == ["file_changed"]


def test_t5_searching_knows_the_title_of_a_document_and_nothing_of_its_content(sender: Browser) -> None:
    document = sent(sender)
    act(sender.services, NOOR, AddNote(handed_in(sender.services)[0].reference.rpartition("-D")[0], "Gezien."))
    words = " ".join(row.words for row in rows(sender.services, SearchRow))
    assert document.title.split()[0].lower() in words
    assert SECRET_WORD.decode().lower() not in words
