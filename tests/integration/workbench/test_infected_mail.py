"""W12: of a mail with a virus in each of its files the words alone join the dossier, and what was left out is named."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows, today
from kit.documents import stored
from kit.people import NOOR, TESS
from pypdf import PdfReader

from processes.actions import act
from processes.actions.post_room import NewPost, TakeInPost
from processes.storage.tables import Case, DocumentRow, FileScan, PostFile, PostItem
from processes.storage.words import ScanState

WORDS = "Ik maak bezwaar, want de stoep is te smal."


@pytest.fixture
def item(services) -> int:
    """A mail with two files, and a virus in both."""
    files = (stored(services, "bericht.eml"), stored(services, "bijlage.pdf"))
    piece = NewPost("mail", today(services), files, sender="Tess <tess@post.example>", subject="De stoep", words=WORDS)
    made = int(act(services, NOOR, TakeInPost((piece,))))
    for one in files:
        infect(services, one.blob)
    return made


def infect(services, blob: str) -> None:
    with services.sessions.begin() as session:
        session.add(FileScan(blob=blob, state=ScanState.INFECTED, at=datetime.now(UTC), sha256="0" * 64, size=1))


def test_w12_of_a_mail_with_only_infected_files_the_words_alone_join_the_dossier(services, noor: Browser, item) -> None:
    number = register_bezwaar(services, TESS)
    at = f"/werk/postkamer/{item}"
    page = noor.get(f"{at}?zaak={number}")
    assert WORDS in page
    assert "In elk bestand van deze mail is een virus gevonden" in page
    assert "Soort van bijlage.pdf" not in page
    page = noor.post(f"{at}/zaak", {"type-0": ""}, status=422)
    assert 'href="#field-type-0"' in page
    noor.post(f"{at}/zaak", {"type-0": "-"}, status=422)
    noor.post(f"{at}/zaak", {"type-0": "underlying", "title-0": "Mail over de stoep"})
    (row,) = rows(services, DocumentRow, title="Mail over de stoep")
    content = b"".join(services.files.read(row.blob, row.file_key))
    told = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
    for said in (WORDS, "Tess <tess@post.example>", "De stoep", "Weggelaten: 'bericht.eml' en 'bijlage.pdf'"):
        assert said in told
    assert not {one.name for one in rows(services, PostFile)} & {one.file_name for one in rows(services, DocumentRow)}
    (post,) = rows(services, PostItem)
    assert (post.words, post.sender, post.handled_as) == ("", "", "attached")


def test_w12_the_words_of_such_a_mail_become_a_new_case_as_well(services, noor: Browser, item) -> None:
    page = noor.get(f"/werk/nieuw/bezwaar?post={item}")
    assert "In elk bestand van deze mail is een virus gevonden" in page
    assert "Soort van de tekst van de mail" in page
    assert rows(services, Case) == []


def test_w12_one_clean_file_is_chosen_as_always(services, noor: Browser) -> None:
    files = (stored(services, "bericht.eml"), stored(services, "bijlage.pdf"))
    piece = NewPost("mail", today(services), files, words=WORDS)
    item = int(act(services, NOOR, TakeInPost((piece,))))
    infect(services, files[0].blob)
    page = noor.get(f"/werk/postkamer/{item}?zaak={register_bezwaar(services, TESS)}")
    assert "Soort van bijlage.pdf" in page
    assert "Soort van de tekst van de mail" not in page
