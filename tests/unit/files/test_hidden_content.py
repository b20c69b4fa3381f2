"""What the eye does not see in a file: each kind is named, what only looks like it is not, and a clean copy lacks what it says it lacks."""

import io
import zipfile
from collections.abc import Iterator

import pikepdf
import pytest
from PIL import Image

from processes.base import hidden_content
from processes.base.hidden_cleaning import clean_office, clean_pdf, clean_picture
from processes.base.hidden_containers import of_mail
from processes.base.hidden_content import can_clean, cleaned, could_not, hidden_in
from processes.base.hidden_kinds import IN_WORDS, HiddenKind, HiddenThing, thing_from
from processes.base.hidden_office import of_docx, of_odt, of_pptx, of_xlsx
from processes.base.hidden_pdf import of_pdf
from processes.base.hidden_pictures import of_picture

NAME = b"BT /F1 12 Tf 100 700 Td (Jan Verzonnen) Tj ET "
BOX = b"0 g 95 695 100 20 re f "
K = HiddenKind


def font() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)


def pdf(content: bytes, **more: object) -> bytes:
    """One page with this content; `state`: an ExtGState `/G`, `images`: images by name, `marks`: annotations."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font()))
    if "state" in more:
        page.obj.Resources.ExtGState = pikepdf.Dictionary(G=more["state"])
    if "picture" in more:
        page.obj.Resources.XObject = pikepdf.Dictionary(I=image(made, more["picture"]))
    if "marks" in more:
        page.obj.Annots = pikepdf.Array([made.make_indirect(one) for one in more["marks"]])  # type: ignore[attr-defined]
        fields = [one for one in page.obj.Annots if one.Subtype == "/Widget"]
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields), DA="/F1 12 Tf")
    page.obj.Contents = made.make_stream(content)
    return saved(made)


def saved(made: pikepdf.Pdf) -> bytes:
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def image(made: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Object:
    stream = made.make_stream(picture.tobytes())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = picture.size
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    return stream


def scan(*, black: bool) -> Image.Image:
    """A white page of 595 by 842 points, black where NAME stands when it was redacted so."""
    picture = Image.new("L", (595, 842), 255)
    if black:
        picture.paste(0, (90, 842 - 720, 200, 842 - 690))
    return picture


def mark(kind: str, **more: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=pikepdf.Array([90, 690, 200, 720]), **more
    )


def kinds(found: Iterator[HiddenThing]) -> list[HiddenKind]:
    return [one.kind for one in found]


ON_TOP = b"q 595 0 0 842 0 0 cm /I Do Q "


@pytest.mark.parametrize(
    ("content", "more", "expected"),
    [
        (NAME, {}, []),
        (NAME + BOX, {}, [K.COVERED_TEXT]),
        (NAME + b"1 g 95 695 100 20 re f", {}, [K.COVERED_TEXT]),
        (NAME + b"0 g 95 695 m 195 695 l 195 715 l 95 715 l h f", {}, [K.COVERED_TEXT]),
        (b"q 2 0 0 2 0 0 cm BT /F1 6 Tf 50 350 Td [(Jan) -200 (Verzonnen)] TJ ET Q " + BOX, {}, [K.COVERED_TEXT]),
        (b"0.9 g 95 695 100 20 re f 0 g " + NAME, {}, []),
        (NAME + b"0 g 95 703 100 1 re f", {}, []),
        (NAME + b"/G gs 1 1 0 rg 95 695 100 20 re f", {"state": pikepdf.Dictionary(ca=0.4)}, []),
        (NAME + b"/G gs 1 1 0 rg 95 695 100 20 re f", {"state": pikepdf.Dictionary(BM=pikepdf.Name.Multiply)}, []),
        (NAME + b"q 0 0 50 50 re W n 0 0 595 842 re f Q", {}, []),
        (b"1 g " + NAME, {}, [K.INVISIBLE_TEXT]),
        (b"1 1 1 rg " + NAME, {}, [K.INVISIBLE_TEXT]),
        (b"0 0 0 0 k " + NAME, {}, [K.INVISIBLE_TEXT]),
        (b"0.99 0.99 0.98 rg " + NAME, {}, [K.INVISIBLE_TEXT]),
        (b"0.2 0.3 0.4 rg 95 695 100 20 re f " + NAME, {}, [K.INVISIBLE_TEXT]),
        (b"0.2 0.3 0.4 rg 95 695 100 20 re f 1 g " + NAME, {}, []),
        (b"0.9 g " + NAME, {}, []),
        (b"0 0 1 rg 90 690 m 200 690 l 200 720 250 720 90 720 c h f 1 g " + NAME, {}, []),
        (b"20 w 90 705 m 200 705 l S 1 g " + NAME, {}, []),
        (b"0 0 1 rg 90 600 m 300 600 l 150 900 l h 400 10 20 20 re f 1 g " + NAME, {}, []),
        (b"/Cs1 cs 1 scn " + NAME, {}, []),
        (ON_TOP + b"1 g " + NAME, {"picture": scan(black=False)}, []),
        (b"/G gs 1 g " + NAME, {"state": pikepdf.Dictionary(ca=0.4)}, []),
        (b"1 Tr 1 g " + NAME, {}, []),
        (b"3 Tr " + NAME, {}, [K.INVISIBLE_TEXT]),
        (b"BT /F1 12 Tf 100 -700 Td (Jan) Tj ET", {}, [K.INVISIBLE_TEXT]),
        (NAME + ON_TOP, {"picture": scan(black=False)}, []),
        (ON_TOP + b"3 Tr " + NAME, {"picture": scan(black=False)}, []),
        (ON_TOP + b"3 Tr " + NAME, {"picture": scan(black=True)}, [K.COVERED_TEXT]),
        (ON_TOP + b"3 Tr " + NAME + BOX, {"picture": scan(black=False)}, [K.COVERED_TEXT, K.COVERED_IMAGE]),
        (NAME, {"marks": [mark("Square", IC=pikepdf.Array([0, 0, 0]))]}, [K.MARKED_ONLY]),
        (NAME, {"marks": [mark("Redact")]}, [K.MARKED_ONLY]),
        (NAME, {"marks": [mark("Text", Contents="Klopt dit?", T="Bo Verzonnen")]}, [K.COMMENTS]),
        (NAME, {"marks": [mark("Link")]}, []),
        (NAME, {"marks": [mark("Widget", FT=pikepdf.Name.Tx, V="geheim")]}, [K.FORM]),
    ],
)  # fmt: skip
def test_w22_what_lies_under_something_on_a_page_is_named_and_what_only_looks_so_is_not(
    content, more, expected
) -> None:
    found = list(of_pdf(pdf(content, **more)))
    assert kinds(iter(found)) == expected
    assert all(one.where == "pagina 1" for one in found)


def furnished() -> bytes:
    """A page with everything beside it that a file can hold."""
    with pikepdf.open(io.BytesIO(pdf(NAME, marks=[mark("Text", Contents="Klopt dit?", T="Bo Verzonnen")]))) as made:
        made.docinfo["/Author"] = "Noor Verzonnen"
        made.attachments["loonlijst.csv"] = b"a;b"
        with made.open_outline() as outline:
            outline.root.extend([pikepdf.OutlineItem("Verzonnen", 0), pikepdf.OutlineItem("Ontslagvergoeding", 0)])
        off = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Concept"))
        made.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([off]), D=pikepdf.Dictionary(OFF=pikepdf.Array([off]))
        )
        return saved(made)


def test_w22_what_stands_beside_the_pages_is_named_with_words() -> None:
    found = {one.kind: one.what for one in of_pdf(furnished())}
    assert found == {
        K.NAMES: "Noor Verzonnen", K.ATTACHMENT: "loonlijst.csv", K.LAYER: "Concept", K.BOOKMARK: "Ontslagvergoeding",
        K.COMMENTS: "1, van Bo Verzonnen",
    }  # fmt: skip


def test_w22_an_earlier_version_that_stays_in_the_file_is_named() -> None:
    once = pdf(NAME)
    assert kinds(of_pdf(once)) == []
    end = once.rindex(b"startxref")
    place = int(once[end:].split()[1])
    more = b"9 0 obj\n<<>>\nendobj\nxref\n9 1\n%010d 00000 n \ntrailer\n<</Size 10/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    at = len(once) + 1
    twice = once + b"\n" + more % (at, place, at + len(b"9 0 obj\n<<>>\nendobj\n"))
    assert kinds(of_pdf(twice)) == [K.EARLIER_VERSION]
    assert kinds(of_pdf(clean_pdf(twice))) == []


def test_w22_a_clean_copy_keeps_the_page_and_loses_what_stands_beside_it() -> None:
    copy = clean_pdf(furnished())
    assert kinds(of_pdf(copy)) == [K.LAYER]  # a layer that is not shown is for who made it to take out
    with pikepdf.open(io.BytesIO(copy)) as read:
        assert b"Jan Verzonnen" in read.pages[0].Contents.read_bytes()
    assert b"Bo Verzonnen" not in copy


def test_w22_a_clean_copy_never_takes_away_what_covers_something() -> None:
    boxed = pdf(NAME, marks=[mark("Square", IC=pikepdf.Array([0, 0, 0]), Contents="geheim", T="Bo")])
    assert kinds(of_pdf(clean_pdf(boxed)))[0] in {K.MARKED_ONLY, K.COVERED_TEXT}
    assert kinds(of_pdf(clean_pdf(pdf(NAME + BOX)))) == [K.COVERED_TEXT]


def package(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return made.getvalue()


CORE = '<p xmlns:dc="d"><dc:creator>Bo Verzonnen</dc:creator><lastModifiedBy>openpyxl</lastModifiedBy></p>'


def test_w22_a_workbook_names_hidden_sheets_columns_rows_and_what_a_pivot_holds() -> None:
    book = package({
        "xl/workbook.xml": '<w xmlns:r="r"><sheet name="Kosten" r:id="a"/><sheet name="Namen" state="veryHidden" r:id="b"/></w>',
        "xl/_rels/workbook.xml.rels": '<r><R Id="a" Target="worksheets/sheet1.xml"/><R Id="b" Target="worksheets/sheet2.xml"/></r>',
        "xl/worksheets/sheet1.xml": """<s><cols><col min="2" max="2" hidden="1"/><col min="9" max="9" hidden="1"/></cols>
