"""What a department is asked by mail (O11, O12), that the handler hears of what it sends (O20), and what it is given (O32, O33)."""

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import shipped
from kit.desk import Desk, desk
from kit.documents import PDF, stored
from kit.people import NOOR

from processes.actions import act
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.actions.publishing import WithdrawFromDepartment
from processes.base.dutch import long_date
from processes.storage.tables import DocumentRequestRow, MailRow, NoteRow, OutboxRow


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, faces=("department", "workbench")) as made:
        yield made


def mail(office: Desk, template: str) -> MailRow:
    (found,) = [row for row in office.rows(MailRow) if row.template == template]
    return found


def test_o11_the_request_is_filled_with_the_data_of_the_case(office):
    told, (request,) = mail(office, "stukkenverzoek").body, office.rows(DocumentRequestRow)
    for part in (office.number, "Intrekken parkeervergunning", "PV-2026-17", long_date(request.due)):
        assert part in told
    assert "{{" not in told


def test_o12_the_request_leaves_by_itself(office):
    """Nobody pressed anything after the intake: the mail is in the queue, not held and not waiting for a code."""
    asked = mail(office, "stukkenverzoek")
    assert (asked.recipient, asked.held, asked.awaits_code) == ("parkeren@voorbeeldstad.example", None, False)
    queued = [row.payload.get("mail") for row in office.rows(OutboxRow) if row.kind == "mail"]
    assert asked.id in queued or asked.sent_at is not None


def test_o20_the_handler_finds_the_delivery_among_the_work_of_today(office):
    noor = Browser(office.services, NOOR)
    assert "Beoordeel de levering" not in noor.get("/werk")
    office.deliver(("besluit.pdf", PDF))
    assert "Beoordeel de levering" in noor.get("/werk")
    assert "te beoordelen" in noor.get(f"/werk/zaken/{office.number}/verzoeken")


def test_o32_a_document_is_given_by_link_and_not_by_mail(office):
    new = NewDocument(stored(office.services), "report", "Verslag van het horen")
    act(office.services, NOOR, AddDocuments(office.number, (new,)))
    (document,) = [row for row in office.handed_in() if row.title == "Verslag van het horen"]
    act(office.services, NOOR, GiveToDepartment(document.id, "parkeren"))
    told = mail(office, "department-document")
    assert told.recipient == "parkeren@voorbeeldstad.example"
    assert "Verslag van het horen" not in f"{told.subject} {told.body}"  # the link tells, the mail does not
    assert "Verslag van het horen" in html.unescape(office.client.get(office.address).text)


def test_o33_what_was_given_is_an_item_of_the_history_with_a_page_of_its_own(office):
    document = given(office, "Verslag van het horen")
    history = html.unescape(office.client.get(office.address).text).split("Wat er gebeurde", 1)[1]
    assert f'href="{office.address}/voor-u/{document}"' in history
    assert "Document voor u: Verslag van het horen" in history
    assert "Verslag van het horen" in html.unescape(office.client.get(f"{office.address}/voor-u/{document}").text)


def given(office: Desk, title: str) -> str:
    """The id of a new document that Parkeren may read."""
    act(office.services, NOOR, AddDocuments(office.number, (NewDocument(stored(office.services), "report", title),)))
    (document,) = [row for row in office.handed_in() if row.title == title]
    act(office.services, NOOR, GiveToDepartment(document.id, "parkeren"))
    return str(document.id)


def test_o31_s9_both_mails_about_a_document_are_in_the_words_of_the_administrator(tmp_path):
    """What the text of the case type cannot say, is told to the handler, and the mail that goes is ours."""
    whole = shipped("bezwaar")
    own = {
        "document-afdeling.txt": "Onderwerp: Lees mee met {{ case.number }}\n\nDag {{ recipient.name }},\n\nKijk op {{ link }} over\n{{ decisions }}\n",
        "document-teruggenomen.txt": "Onderwerp: Weg: {{ document.title }}\n\n{{ document.reason }}{% if result.name %}x{% endif %}\n",
    }  # fmt: skip
    mails = {**whole.mails, **{name: text.encode() for name, text in own.items()}}
    with desk(tmp_path, (replace(whole, mails=mails),), faces=("department", "workbench")) as office:
        document = given(office, "Verslag")
        told = mail(office, "department-document")
        assert told.subject == f"Lees mee met {office.number}"
        assert "Dag Parkeren" in told.body
        assert "Intrekken parkeervergunning" in told.body
        act(office.services, NOOR, WithdrawFromDepartment(document, "parkeren", "Hoort elders."))
        _, back = [row for row in office.rows(MailRow) if row.template == "department-document"]
        assert (back.subject, back.body.strip()) == ("Weg: Verslag", "Hoort elders.")


def test_o31_a_mail_of_the_case_type_that_says_nothing_true_gives_way_to_ours(tmp_path):
    whole = shipped("bezwaar")
    empty = b"Onderwerp: Nieuw in {{ case.number }}\n\nHet resultaat is {{ result.name }}.\n"  # there is none yet
    with desk(tmp_path, (replace(whole, mails={**whole.mails, "document-afdeling.txt": empty}),)) as office:
        given(office, "Verslag")
        told = mail(office, "department-document")
        assert told.subject == f"Nieuw document in dossier {office.number}"
        assert any("'document-afdeling'" in row.text and "vaste tekst" in row.text for row in office.rows(NoteRow))
