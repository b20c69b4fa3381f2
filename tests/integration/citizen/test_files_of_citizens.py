"""Files of citizens as they have them: with a password, with a quote in the name, more than the limit, as `.jpeg`."""

import html
from pathlib import Path

from citizen_kit import TESS, Browser, register
from kit.cases import handed_in
from kit.documents import PDF
from kit.people import NOOR

from processes.reads.workbench import read_documents

LOCKED = (Path(__file__).parents[2] / "data" / "cases" / "upload-pdf-with-password.pdf").read_bytes()
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
NAME = 'Besluit "Parkeren" [1].pdf'
SAYS_SO = "Dit bestand heeft een wachtwoord."
SUBMISSION = {"type": "submission", "title": "Mijn stuk"}


def send(tess: Browser, number: str, name: str, content: bytes) -> tuple[str, str]:
    """The page to check and the receipt."""
    tess.get(f"/mijn/zaken/{number}/document")
    check = tess.post(f"/mijn/zaken/{number}/document", SUBMISSION, {"files": (name, content, "application/pdf")})
    receipt = tess.post(f"/mijn/zaken/{number}/document/versturen", {"held": tess.hidden("held")})
    return html.unescape(check), html.unescape(receipt)


def test_a_file_with_a_password_is_kept_and_said_to_the_sender_and_the_reader(services, tess: Browser) -> None:
    number = register(services, TESS)
    for page in send(tess, number, "stuk.pdf", LOCKED):
        assert SAYS_SO in page
        assert "Stuur ook een versie zonder wachtwoord." in page
    assert SAYS_SO in tess.get(f"/mijn/zaken/{number}")
    (line,) = [one for one in read_documents(services, NOOR, number).documents if one.file_name == "stuk.pdf"]
    assert line.locked
    (row,) = handed_in(services)
    assert b"".join(services.files.read(row.blob)) == LOCKED


def test_a_file_without_a_password_is_not_said_to_have_one(services, tess: Browser) -> None:
    number = register(services, TESS)
    assert not any(SAYS_SO in page for page in send(tess, number, "stuk.pdf", PDF))


def test_a_name_with_quotes_and_brackets_is_kept_on_every_page_and_in_the_download(services, tess: Browser) -> None:
    number = register(services, TESS)
    assert all(NAME in page for page in send(tess, number, NAME, PDF))
    (row,) = handed_in(services)
    assert row.file_name == NAME
    header = tess.client.get(f"/mijn/documenten/{row.id}").headers["content-disposition"]
    assert header.endswith("filename*=UTF-8''Besluit%20%22Parkeren%22%20%5B1%5D.pdf")


def test_jpeg_is_taken_where_jpg_is_allowed_and_is_offered(services, tess: Browser) -> None:
    number = register(services, TESS)
    page = html.unescape(tess.get(f"/mijn/zaken/{number}/document"))
    assert ".jpg,.jpeg" in page
    assert "U mag kiezen uit: PDF, Word (docx)" in page
    send(tess, number, "foto.jpeg", JPG)
    assert [row.media_type for row in handed_in(services)] == ["image/jpeg"]


def test_one_file_too_many_says_the_limit_and_costs_nothing_that_was_typed(services, tess: Browser) -> None:
    number = register(services, TESS)
    tess.get(f"/mijn/zaken/{number}/document")
    files = [("files", (f"{at}.pdf", PDF, "application/pdf")) for at in range(51)]
    page = tess.post(f"/mijn/zaken/{number}/document", SUBMISSION, files, 422)
    assert "hoogstens 50 bestanden" in page
    assert 'value="Mijn stuk"' in page
    assert list(services.files.all_blobs()) == []


def test_fifty_files_beside_an_empty_field_are_taken(services, tess: Browser) -> None:
    number = register(services, TESS)
    tess.get(f"/mijn/zaken/{number}/document")
    files = [("files", (f"{at}.pdf", PDF, "application/pdf")) for at in range(50)]
    tess.post(f"/mijn/zaken/{number}/document", SUBMISSION, [*files, ("ander", ("", b"", "application/octet-stream"))])
    assert len(list(services.files.all_blobs())) == 50


def test_the_form_of_a_new_case_offers_what_is_taken(tess: Browser) -> None:
    page = html.unescape(tess.get("/mijn/nieuw/bezwaar?deel=bijlagen"))
    assert 'accept=".pdf' in page
    assert "Dit mag: PDF" in page