<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="4" hidden="1"><c r="A4"><v>3</v></c></row><row r="5" hidden="1"/></s>""",
        "xl/worksheets/sheet2.xml": '<s><row r="1"><c r="A1"><v>7</v></c></row></s>',
        "xl/comments1.xml": "<c><comment/></c>",
        "xl/pivotCache/pivotCacheRecords1.xml": "<r/>",
        "docProps/core.xml": CORE,
    })  # fmt: skip
    assert [(one.kind, one.where, one.what) for one in of_xlsx(book)] == [
        (K.COLUMN, "Kosten", "B"), (K.ROW, "Kosten", "1, vanaf rij 4"), (K.SHEET, "Namen", "1 rijen met gegevens"),
        (K.COMMENTS, "", "1"), (K.SOURCE_DATA, "", "pivotCacheRecords1.xml"), (K.NAMES, "maker", "Bo Verzonnen"),
    ]  # fmt: skip
    assert K.NAMES not in kinds(of_xlsx(clean_office(book)))


def test_w22_word_names_changes_remarks_and_hidden_text() -> None:
    text = package({
        "word/document.xml": """<d xmlns:w="w"><w:ins w:author="Bo Verzonnen"><w:r><w:t>erbij</w:t></w:r></w:ins><w:del w:author="Bo Verzonnen"><w:r>
