"""Names made safe, and content that must be what the name says."""

import io
import zipfile

import pytest

from processes.base.errors import Invalid
from processes.base.file_types import FORMATS, check_type, safe_name

NAMES = {
    "brief.pdf": "brief.pdf",
    "../../etc/passwd": "passwd",
    "C:\\Users\\tess\\foto.JPG": "foto.JPG",
    "a\x00b\r\nSet-Cookie: x.pdf": "abSet-Cookie_ x.pdf",
    "factuur\u202efdp.exe": "factuurfdp.exe",
    "\u200bverborgen\u2066.pdf": "verborgen.pdf",
    "x" * 300 + ".pdf": "x" * 146 + ".pdf",
    "y" * 300: "y" * 150,
    "": "bestand",
    "..": "bestand",
    ".htaccess": "bestand.htaccess",
    ".pdf": "bestand.pdf",
    "e\u0301e\u0301n  brief.docx": "één brief.docx",
    "half\ud800.txt": "half.txt",
    "a. .pdf": "a.pdf",
}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_safe_name(name: str) -> None:
    assert safe_name(name) == NAMES[name]


def office(*parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part in parts:
            archive.writestr(part, "application/vnd.oasis.opendocument.text" if part == "mimetype" else "<x/>")
    return target.getvalue()


DOCX = office("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = office("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
PPTX = office("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml")
ODT = office("mimetype", "content.xml")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
MSG = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
EML = b"Received: from x\r\nSubject: hoi\r\n\r\nDag"

ACCEPTED = [
    ("brief.pdf", PDF, "application/pdf"),
    ("Brief.PDF", PDF, "application/pdf"),
    ("brief.docx", DOCX, FORMATS["docx"].media_type),
    ("tabel.xlsx", XLSX, FORMATS["xlsx"].media_type),
    ("presentatie.pptx", PPTX, FORMATS["pptx"].media_type),
    ("brief.odt", ODT, "application/vnd.oasis.opendocument.text"),
    ("foto.jpg", JPG, "image/jpeg"),
    ("foto.jpeg", JPG, "image/jpeg"),
    ("kaart.png", PNG, "image/png"),
    ("mail.msg", MSG, "application/vnd.ms-outlook"),
    ("mail.eml", EML, "message/rfc822"),
    ("tekst.txt", "Eén brief\r\n".encode(), "text/plain"),
    ("oud.txt", "Eén brief".encode("cp1252"), "text/plain"),
    ("lang.txt", ("x" + "é" * 3000).encode()[:4096], "text/plain"),
    ("alles.zip", office("a.txt"), "application/zip"),
]


@pytest.mark.parametrize(("name", "head", "media_type"), ACCEPTED, ids=[one[0] for one in ACCEPTED])
def test_content_that_fits_its_name(name: str, head: bytes, media_type: str) -> None:
    assert check_type(head[:4096], name, tuple(FORMATS)) == media_type


REFUSED = [
    ("brief.pdf", PNG, "past niet bij de naam"),
    ("brief.pdf", b"MZ\x90\x00", "past niet bij de naam"),
    ("brief.pdf", b"<html>%PDF-1.7", "past niet bij de naam"),
    ("brief.docx", XLSX, "past niet bij de naam"),
    ("tabel.xlsx", DOCX, "past niet bij de naam"),
    ("brief.odt", DOCX, "past niet bij de naam"),
    ("presentatie.pptx", DOCX, "past niet bij de naam"),
    ("presentatie.pptx", XLSX, "past niet bij de naam"),
    ("brief.docx", PPTX, "past niet bij de naam"),
    ("tabel.xlsx", PPTX, "past niet bij de naam"),
    ("presentatie.pptx", PDF, "past niet bij de naam"),
    ("brief.txt", b"MZ\x90\x00\x03", "past niet bij de naam"),
    ("brief.txt", PDF + b"\x00", "past niet bij de naam"),
    ("mail.eml", b"<script>", "past niet bij de naam"),
    ("leeg.pdf", b"", "is leeg"),
    ("virus.exe", b"MZ", "kunt u hier niet toevoegen"),
    ("brief.pdf.exe", PDF, "kunt u hier niet toevoegen"),
    ("zonder", PDF, "kunt u hier niet toevoegen"),
    ("pdf", PDF, "kunt u hier niet toevoegen"),
]


@pytest.mark.parametrize(("name", "head", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_content_that_does_not(name: str, head: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        check_type(head, name, tuple(FORMATS))


def test_a_format_that_is_not_allowed_here_names_what_is() -> None:
    with pytest.raises(Invalid, match=r"Dit mag wel: PDF, foto \(jpg\)"):
        check_type(PNG, "kaart.png", ("pdf", "jpg"))
