"""J13: a decision becomes a PDF whatever was uploaded: its words come along, and what cannot come along is refused with its name."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

import pytest
from kit.documents import stored
from kit.installation import installation
from kit.office_files import NAMES, docx, listed, picture, png, words
from pdf_kit import pages, read

from processes.base.uploads import Upload
from processes.post import converting
from processes.post.converting import NotConverted, child, convert, convertible, office
from processes.post.converting.docx_package import LeftOut
from processes.post.pdf import PDF
from processes.storage.services import Services


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """No database matters here."""
    with installation(tmp_path) as opened:
        yield opened


RUN = "<w:r>{}</w:r>"
BREAK = '<w:p><w:r><w:t>voor</w:t><w:br w:type="page"/><w:t>na</w:t></w:r></w:p>'
NOTED = '<w:p><w:r><w:t>Met noot</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
NOTES = f'<w:footnotes {NAMES}><w:footnote w:id="2">{words("De noot zelf")}</w:footnote></w:footnotes>'
HEAD = f'<w:hdr {NAMES}>{words("Gemeente Voorbeeldstad")}<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>77</w:t></w:r></w:fldSimple></w:p></w:hdr>'
SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="rId12"/></w:sectPr>'
BEGINS, GOES_ON = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
TABLE = (
    f"<w:tbl><w:tr><w:tc>{BEGINS}{words('A')}</w:tc><w:tc>{words('B')}</w:tc></w:tr>"
    f"<w:tr><w:tc>{GOES_ON}{words('')}</w:tc><w:tc>{words('C')}</w:tc></w:tr></w:tbl>"
)


def page_of(body: str, **parts: str) -> str:
    """The HTML of a document of Word."""
    return child.BODIES["docx"](docx(body, parts), "besluit").html


COMES_ALONG: dict[str, tuple[str, str]] = {
    "a heading": (words("Besluit", '<w:pStyle w:val="Kop1"/>'), "<h1>Besluit</h1>"),
    "a paragraph": (words("Wij &lt;besluiten&gt; &amp; meer"), "<p>Wij &lt;besluiten&gt; &amp; meer</p>"),
    "bold text": (words("vet", of_text="<w:b/>"), "<strong>vet</strong>"),
    "text that is not bold after all": (words("gewoon", of_text='<w:b w:val="0"/>'), "<p>gewoon</p>"),
    "a tab and a new line": ("<w:p>" + RUN.format("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>") + "</w:p>", "a\tb\nc"),
    "a table with a cell over two rows": (TABLE, '<td rowspan="2"><p>A</p></td><td><p>B</p></td></tr><tr><td><p>C</p></td>'),
    "a picture with its words": (picture("Handtekening"), 'alt="Handtekening"'),
    "what a field shows": ('<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>1 maart</w:t></w:r></w:fldSimple></w:p>', "1 maart"),
    "a content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{words('Naam')}</w:sdtContent></w:sdt>", "Naam"),
}  # fmt: skip


@pytest.mark.parametrize("what", COMES_ALONG)
def test_j13_it_comes_along_from_word(what: str) -> None:
    body, html = COMES_ALONG[what]
    assert html in page_of(words("Eerst.") + body)


def test_j13_the_numbers_that_word_writes_before_paragraphs_come_along() -> None:
    body = [
        listed("een", 1),
        listed("a", 1, 1),
        listed("b", 1, 1),
        listed("twee", 1),
        listed("a", 1, 1),
        listed("opnieuw", 3),
        listed("punt", 2),
    ]
    html = page_of("".join(body))
    labels = [part.partition("<")[0].strip() for part in html.split('class="label">')[1:]]
    assert labels == ["1.", "1.a)", "1.b)", "2.", "2.a)", "1.", "\u2022"]


def test_j13_notes_and_the_head_of_the_first_sheet_come_along_without_its_page_number() -> None:
    html = page_of(NOTED + SECTION, header=HEAD, footnotes=NOTES)
    assert html.index("Gemeente Voorbeeldstad") < html.index("Met noot<sup>1</sup>") < html.index("De noot zelf")
    assert "77" not in html


CHANGED = "staan nog wijzigingen die niet zijn aanvaard"
REFUSED: dict[str, tuple[str, str]] = {
    "words that somebody proposed": ("<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>", CHANGED),
    "words that somebody would take out": ("<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>", CHANGED),
    "a formula": ("<w:p><m:oMath/></w:p>", "staat een formule"),
    "a text box": ("<w:p><w:r><w:drawing><wps:txbx><w:txbxContent/></wps:txbx></w:drawing></w:r></w:p>", "staat een tekstvak"),
    "an old text box": ("<w:p><w:r><w:pict><v:textbox><w:txbxContent/></v:textbox></w:pict></w:r></w:p>", "staat een tekstvak"),
    "a chart": ("<w:p><w:r><w:drawing><wp:inline/></w:drawing></w:r></w:p>", "staat een tekstvak, lijn of tekening"),
    "another document": ("<w:altChunk/>", "staat een ander document"),
    "a file inside": ("<w:p><w:r><w:object/></w:r></w:p>", "staat een ingevoegd bestand"),
    "hidden text": (words("geheim", of_text="<w:vanish/>"), "staat verborgen tekst"),
    "a note that is not there": (NOTED, "ontbreekt een voetnoot"),
    "something that nobody thought of": ("<w:p><w:nieuw/></w:p>", "staat een onderdeel ('nieuw')"),
    "nothing": (words(""), "staat geen tekst"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_j13_what_cannot_come_along_from_word_is_named(what: str) -> None:
    body, sentence = REFUSED[what]
    text = "" if what == "nothing" else words("Eerst.")
    with pytest.raises(LeftOut, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        page_of(text + body)


def test_j13_a_document_that_declares_entities_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/document.xml", f"{bomb}<w:document {NAMES}><w:body>{words('&a;')}</w:body></w:document>")
    with pytest.raises(LeftOut):
        child.BODIES["docx"](made.getvalue(), "besluit")


def test_j13_a_page_break_begins_a_page() -> None:
    assert [page.extract_text().split()[0] for page in pages(child.made_pdf("b.docx", "docx", docx(BREAK)))] == [
        "voor",
        "na",
    ]


TEXTS = {
    "utf-8": "Kosten: € 10",
    "utf-8 with a mark": "Kosten: € 10",
    "windows": "Kosten: € 10",
    "utf-16": "Kosten: € 10",
}
ENCODED = {"utf-8": "utf-8", "utf-8 with a mark": "utf-8-sig", "windows": "cp1252", "utf-16": "utf-16"}


@pytest.mark.parametrize("how", TEXTS)
def test_j13_plain_text_is_read_in_the_encodings_that_people_have(how: str) -> None:
    body = child.BODIES["txt"](f"Beste,\r\n\r\n{TEXTS[how]}\r\nregel".encode(ENCODED[how]), "besluit")
    assert body.html == f"<p>Beste,</p>\n<p>{TEXTS[how]}\nregel</p>"


def upload(services: Services, name: str, content: bytes) -> Upload:
    return stored(services, name, content)


def test_j13_a_decision_in_word_becomes_a_pdf_in_the_store_and_stays_itself(services: Services) -> None:
    before = upload(services, "Besluit Jansen.docx", docx(words("Wij verklaren uw bezwaar gegrond.")))
    made = convert(services, before)
    assert (made.name, made.media_type) == ("Besluit Jansen.pdf", PDF)
    content = b"".join(services.files.read(made.blob, made.file_key))
    assert "Wij verklaren uw bezwaar gegrond." in read(content)
    assert made.size == len(content)
    assert services.files.exists(before.blob)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kapot.docx", b"PK\x03\x04kapot", "'kapot.docx' is beschadigd"),
        (
            "open.docx",
            docx("<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>"),
            "In 'open.docx' staan nog wijzigingen",
        ),
        ("tabel.xlsx", b"PK\x03\x04", "Van 'tabel.xlsx' kunnen wij geen PDF maken"),
    ],
)
def test_j13_a_file_that_cannot_become_a_pdf_is_named_with_what_to_do(
    services: Services, name: str, content: bytes, sentence: str
) -> None:
    held = len(list(services.files.all_blobs()))
    with pytest.raises(NotConverted, match=sentence) as refused:
        convert(services, upload(services, name, content))
    assert "Sla het in uw tekstprogramma op als PDF" in str(refused.value) or "Doe dat eerst" in str(refused.value)
    assert len(list(services.files.all_blobs())) == held + 1  # what was chosen, and nothing of ours


def test_j13_a_file_that_makes_its_reader_hang_costs_only_its_own_time(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "WAIT_SECONDS", 0.01)
    with pytest.raises(NotConverted, match="of te groot"):
        convert(services, upload(services, "scan.png", png()))


def test_j13_a_file_with_a_password_is_refused(services: Services) -> None:
    with pytest.raises(NotConverted, match="heeft een wachtwoord"):
        convert(services, Upload("besluit.docx", "", 1, "", "b", locked=True))


OFFICE = """#!/bin/sh
for word in "$@"; do case "$word" in */file.*) made="${word%.*}.pdf";; esac; done
"""
TELLS = """{ printf "%%PDF-1.6 "; env | sort | cut -d= -f1 | tr "\\n" " "; cat "$HOME/profile/user/registrymodifications.xcu"; echo "$@"; } > "$made" """


@pytest.fixture
def office_that(services: Services, tmp_path: Path) -> Callable[[str], Services]:
    """An installation with a program in the place of LibreOffice, which does this with `$made`, the file that it must make."""

    def put(does: str) -> Services:
        place = tmp_path / "soffice"
        place.write_text(OFFICE + does)
        place.chmod(0o755)
        return with_converter(services, str(place))

    return put


def with_converter(services: Services, setting: str) -> Services:
    return replace(services, settings=replace(services.settings, office_converter=setting))


def made_of(services: Services, name: str, content: bytes) -> str:
    made = convert(services, upload(services, name, content))
    return b"".join(services.files.read(made.blob, made.file_key)).decode()


def test_j13_libreoffice_knows_no_secret_runs_no_macro_and_reads_one_format(office_that, monkeypatch) -> None:
    monkeypatch.setenv("ZAAKSPOOR_SECRET", "niet-voor-anderen")
    told = made_of(office_that(TELLS), "besluit.odt", b"PK")
    assert "HOME" in told
    assert "ZAAKSPOOR" not in told
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in told
    assert "--infilter=writer8" in told
    assert "PDFUACompliance" in told


def test_j13_libreoffice_gets_no_document_of_word_with_open_changes(office_that) -> None:
    services = office_that('printf "%%PDF-1.6" > "$made"')
    with pytest.raises(NotConverted, match=CHANGED):
        made_of(services, "open.docx", docx("<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>"))


@pytest.mark.parametrize(
    ("does", "seconds"), [("exit 1", 50), ('echo "geen PDF" > "$made"', 50), ('printf "%%PDF-1.6" > "$made"', 0.01)]
)
def test_j13_libreoffice_that_fails_or_hangs_costs_no_more_than_a_sentence(
    office_that, does, seconds, monkeypatch
) -> None:
    services = office_that(does)
    monkeypatch.setattr(office, "SECONDS", seconds)
    with pytest.raises(NotConverted, match="LibreOffice kan er geen PDF van maken"):
        made_of(services, "besluit.odt", b"PK")
    assert list(Path(gettempdir()).glob(f"{office.FOLDER}*")) == []


@pytest.mark.parametrize(
    ("setting", "formats"),
    [("none", ("docx", "txt", "jpg", "png")), ("/usr/bin/soffice", ("docx", "txt", "jpg", "png", "odt"))],
)
def test_j13_what_can_be_chosen_is_what_can_be_converted_here(services, setting, formats) -> None:
    assert convertible(with_converter(services, setting)) == formats
