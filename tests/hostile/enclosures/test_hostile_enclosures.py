"""J4: a PDF that somebody handed in goes along with a letter without anything that happens by itself, or leads to a program."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from processes.base.pdf_joining import PDF, join

# each is a word in a place from which a reader of PDFs runs it, opens it or hands it out
TRAPS = (
    "behindalink", "linkonly", "beforealink", "ofthefield", "ofthepage", "whenopened", "byname", "attachedfile", "belongstopage",
    "scriptaddress", "fileaddress", "leftbyaprogram",
)  # fmt: skip
FINE = ("https://www.voorbeeldstad.example/plan", "mailto:bezwaar@voorbeeldstad.example")


def named(**values: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def script(word: str) -> DictionaryObject:
    return named(S=NameObject("/JavaScript"), JS=TextStringObject(word))


def address(target: str, **more: PdfObject) -> DictionaryObject:
    return named(S=NameObject("/URI"), URI=TextStringObject(target), **more)


def mark(kind: str, **more: PdfObject) -> DictionaryObject:
    place = ArrayObject([NumberObject(side) for side in (0, 0, 9, 9)])
    return named(Type=NameObject("/Annot"), Subtype=NameObject(f"/{kind}"), Rect=place, **more)


def stream(writer: PdfWriter, content: bytes) -> Any:
    made = DecodedStreamObject()
    made.set_data(content)
    return writer._add_object(made)


def written(writer: PdfWriter) -> bytes:
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def page() -> tuple[PdfWriter, Any]:
    writer = PdfWriter()
    return writer, writer.add_blank_page(200, 200)


def trapped() -> bytes:
    """One page with every trap on it, and two links that are fine."""
    writer, sheet = page()
    add = writer._add_object
    attached = named(F=TextStringObject("attachedfile"), EF=named(F=stream(writer, b"attachedfile")))
    field = add(named(FT=NameObject("/Tx"), T=TextStringObject("veld"), AA=named(F=script("ofthefield"))))
    marks = [
        mark("Link", A=address(FINE[0], Next=script("behindalink"))),
        mark("Link", A=address(FINE[1]), PA=script("beforealink")),
        mark("Link", A=script("linkonly")),
        *(mark("Link", A=address(one)) for one in ("javascript:scriptaddress", "file:///fileaddress")),
        mark("FileAttachment", FS=attached),
        mark("Widget", Parent=field, AP=named(N=stream(writer, b""))),
    ]
    sheet[NameObject("/Annots")] = ArrayObject([add(one) for one in marks])
    sheet.update(named(AA=named(O=script("ofthepage")), PieceInfo=named(X=script("leftbyaprogram"))))
    sheet[NameObject("/AF")] = ArrayObject([named(EF=named(F=stream(writer, b"belongstopage")))])
    names = ArrayObject([TextStringObject("a"), script("byname")])
    writer.root_object.update(
        named(OpenAction=script("whenopened"), Names=named(JavaScript=named(Names=names)), AcroForm=named(Fields=ArrayObject([field])))
    )  # fmt: skip
    return written(writer)


def form(**of_the_form: PdfObject) -> bytes:
    """A page with a field that was filled in, of which the file has no picture."""
    writer, sheet = page()
    field = writer._add_object(mark("Widget", FT=NameObject("/Tx"), V=TextStringObject("Ik ben het er niet mee eens")))
    if not of_the_form:
        sheet[NameObject("/Annots")] = ArrayObject([field])
    writer.root_object[NameObject("/AcroForm")] = named(Fields=ArrayObject([field]), **of_the_form)
    return written(writer)


@pytest.fixture(scope="module")
def joined() -> Any:
    """The letter with each file behind it, joined once: it takes a process of its own."""
    xfa = form(XFA=TextStringObject("<script>in the form</script>"))
    return join(written(page()[0]), [(PDF, trapped()), (PDF, form()), (PDF, xfa)])


@pytest.mark.parametrize("trap", TRAPS)
def test_j4_nothing_of_an_enclosure_acts_by_itself(joined: Any, trap: str) -> None:
    assert trap.encode() in trapped()
    assert trap.encode() not in joined.content


def test_j4_its_links_to_pages_and_mailboxes_stay(joined: Any) -> None:
    assert joined.pages[0] == 1
    marks = [one.get_object() for one in PdfReader(BytesIO(joined.content)).pages[1]["/Annots"]]
    assert [one["/A"]["/URI"] for one in marks if "/A" in one] == list(FINE)
    assert [one["/Subtype"] for one in marks if "/A" not in one] == [
        "/Stamp"
    ]  # the field, as the picture that it showed


def test_j4_a_form_whose_answers_would_not_be_seen_goes_beside_the_letter(joined: Any) -> None:
    assert joined.pages[1:] == (None, None)
