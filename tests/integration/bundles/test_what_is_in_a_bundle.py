"""W10: each reader gets what that reader may have; the rest is named with its ground, and is nowhere in the file."""

import csv
import hashlib
import io
import re
import zipfile

import pypdfium2
import pytest
from bundle_kit import add, asked, fetched, made, names_in
from kit.browser import Browser
from kit.bundles import all_bytes
from kit.cases import rows
from kit.office_files import docx, words
from kit.people import BRAM, NOOR, PIET, TESS

from processes.actions import act
from processes.actions.bundles import MakeBundle
from processes.jobs.workers import drain
from processes.reads.workbench.bundles import read_bundles
from processes.storage.tables import AuditRow, LookRow

PAPERS = {"woord-open", "woord-rechtbank", "woord-achter", "woord-geheim", "woord-mail"}


def packed():
    """A file of a kind of which no text is shown."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("binnen.txt", "woord-binnen")
    return made.getvalue()


def shown(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


@pytest.mark.parametrize(
    ("reader", "has", "says"),
    [
        ("desk", PAPERS, ()),
        (
            "court",
            {"woord-open", "woord-mail"},
            ("van de landsadvocaat", "gezondheid van een ander", "vertrouwelijk"),
        ),
        ("court_alone", {"woord-rechtbank", "woord-achter"}, ()),
        ("committee", PAPERS, ()),
    ],
)
def test_w10_each_reader_gets_what_it_may_have_and_hears_why_not(to_read, tmp_path, reader, has, says):
    content = made(to_read, reader=reader)
    place = tmp_path / "bundle.pdf"
    place.write_bytes(content)
    everything, text = all_bytes(place), shown(content)
    assert {word for word in PAPERS if word in text} == has
    assert {word for word in PAPERS if word.encode() in everything} == has
    assert all(words in text for words in says)


@pytest.mark.parametrize("name", [TESS.name, BRAM.name])
def test_w10_a_party_gets_what_it_sees_on_the_portal(to_read, name):
    text = shown(made(to_read, reader="party", party=to_read.party(name)))
    assert {word for word in PAPERS if word in text} == {"woord-open"}
    assert f"Voor {name}" in text


def test_w10_a_text_becomes_pages_and_what_cannot_gets_a_sheet(filled):
    add(filled.services, filled.number, "woord-tekst.docx", docx(words("woord-tekst")))
    add(filled.services, filled.number, "woord-zip.zip", packed())
    ticked = tuple(filled.paper(title).id for title in ("woord-tekst", "woord-mail", "woord-zip"))
    bundle = act(filled.services, NOOR, MakeBundle(filled.number, "pdf", "desk", None, ticked))
    drain(filled.services)
    text = shown(fetched(filled, bundle))
    assert re.search("woord-tekst Pagina 1 van 1 stuk 2, blz 1 / dossier blz 4", text)
    assert "Van dit soort bestand kunnen wij geen bladzijden maken" in text
    assert filled.paper("woord-zip").sha256 in text.replace(" ", "")
    assert "woord-inhoud" in text
    assert "de tekst van het bestand, het bestand zelf zit in de zip" in text


def test_w10_the_zip_has_the_files_as_they_are_with_lists_and_hashes(to_read):
    content = made(to_read, form="zip", reader="court")
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    names = names_in(content)
    papers = [name for name in names if not name.startswith("000")]
    lines = list(csv.DictReader(io.StringIO(archive.read("000 Inventaris.csv").decode("utf-8-sig")), delimiter=";"))
    assert [line["Bestand"] for line in lines if line["Bestand"]] == papers
    assert {line["Niet erin, omdat"] for line in lines if not line["Bestand"]} >= {"Dit stuk is vertrouwelijk."}
    for line in archive.read("000 SHA-256.txt").decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    said = b"".join(archive.read(name) for name in names) + shown(archive.read("000 Inventaris.pdf")).encode()
    assert not {word for word in ("woord-rechtbank", "woord-achter", "woord-geheim") if word.encode() in said}
    assert any(name.endswith(" woord-open.pdf") for name in papers)


def test_w22_what_hides_something_does_not_go_to_a_court_yet(filled):
    filled.change("woord-open", hidden="found")
    filled.change("woord-achter", hidden="waiting")
    told = {
        reader: [one.withheld for one in read_bundles(filled.services, NOOR, filled.number, reader).parts]
        for reader in ("court", "court_alone", "desk")
    }
    unseen = {reader: lines.count("Dit stuk wordt nog nagekeken.") for reader, lines in told.items()}
    assert unseen == {"court": 1, "court_alone": 1, "desk": 0}


def test_w10_who_fetches_it_is_written_down_at_each_document_in_it(filled):
    noor, page = Browser(filled.services, NOOR), f"/werk/zaken/{filled.number}/dossier"
    assert f'href="{page}"' in noor.get(f"/werk/zaken/{filled.number}/documenten")
    noor.get(f"{page}?voor=court")
    ticked = [filled.paper("woord-open").id, filled.paper("woord-mail").id]
    noor.post(page, {"reader": "court", "documents": ticked, "form": "pdf"})
    drain(filled.services)
    text = noor.get(page)
    assert "Haal op" in text
    assert "http-equiv" not in text
    (address,) = {part.split('"')[0] for part in noor.html.split('href="') if part.split('"')[0].endswith("/bestand")}
    answer = noor.client.get(address)
    assert answer.content.startswith(b"%PDF-1.7")
    assert answer.headers["content-type"] == "application/pdf"
    looks = [row.document_id for row in rows(filled.services, LookRow) if row.kind == "bundle"]
    assert sorted(looks) == sorted(ticked)
    assert Browser(filled.services, PIET).status(address) == 404
    spread = noor.get(f"/werk/zaken/{filled.number}/documenten/{ticked[0]}/hoort-hier-niet")
    assert NOOR.name in spread
    chain = [row.action for row in rows(filled.services, AuditRow) if row.action.startswith("bundle_")]
    assert chain == ["bundle_asked", "bundle_made"]


def test_w10_the_hash_on_the_page_is_that_of_the_file(filled):
    bundle = asked(filled)
    drain(filled.services)
    page = Browser(filled.services, NOOR).get(f"/werk/zaken/{filled.number}/dossier")
    assert hashlib.sha256(fetched(filled, bundle)).hexdigest() in page
