"""A letter with its enclosures as one PDF: what is joined, in which order, and what a bad file does to it."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from processes.base import pdf_joining
from processes.base.pdf_joining import IMAGES, PDF, join
from processes.post.pdf import pdf

LETTER = pdf("<html lang='nl'><head><title>Brief</title></head><body><p>De brief zelf</p></body></html>")
ADVICE = pdf("<html lang='nl'><head><title>Advies</title></head><body><p>Het advies</p></body></html>")


def picture(kind: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (3000, 40), "red").save(made, kind)
    return made.getvalue()


def with_a_script() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(ADVICE)))
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.root_object[NameObject("/OpenAction")] = script
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def with_a_password() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(ADVICE)))
    writer.encrypt("geheim", algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def texts(content: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(BytesIO(content)).pages]


def test_j4_enclosures_follow_the_letter_in_their_order_as_pages_of_one_pdf():
    joined = join(LETTER, [(PDF, ADVICE), ("image/png", picture("PNG")), ("image/jpeg", picture("JPEG"))])
    assert joined.pages == (1, 1, 1)
    assert texts(joined.content) == ["De brief zelf", "Het advies", "", ""]


@pytest.mark.parametrize(
    ("media_type", "content"),
    [(PDF, b"%PDF-1.7\nkapot"), (PDF, b""), (PDF, with_a_password()), ("image/png", b"\x89PNG\r\n\x1a\nkapot")],
    ids=["damaged", "empty", "password", "damaged picture"],
)
def test_j4_what_cannot_be_joined_is_left_out_and_the_rest_is_whole(media_type, content):
    joined = join(LETTER, [(media_type, content), (PDF, ADVICE)])
    assert joined.pages == (None, 1)
    assert texts(joined.content) == ["De brief zelf", "Het advies"]


def test_j4_no_script_of_an_enclosure_comes_along():
    joined = join(LETTER, [(PDF, with_a_script())])
    assert texts(joined.content) == ["De brief zelf", "Het advies"]
    assert b"JavaScript" not in joined.content
    assert b"app.alert" not in joined.content


def test_j4_a_joined_letter_does_not_say_that_all_of_it_is_accessible():
    assert "/Metadata" in PdfReader(BytesIO(LETTER)).trailer["/Root"]
    root = PdfReader(BytesIO(join(LETTER, [(PDF, ADVICE)]).content)).trailer["/Root"]
    assert "/Metadata" not in root
    assert "/StructTreeRoot" in root  # the part that we made is read aloud in its order


def test_j4_a_file_that_makes_the_reader_hang_costs_only_its_place_in_the_letter(monkeypatch):
    monkeypatch.setattr(pdf_joining, "WAIT_SECONDS", 0.01)
    joined = join(LETTER, [(PDF, ADVICE)])
    assert (joined.content, joined.pages) == (LETTER, (None,))


def test_j4_only_pdf_and_pictures_can_be_joined():
    assert {PDF, *IMAGES} == pdf_joining.JOINABLE
