"""Files that a department delivers: with a password, with a quote in the name, more than the limit."""

import html
from pathlib import Path

from kit.documents import PDF

LOCKED = (Path(__file__).parents[2] / "data" / "cases" / "upload-pdf-with-password.pdf").read_bytes()
NAME = 'Besluit "Parkeren" (1).pdf'


def words(answer) -> str:
    return html.unescape(answer.text)


def test_a_file_with_a_password_is_said_before_sending_and_on_the_receipt(office) -> None:
    assert "Dit bestand heeft een wachtwoord." in words(office.choose((NAME, LOCKED)))
    receipt = words(office.deliver((NAME, LOCKED)))
    assert "Dit bestand heeft een wachtwoord." in receipt
    assert NAME in receipt
    assert office.handed_in()[0].locked


def test_one_file_too_many_says_the_limit_and_keeps_the_remark(office) -> None:
    page = words(office.choose(*[(f"{at}.pdf", PDF) for at in range(51)], remark="Dit is alles."))
    assert "hoogstens 50 bestanden" in page
    assert "Dit is alles." in page


def test_the_field_says_what_may_be_chosen(office) -> None:
    page = words(office.client.get(office.address))
    assert "hoogstens 50 bestanden" in page
    assert "Bestreden besluit: PDF, Word (docx)" in page
    assert "Op de zaak betrekking hebbend stuk: PDF, Word (docx)" in page
    assert "Reactie van de afdeling: PDF, Word (docx)" in page
