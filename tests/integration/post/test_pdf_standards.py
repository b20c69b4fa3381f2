"""J13: every PDF that the program makes holds what PDF/A-2a and PDF/UA-1 ask, as far as `kit.pdf_checks` reads it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from kit.office_files import docx, picture, png, words
from kit.pdf_checks import CHECKS, ReadPdf, still, unlocked, wrong_in
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from processes.base.pdf_joining import join
from processes.execution.filed_words import FiledAnswer, FiledFile, FiledWords
from processes.post.certificate import certificate_pdf
from processes.post.converting.child import made_pdf
from processes.post.filed import FiledLayout, filed_pdf
from processes.post.frames import Frame
from processes.post.inventory import Listed, inventory_pdf
from processes.post.letters import Letter, letter_pdf
from processes.storage.tables import DestructionRow
from tools.sample_pdfs import SAMPLES

DAY = date(2026, 11, 28)
FRAME = Frame(
    "Gemeente Voorbeeldstad", "het college", "Postbus 1\n1234 AB Voorbeeldstad", "Plein 1", "14 000", "post@voorbeeldstad.example",
    "www.voorbeeldstad.example", "9.00 tot 17.00 uur", "Noor Behandelaar", "14 001",
)  # fmt: skip
LETTER = Letter(
    "Gemeente Voorbeeldstad",
    "Tess Jansen",
    "Laan 1\n1234 AB Stad",
    DAY,
    "Besluit",
    "Beste Tess,\n\nHet besluit.",
    "BZW-1",
)
ENCLOSED = {"document": "d", "title": "Advies", "reference": "BZW-1-D2", "joined": True}
WORDS = FiledWords(
    "Bezwaar", (("Zaak", "BZW-1"),), (("Telefoonnummer", "06 12345678"),), (FiledAnswer("Waarom?", "Niet eerlijk"),),
    (FiledFile("foto.jpg", 1000, "0" * 64, "BZW-1-D2"),),
)  # fmt: skip


def certificate() -> bytes:
    known = {"case_type": "bezwaar", "ground": "13.1", "counts": {"case": 1}, "documents": ["0" * 64]}
    at = datetime(2026, 11, 28, 9, tzinfo=UTC)
    row = DestructionRow(
        case_number="BZW-1", result="Gegrond", due_on=DAY, proposed_by="noor", destroyed_at=at, certificate=known
    )
    return certificate_pdf(row, "Gemeente", {"noor": "Noor"})


MADE: dict[str, Callable[[], bytes]] = {
    "a letter by post": lambda: letter_pdf(LETTER),
    "a letter on the portal under a letterhead": lambda: letter_pdf(replace(LETTER, address="", channel="portal", frame=FRAME)),
    "a letter with a list of enclosures": lambda: letter_pdf(replace(LETTER, frame=FRAME, enclosures=(ENCLOSED,))),
    "what somebody filed": lambda: filed_pdf(FiledLayout("Gemeente Voorbeeldstad", WORDS, "0" * 64)),
    "a receipt of documents": SAMPLES["receipt"],
    "an inventory": lambda: inventory_pdf("Gemeente", "WOO-1", [Listed(1, "Verslag", "28 september 2026", "Deels openbaar", ("a",), "b")]),
    "a certificate of destruction": certificate,
    "a decision in Word": lambda: made_pdf("besluit.docx", "docx", docx(words("Besluit", '<w:pStyle w:val="Kop1"/>') + words("Wij besluiten.") + picture())),
    "a decision in plain text": lambda: made_pdf("besluit.txt", "txt", b"Wij besluiten."),
    "a scanned decision": lambda: made_pdf("besluit.png", "png", png((1000, 1400))),
}  # fmt: skip


@pytest.mark.parametrize("kind", MADE)
def test_j13_each_pdf_that_we_make_can_be_kept_and_read_aloud(kind: str) -> None:
    assert wrong_in(MADE[kind]()) == {}


def changed(change: Callable[[PdfWriter], object]) -> bytes:
    writer, made = PdfWriter(clone_from=PdfReader(BytesIO(letter_pdf(LETTER)))), BytesIO()
    change(writer)
    writer.write(made)
    return made.getvalue()


def without(name: str) -> Callable[[PdfWriter], object]:
    return lambda writer: writer.root_object.pop(name)


def with_script(writer: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)


def with_bare_figure(writer: PdfWriter) -> None:
    figure = DictionaryObject({NameObject("/S"): NameObject("/Figure"), NameObject("/Alt"): TextStringObject(" ")})
    writer.root_object["/StructTreeRoot"]["/K"].append(figure)


SPOILED: dict[str, Callable[[PdfWriter], object]] = {
    "says PDF/A-2a and PDF/UA-1": without("/Metadata"),
    "is tagged": without("/MarkInfo"),
    "is in Dutch": without("/Lang"),
    "shows its title": without("/ViewerPreferences"),
    "says which colours it means": without("/OutputIntents"),
    "does nothing by itself": with_script,
    "pictures have words": with_bare_figure,
}


@pytest.mark.parametrize("check", SPOILED)
def test_j13_the_checks_notice_what_is_missing(check: str) -> None:
    assert check in CHECKS
    assert check in wrong_in(changed(SPOILED[check]))


def test_j13_a_joined_letter_makes_no_claim_and_does_nothing_by_itself() -> None:
    joined = join(letter_pdf(LETTER), [("application/pdf", changed(with_script)), ("image/png", png())])
    assert joined.pages == (1, 1)
    read = ReadPdf(joined.content)
    assert (read.said, still(read), unlocked(read)) == ({}, None, None)