<w:delText>weg</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>stil</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>x</w:t></w:r></d>""",
        "word/comments.xml": '<c xmlns:w="w"><w:comment w:author="Noor"/></c>',
        "word/embeddings/lijst.xlsx": "x",
    })  # fmt: skip
    assert [(one.kind, one.what) for one in of_docx(text)] == [
        (K.CHANGES, "2, van Bo Verzonnen"), (K.HIDDEN_TEXT, "stil"), (K.COMMENTS, "1, van Noor"), (K.ATTACHMENT, "lijst.xlsx"),
    ]  # fmt: skip


def test_w22_slides_and_opendocument_name_theirs() -> None:
    slides = package({
        "ppt/presentation.xml": '<p xmlns:r="r"><sldId r:id="a"/></p>',
        "ppt/_rels/presentation.xml.rels": '<r><R Id="a" Target="slides/slide1.xml"/></r>',
        "ppt/slides/slide1.xml": '<s show="0"><p><t>Plan B</t></p></s>',
        "ppt/slides/_rels/slide1.xml.rels": '<r><R Id="n" Target="../notesSlides/n1.xml"/></r>',
        "ppt/notesSlides/n1.xml": "<s><p><t>Niet noemen</t></p><p><t>1</t></p></s>",
    })  # fmt: skip
    assert [(one.kind, one.where, one.what) for one in of_pptx(slides)] == [
        (K.SLIDE, "dia 1", "Plan B"), (K.SPEAKER_NOTES, "dia 1", "Niet noemen")
    ]  # fmt: skip
    text = package({"content.xml": "<d><changed-region/><annotation/><hidden-text/></d>"})
    assert kinds(of_odt(text)) == [K.CHANGES, K.COMMENTS, K.HIDDEN_TEXT]


def photo(*, turned: bool) -> bytes:
    told = Image.Exif()
    told[0x013B] = "Bo Verzonnen"
    told[0x0112] = 6 if turned else 1
    told.get_ifd(0x8825)[2] = (52.0, 5.0, 1.0)
    made = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(made, "JPEG", exif=told)
    return made.getvalue()


@pytest.mark.parametrize("turned", [False, True])
def test_w22_a_photo_names_where_it_was_taken_and_a_clean_copy_stands_the_right_way_up(turned: bool) -> None:
    assert kinds(of_picture(photo(turned=turned))) == [K.POSITION, K.NAMES]
    copy = clean_picture(photo(turned=turned))
    assert kinds(of_picture(copy)) == []
    with Image.open(io.BytesIO(copy)) as opened:
        assert opened.size == ((20, 40) if turned else (40, 20))


def test_w22_a_mail_names_its_attachments() -> None:
    mail = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhoi\n--x\nContent-Disposition: attachment; filename=lijst.csv\n\na\n--x--\n"
    assert [(one.kind, one.what) for one in of_mail(mail)] == [(K.ATTACHMENT, "lijst.csv")]


def test_w22_a_file_is_looked_into_in_a_child_and_one_that_breaks_it_costs_only_itself(monkeypatch) -> None:
    assert [one.kind for one in hidden_in("stuk.pdf", pdf(NAME + BOX))] == [K.COVERED_TEXT]
    assert hidden_in("stuk.pdf", b"%PDF-1.7 geen pdf") == could_not(hidden_content.BROKEN)
    assert hidden_in("stuk.zip", b"PK") == could_not(hidden_content.BROKEN)
    assert hidden_in("tekening.svg", b"<svg/>") == could_not(hidden_content.OTHER_KIND)
    assert hidden_in("lijst.csv", b"a;b") == ()
    made = cleaned("stuk.pdf", furnished())
    assert made is not None
    assert cleaned("stuk.zip", b"PK") is None
    monkeypatch.setattr(hidden_content, "WAIT_SECONDS", 0.01)
    assert hidden_in("stuk.pdf", pdf(NAME)) == could_not(hidden_content.BROKEN)


def test_w22_each_kind_has_words_and_comes_back_as_it_was_stored() -> None:
    assert set(IN_WORDS) == set(HiddenKind)
    thing = HiddenThing(K.SHEET, "Namen", "12 rijen met gegevens")
    assert thing_from(thing.stored) == thing
    assert thing.in_words == "Verborgen blad (Namen): 12 rijen met gegevens"
    assert can_clean("a.pdf", (HiddenThing(K.NAMES),))
    assert not can_clean("a.pdf", (HiddenThing(K.COVERED_TEXT),))
    assert not can_clean("a.zip", could_not("x"))
