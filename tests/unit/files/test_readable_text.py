"""Files that are no PDF or picture, as text to read: a mail, a workbook, slides; and what no reader can be made of."""

import io
import zipfile
from email.message import EmailMessage

import pytest

from processes.base.readable_text import has_readable_text, readable_text

SHEETS = {
    "xl/workbook.xml": """<workbook xmlns="m" xmlns:r="r"><sheets><sheet name="Kosten" sheetId="1" r:id="rId1"/>
<sheet name="Namen" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<Relationships xmlns="p"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>""",
    "xl/sharedStrings.xml": '<sst xmlns="m"><si><t>Zand</t></si><si><r><t>Grind </t></r><r><t>fijn</t></r></si></sst>',
    "xl/worksheets/sheet1.xml": """<worksheet xmlns="m"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><v>12</v></c></row>
<row r="2"/><row r="3"><c r="B3" t="s"><v>1</v></c></row></sheetData></worksheet>""",
    "xl/worksheets/sheet2.xml": '<worksheet xmlns="m"><sheetData><row><c t="inlineStr"><is><t>Jan Verzonnen</t></is></c></row></sheetData></worksheet>',
}
SLIDES = {
    "ppt/presentation.xml": '<p xmlns="m" xmlns:r="r"><sldIdLst><sldId id="1" r:id="b"/><sldId id="2" r:id="a"/></sldIdLst></p>',
    "ppt/_rels/presentation.xml.rels": """<Relationships xmlns="p"><Relationship Id="a" Target="slides/slide1.xml"/>
<Relationship Id="b" Target="slides/slide2.xml"/></Relationships>""",
    "ppt/slides/slide1.xml": '<s xmlns:a="a"><a:p><a:r><a:t>Tweede </a:t></a:r><a:r><a:t>dia</a:t></a:r></a:p></s>',
    "ppt/slides/slide2.xml": '<s xmlns:a="a"><a:p><a:r><a:t>Eerste</a:t></a:r></a:p></s>',
}


def package(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return made.getvalue()


def test_w10_a_workbook_is_read_by_sheet_with_each_cell_in_its_column() -> None:
    read = readable_text("kosten.xlsx", package(SHEETS))
    assert read is not None
    assert [(one.title, one.rows) for one in read.parts] == [
        ("Kosten", (("Zand", "", "12"), ("", "Grind fijn"))),
        ("Namen (verborgen blad)", (("Jan Verzonnen",),)),
    ]


def test_w10_slides_are_read_in_the_order_in_which_they_are_shown() -> None:
    read = readable_text("dias.pptx", package(SLIDES))
    assert read is not None
    assert [(one.title, one.text) for one in read.parts] == [("Dia 1", "Eerste"), ("Dia 2", "Tweede dia")]


def test_w10_a_mail_is_read_with_who_wrote_it_and_what_came_with_it() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Bo Verzonnen <bo@voorbeeld.example>",
        "zaak@voorbeeld.example",
        "Over de stoep",
    )
    mail.set_content("<p>Beste Noor,</p><script>alert(1)</script><p>de stoep ligt <b>los</b></p>", subtype="html")
    mail.add_attachment(b"x", maintype="image", subtype="png", filename="stoep.png")
    read = readable_text("over.eml", b"\xef\xbb\xbf" + mail.as_bytes())
    assert read is not None
    assert dict(read.facts)["Onderwerp"] == "Over de stoep"
    assert dict(read.facts)["Bijlagen"] == "stoep.png"
    assert read.parts[0].text.split() == ["Beste", "Noor,", "de", "stoep", "ligt", "los"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.xlsx", b"geen zip"),
        ("dias.pptx", package({"ppt/presentation.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})),
    ],
)
def test_w10_a_file_that_cannot_be_read_has_no_text(name: str, content: bytes) -> None:
    assert readable_text(name, content) is None


def test_w10_text_of_another_time_is_read_and_long_text_says_that_there_is_more() -> None:
    read = readable_text("oud.txt", "café".encode("cp1252"))
    assert read is not None
    assert (read.parts[0].text, read.cut) == ("café", False)
    long = readable_text("lang.txt", b"a" * 500_000)
    assert long is not None
    assert long.cut
    assert not has_readable_text("groot.txt", 10**9)
    assert not has_readable_text("foto.jpg", 10)
