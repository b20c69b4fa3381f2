"""J13: a department that sends a decision for the archive in Word looks at the PDF of it before it sends."""

import re
from dataclasses import replace

import pytest
from kit.cases import shipped
from kit.desk import desk, form_of
from kit.documents import PDF
from kit.installation import BASE
from kit.office_files import docx, words

from portal import converting as pages
from processes.base.uploads import Upload
from processes.post.converting import NotConverted
from processes.storage.tables import DocumentRow

WORD = docx(words("Wij weigeren de vergunning."))
OPEN = b'code="contested_decision" name="Bestreden besluit" confidentiality="zaakvertrouwelijk" seenBy="parties department committee" formats="pdf docx odt xlsx jpg png"'


@pytest.fixture
def archive(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """A desk of which the contested decision is for the archive, with a converter that needs no process of its own."""
    bezwaar = shipped("bezwaar")
    assert OPEN in bezwaar.drawing
    closed = OPEN.replace(b'formats="pdf docx odt xlsx jpg png"', b'archive="true" formats="pdf"')
    with desk(tmp_path, (replace(bezwaar, drawing=bezwaar.drawing.replace(OPEN, closed)),)) as office:

        def convert(_, upload: Upload) -> Upload:
            if upload.name.startswith("kapot"):
                raise NotConverted(f"'{upload.name}' is beschadigd.")
            return office.services.files.add("besluit.pdf", "application/pdf", [PDF])

        monkeypatch.setattr(pages, "convert", convert)
        yield office


def test_j13_the_pdf_is_looked_at_before_it_is_sent_and_the_original_stays(archive) -> None:
    page = archive.choose(("besluit.docx", WORD)).text
    kinds = {name: "contested_decision" for name in form_of(page) if name.startswith("type-")}
    page = archive.press(page, **kinds).text
    assert "Deze PDF is gemaakt van besluit.docx" in page
    assert not archive.handed_in()
    link = re.search(r'href="(/verzoek/[^"]*/pdf/[^"]+)"', page)[1]
    assert archive.client.get(f"{BASE}{link}").content == PDF
    archive.press(page)
    with archive.services.sessions() as session:
        found = {row.file_name: row for row in session.query(DocumentRow) if row.file_name.startswith("besluit.")}
    decision, original = found["besluit.pdf"], found["besluit.docx"]
    assert (decision.state, decision.type) == ("offered", "contested_decision")
    assert (original.reference, original.audience) == (f"{decision.reference}-o", "none")


def test_j13_of_a_broken_file_the_page_says_so_and_a_paper_of_another_kind_stays_as_it_is(archive) -> None:
    page = archive.choose(("kapot.docx", WORD)).text
    names = [name for name in form_of(page) if name.startswith("type-")]
    assert "is beschadigd" in archive.press(page, **dict.fromkeys(names, "contested_decision")).text
    receipt = archive.deliver(("brief.docx", WORD), kind="underlying", remark="Het besluit volgt.")
    assert receipt.status_code == 200
    assert [row.file_name for row in archive.handed_in()] == ["brief.docx"]
