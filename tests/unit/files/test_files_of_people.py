"""Files as people have them: marks before the content, passwords, other endings, and what is offered is what is taken."""

import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from engine import DocumentType
from processes.base.errors import Invalid
from processes.base.file_types import (
    COMPOUND,
    DOCUMENTS,
    FORMATS,
    accepted_endings,
    check_type,
    codes_of,
    format_of,
    formats_in_words,
    known_formats,
    safe_name,
)
from processes.base.locked_files import LockWatch
from processes.base.uploads import Upload, why_refused

CASES = Path(__file__).parents[2] / "data" / "cases"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

TAKEN = {
    "upload-woo-presentation.pptx": "pptx",
    "upload-eml-with-utf8-bom.eml": "eml",
    "upload-pdf-with-utf8-bom.pdf": "pdf",
    "upload-pdf-with-password.pdf": "pdf",
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_of_a_report_is_taken(name: str) -> None:
    assert check_type((CASES / name).read_bytes()[:4096], name, DOCUMENTS) == FORMATS[TAKEN[name]].media_type


MARKED = [
    ("brief.pdf", b"\xef\xbb\xbf" + PDF),
    ("brief.pdf", b"\r\n\r\n" + PDF),
    ("scan.pdf", b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n" + PDF),
    ("mail.eml", b"\xef\xbb\xbfFrom: jan@voorbeeld.nl\r\n\r\nDag"),
    ("mail.eml", b"\r\nFrom: jan@voorbeeld.nl\r\n\r\nDag"),
    ("tekst.txt", b"\xef\xbb\xbfDag"),
    ("tekst.txt", "Dag €".encode("utf-16")),
    ("lang.txt", ("Dag é " * 2000).encode("utf-16")[:4096]),
    ("model.bpmn", b"\xef\xbb\xbf<?xml version='1.0'?><definitions/>"),
]


@pytest.mark.parametrize(("name", "content"), MARKED, ids=range(len(MARKED)))
def test_bytes_before_the_mark_do_not_matter(name: str, content: bytes) -> None:
    assert check_type(content[:4096], name, tuple(FORMATS)) == FORMATS[format_of(name) or ""].media_type


def test_a_page_before_the_mark_is_no_pdf() -> None:
    with pytest.raises(Invalid, match="past niet bij de naam"):
        check_type(b"\xef\xbb\xbf<html>%PDF-1.7", "brief.pdf", DOCUMENTS)


NAMES = ['Besluit "Parkeren".pdf', "Besluit [concept] (2).pdf", "Van <naam> 'aan' {mij}.pdf", "“Krul” & meer;.pdf"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_keeps_its_quotes_and_brackets(name: str) -> None:
    assert safe_name(name) == name


def pdf(**password: str) -> bytes:
    writer, target = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(**password)
    writer.write(target)
    return target.getvalue()


def packed(*parts: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


def with_flag(content: bytes) -> bytes:
    """As a zip program writes an entry with a password: the first bit of its flags is set."""
    return content[:6] + bytes([content[6] | 1]) + content[7:]


MANIFEST = b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
LOCKED = [
    ("upload-pdf-with-password.pdf", (CASES / "upload-pdf-with-password.pdf").read_bytes(), True),
    ("a.pdf", pdf(user_password="geheim"), True),
    ("a.pdf", pdf(user_password="", owner_password="geheim"), False),  # opens for everybody, but forbids changing it
    ("a.pdf", pdf(), False),
    ("a.pdf", PDF + b"zie /Encryptie 5 0 R", False),
    ("a.docx", COMPOUND + b"\0" * 700 + "EncryptedPackage".encode("utf-16-le"), True),
    ("a.pptx", COMPOUND + b"\0" * 700 + "EncryptedPackage".encode("utf-16-le"), True),
    ("a.zip", with_flag(packed(("a.txt", b"a"))), True),
    ("a.zip", packed(("a.txt", b"a")), False),
    ("a.odt", packed(("mimetype", b"x"), ("META-INF/manifest.xml", MANIFEST)), True),
    ("a.odt", packed(("mimetype", b"x"), ("META-INF/manifest.xml", b"<manifest/>")), False),
    ("a.odt", b"PK\x03\x04 afgebroken", False),
    ("a.msg", COMPOUND + b"\0" * 700, False),
    ("a.txt", b"/Encrypt 5 0 R", False),
]


@pytest.mark.parametrize("size", [7, 100_000])
@pytest.mark.parametrize(("name", "content", "locked"), LOCKED, ids=range(len(LOCKED)))
def test_whether_a_file_opens_only_with_a_password(name: str, content: bytes, locked: bool, size: int) -> None:
    watch = LockWatch(name)
    for start in range(0, len(content), size):
        watch.feed(content[start : start + size])
    assert watch.locked([content]) is locked


def test_an_old_office_file_under_a_new_name_is_refused_when_all_of_it_was_seen() -> None:
    content = COMPOUND + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    assert check_type(content[:4096], "brief.docx", DOCUMENTS) == FORMATS["docx"].media_type
    watch = LockWatch("brief.docx")
    watch.feed(content)
    with pytest.raises(Invalid, match="past niet bij de naam"):
        watch.locked([content])


FITS = [
    (("pdf", "jpg"), "foto.jpeg", None),
    (("jpeg",), "foto.jpg", None),
    (("jpg",), "FOTO.JPEG", None),
    (("pptx",), "dia's.pptx", None),
    (("pdf", "jpg"), "tabel.xlsx", r"Dit mag wel: PDF, foto \(jpg\)\."),
    (("pdf",), "zonder", "Dit mag wel: PDF"),
]


@pytest.mark.parametrize(("formats", "name", "refused"), FITS, ids=range(len(FITS)))
def test_a_document_type_takes_every_ending_of_its_formats(formats, name: str, refused: str | None) -> None:
    kind = DocumentType("original", "Stuk", "openbaar", formats=formats)
    sentence = why_refused(kind, Upload(name, "", 1, "", "blob"))
    assert (sentence is None) == (refused is None)
    if refused and sentence:
        with pytest.raises(Invalid, match=refused):
            raise Invalid({"": sentence})


@pytest.mark.parametrize("words", [("pdf",), ("jpg", "jpeg", "pptx"), ("pdf", "bestaat-niet", "odt"), DOCUMENTS])
def test_what_is_offered_is_what_is_taken(words: tuple[str, ...]) -> None:
    kind = DocumentType("original", "Stuk", "openbaar", formats=words)
    endings = accepted_endings(words).split(",")
    taken = [one for one in known_formats() if why_refused(kind, Upload(f"a.{one}", "", 1, "", "b")) is None]
    assert sorted(endings) == sorted(f".{one}" for one in taken)
    assert formats_in_words(words).count(", ") == len(codes_of(words)) - 1


def test_a_drawing_may_write_every_ending() -> None:
    assert {"pdf", "pptx", "jpg", "jpeg", "eml"} <= known_formats()
    assert {"exe", "pptm", ""}.isdisjoint(known_formats())


DECISION = DocumentType("outcome", "Beslissing", formats=("pdf", "docx"), archive=True)


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (Upload("besluit.pdf", "", 1, "", "b"), None),
        (Upload("besluit.docx", "", 1, "", "b"), "'besluit.docx' is geen PDF. Dit document gaat naar het archief"),
        (Upload("scan.png", "", 1, "", "b"), "'scan.png' is geen PDF."),
        (Upload("geheim.pdf", "", 1, "", "b", locked=True), "'geheim.pdf' heeft een wachtwoord"),
    ],
)
def test_j13_a_formal_decision_is_a_pdf_that_opens_whatever_the_drawing_names(
    upload: Upload, sentence: str | None
) -> None:
    refused = why_refused(DECISION, upload)
    assert refused is None if sentence is None else str(refused).startswith(sentence)
