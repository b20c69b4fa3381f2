"""C10: a department that goes on in the other language keeps what it typed, also what is never kept for later."""

import html

from kit.browser import ORIGIN, hidden
from kit.desk import WHO, Desk, form_of
from kit.documents import NO_FILE, PDF

from processes.storage.tables import Delivery, DocumentRow, MailboxCode

DECISION = ("besluit.pdf", PDF)


def in_english(office: Desk, address: str, page: str, **typed: str) -> str:
    """The page after the button for English, with this typed on it."""
    data = {"csrf": hidden(page, "csrf"), "form_key": "taal-0123456789", "stap": "taal", **typed}
    answer = office.client.post(f"{address}?taal=en", data=data, headers=ORIGIN)
    assert '<html lang="en"' in answer.text
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_c10_a_delivery_goes_on_in_english_with_files_remark_and_name(office: Desk) -> None:
    page = html.unescape(office.choose(DECISION, remark="Deel een", stap="taal").text)
    assert "Bewaard" not in page
    for text in ("Deel een", f'value="{WHO}"', "besluit.pdf"):
        assert text in page
    check = office.press(page.partition('id="typed"')[2], "controleren").text
    assert 'formaction="' in check
    sent = {**form_of(check), "stap": "controleren"}
    check = office.client.post(f"{office.address}/aanleveren?taal=en", data=sent, files=NO_FILE, headers=ORIGIN).text
    assert ('<html lang="en"' in check, "besluit.pdf" in check, f'value="{WHO}"' in check) == (True, True, True)
    assert office.rows(Delivery) == []


def test_c10_a_reason_to_take_a_file_back_stays_and_takes_nothing_back(office: Desk) -> None:
    page = office.deliver(DECISION).text
    (button,) = {one.split('"')[0] for one in page.split('formaction="')[1:] if "?taal=en" in one.split('"')[0]}
    (document,) = office.handed_in()
    shown = in_english(office, button.partition("?")[0], page, **{f"reden-{document.id}": "Van een andere zaak"})
    assert '<details class="dep-back dep-screen" open>' in shown
    assert ">Van een andere zaak</textarea>" in shown
    assert {one.recalled_at for one in office.rows(DocumentRow)} == {None}


def test_c10_an_address_and_a_code_stay_and_are_not_tried(office: Desk) -> None:
    asks = office.client.get("/verzoek").text
    shown = in_english(office, "/verzoek", asks, email="parkeren@voorbeeldstad.example")
    assert 'value="parkeren@voorbeeldstad.example"' in shown
    assert office.rows(MailboxCode) == []
    asks = office.client.get("/verzoek/code").text
    shown = in_english(office, "/verzoek/code/invullen", asks, code="123456")
    assert ('value="123456"' in shown, 'role="alert"' in shown) == (True, False)
