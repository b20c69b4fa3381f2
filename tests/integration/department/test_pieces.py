"""P10: pieces come as they are, the page says exactly what a type takes, and one wrong file costs only itself."""

import html
from pathlib import Path

import pytest
from kit.browser import ORIGIN
from kit.desk import Desk, form_of
from kit.documents import PDF

from processes.storage.tables import DocumentRow, MailRow

DATA = Path(__file__).parents[2] / "data" / "cases"
PHOTO = (DATA / "upload-photo.heic").read_bytes()
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x00\x00" + bytes(40)
EML = b"From: a@stad.example\r\nSubject: advies\r\n\r\nHierbij.\r\n"


def words(answer) -> str:
    return html.unescape(answer.text)


def kinds(page: str, kind: str = "underlying") -> dict[str, str]:
    return {name: kind for name in form_of(page) if name.startswith("type-")}


@pytest.mark.parametrize(("name", "content"), [("stukken.zip", ZIP), ("advies.eml", EML)])
def test_p10_mail_and_zip_come_as_they_are(office: Desk, name: str, content: bytes) -> None:
    page = office.choose((name, content), remark="Het besluit volgt.").text
    assert office.press(page, **kinds(page)).status_code == 200
    (row,) = office.handed_in()
    assert (row.file_name, b"".join(office.services.files.read(row.blob))) == (name, content)


def test_p10_a_photo_of_a_telephone_comes_as_it_is_with_a_copy_that_everybody_can_open(office: Desk) -> None:
    page = office.choose(("foto.heic", PHOTO), remark="Het besluit volgt.").text
    assert "Van uw foto foto.heic maakten wij een PDF die iedereen kan openen." in page
    receipt = words(office.press(page, **kinds(page)))
    found = {row.file_name: row for row in office.rows(DocumentRow) if row.file_name.startswith("foto.")}
    assert b"".join(office.services.files.read(found["foto.heic"].blob)) == PHOTO
    assert b"".join(office.services.files.read(found["foto.pdf"].blob)).startswith(b"%PDF")
    (mail,) = [row for row in office.rows(MailRow) if row.template == "receipt"]
    for row in found.values():
        assert row.sha256 in receipt
        assert row.sha256 in mail.body


def test_p10_a_photo_that_cannot_be_read_comes_as_it_is(office: Desk) -> None:
    page = office.choose(("stuk.heic", PHOTO[:200]), remark="Het besluit volgt.").text
    assert office.press(page, **kinds(page)).status_code == 200
    assert [row.file_name for row in office.handed_in()] == ["stuk.heic"]


def test_p10_one_wrong_file_costs_only_itself_and_each_is_named_with_its_own_sentence(office: Desk) -> None:
    page = office.choose(
        ("besluit.pdf", PDF),
        ("plan.exe", b"MZ"),
        ("nep.pdf", b"geen pdf"),
        ("leeg.pdf", b""),
        ("rapport.pdf", PDF + b"2"),
    )
    assert page.status_code == 422
    text = words(page)
    for sentence in (
        "'plan.exe' kan hier niet. Dit mag: PDF",
        "De inhoud van 'nep.pdf' past niet bij de naam",
        "'leeg.pdf' is leeg.",
    ):
        assert sentence in text
    assert len(kinds(page.text)) == 2
    office.press(page.text, **kinds(page.text, "contested_decision"))
    assert [row.file_name for row in office.handed_in()] == ["besluit.pdf", "rapport.pdf"]


def test_p10_the_good_files_are_kept_for_later_too(office: Desk) -> None:
    office.choose(("besluit.pdf", PDF), ("plan.exe", b"MZ"))
    assert "besluit.pdf" in office.client.get(office.address).text
    assert "plan.exe" not in office.client.get(office.address).text


def test_p10_what_the_page_allows_is_what_is_taken(office: Desk) -> None:
    page = words(office.client.get(office.address))
    allowed = page.split('class="dep-may"', 1)[1].split("</ul>", 1)[0]
    for word in ("foto (heic)", "Outlook-mail (msg)", "e-mail (eml)", "zip"):
        assert word in allowed
    accept = page.split('accept="', 1)[1].split('"', 1)[0].split(",")
    assert {".heic", ".msg", ".eml", ".zip"} <= set(accept)
    wrong = office.choose(("lijst.csv", b"a,b"))
    assert wrong.status_code == 422
    assert (
        "Dit mag: PDF, Word (docx), OpenDocument (odt), Excel (xlsx), foto (jpg), afbeelding (png), foto (heic)"
        in words(wrong)
    )


def test_p10_the_type_says_what_it_takes(office: Desk) -> None:
    page = office.choose(("stukken.zip", ZIP)).text
    answer = office.press(page, **kinds(page, "defence"))
    assert "'stukken.zip' kan hier niet. Dit mag wel: PDF, Word (docx), OpenDocument (odt)." in words(answer)


def test_p10_a_refused_file_leaves_the_store(office: Desk) -> None:
    office.client.post(f"{office.address}/aanleveren", headers=ORIGIN, data={"csrf": office.csrf, "task": ""},
                       files=[("files", ("nep.pdf", b"geen pdf" * 1000, "application/pdf"))])  # fmt: skip
    assert {one.blob for one in office.services.files.all_blobs()} == set()
