"""P1: of each requested document a department says that it comes along, does not exist or comes later; and who says so."""

import html

import pytest
from kit.desk import WHO, Desk, form_of
from kit.documents import PDF
from kit.people import NOOR

from processes.actions import act
from processes.actions.delivering import Deliver
from processes.base.checklist import SaidAnswer, SaidAt
from processes.base.errors import Invalid
from processes.jobs.workers import drain
from processes.reads.workbench import read_requests, read_task
from processes.storage.tables import Delivery, FiledRow, MailRow

DECISION = ("besluit.pdf", PDF)
SAID = {"stuk-1": "later", "wanneer-1": "2026-09-01", "stuk-2": "niet", "waarom-2": "Wij reageren niet."}


def words(answer) -> str:
    return html.unescape(answer.text)


def kinds(page: str) -> dict[str, str]:
    return {name: "contested_decision" for name in form_of(page) if name.startswith("type-")}


def test_p1_each_requested_document_is_delivered_not_there_or_later_and_the_worker_reads_it(office: Desk) -> None:
    page = office.choose(DECISION, **SAID).text
    receipt = words(office.press(page, **kinds(page), **SAID))
    told = [(one["answer"], one["reason"], one["expected"]) for one in office.rows(Delivery)[0].said]
    assert told == [("delivered", "", None), ("later", "", "2026-09-01"), ("absent", "Wij reageren niet.", None)]
    for sentence in ("Komt later, op 1 september 2026", "Wij hebben dit niet, omdat: Wij reageren niet."):
        assert sentence in receipt
    delivery = read_task(office.services, NOOR, office.task("JudgeDelivery")).deliveries[0]
    shown = read_requests(office.services, NOOR, office.number).dossiers[0].deliveries[0]
    for seen in (delivery, shown):
        assert seen.by == WHO
        assert [one.answer for one in seen.said] == ["delivered", "later", "absent"]


def test_p1_what_was_said_stands_in_the_receipt_by_mail_and_in_the_frozen_words(office: Desk) -> None:
    page = office.choose(DECISION, **SAID).text
    office.press(page, **kinds(page), **SAID)
    (mail,) = [row for row in office.rows(MailRow) if row.template == "receipt"]
    (filed,) = [row for row in office.rows(FiledRow) if row.delivery_id]
    for text in (WHO, office.rows(Delivery)[0].receipt, "Wij reageren niet.", "komt later, op 1 september 2026"):
        assert text in mail.body
        assert text in filed.body


def test_p1_of_a_document_that_comes_in_part_the_words_on_the_rest_stay(office: Desk) -> None:
    rest = {"stuk-0": "later", "wanneer-0": "2026-09-01", "stuk-1": "niet", "waarom-1": "Er is geen advies gevraagd."}
    page = office.choose(DECISION, ("rapport.pdf", PDF)).text
    names = [name for name in form_of(page) if name.startswith("type-")]
    types = dict(zip(names, ("contested_decision", "underlying"), strict=True))
    half = office.press(page, **types, **{**rest, "waarom-1": ""})
    assert "Schrijf waarom u 'De stukken die bij het besluit horen" in words(half)
    receipt = words(office.press(page, **types, **rest))
    drain(office.services)
    (mail,) = [row for row in office.rows(MailRow) if row.template == "receipt"]
    (filed,) = [row for row in office.rows(FiledRow) if row.delivery_id]
    for sentence in (
        "eleverd; de rest komt later, op 1 september 2026",
        "eleverd; de rest hebben wij niet, omdat: Er is geen advies gevraagd.",
    ):
        for text in (receipt, mail.body, filed.body):
            assert sentence in text


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"stuk-0": "niet"}, "Schrijf waarom u 'Het besluit waartegen bezwaar is gemaakt' niet heeft."),
        ({"stuk-0": "later"}, "Vul in op welke dag 'Het besluit waartegen bezwaar is gemaakt' komt."),
        ({"stuk-0": "later", "wanneer-0": "2020-01-01"}, "kan niet op een dag komen die voorbij is"),
        ({"stuk-0": "later", "wanneer-0": "morgen"}, "Schrijf de datum als"),
        ({"stuk-0": "mee"}, "maar er is geen bestand van de soort 'Bestreden besluit'"),
        ({}, "of zeg dat u het niet heeft of dat het later komt"),
    ],
)
def test_p1_half_an_answer_is_asked_again_and_what_was_typed_stays(office: Desk, chosen, sentence) -> None:
    page = office.choose(("rapport.pdf", PDF)).text
    types = {name: "underlying" for name in form_of(page) if name.startswith("type-")}
    answer = office.press(page, **types, **chosen)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "rapport.pdf" in answer.text
    assert [f'value="{one}" checked' in answer.text for name, one in chosen.items() if name == "stuk-0"] == [
        True
    ] * bool(chosen)
    assert office.rows(Delivery) == []


def test_p1_saying_of_every_document_that_it_is_not_there_is_a_delivery(office: Desk) -> None:
    chosen = {"stuk-0": "niet", "waarom-0": "Het besluit is mondeling genomen."}
    page = office.choose(**chosen)
    assert "U stuurt geen bestanden mee, alleen een antwoord." in page.text
    first, second = office.press(page.text, **chosen), office.press(page.text, **chosen)
    assert first.url == second.url
    assert [row.said[0]["reason"] for row in office.rows(Delivery)] == ["Het besluit is mondeling genomen."]


def test_p1_the_action_refuses_what_a_page_would_not_send(office: Desk) -> None:
    half = Deliver(office.token, (), said=(SaidAt(0, SaidAnswer.ABSENT, " "),), by=WHO)
    with pytest.raises(Invalid) as refused:
        act(office.services, NOOR, half)
    assert list(refused.value.fields) == ["waarom-0"]


def test_p1_a_second_delivery_says_no_more_of_what_is_here_and_remembers_what_was_said(office: Desk) -> None:
    page = office.choose(**SAID)
    assert 'value="later" checked' in page.text
    office.press(page.text, "bewaren", **SAID)
    again = words(office.client.get(office.address))
    assert 'value="niet" checked' in again
    assert "Wij reageren niet.</textarea>" in again
    assert f'value="{WHO}"' not in again  # who sends it types it: a program that goes on with it sends nothing (B7)


def test_o18_who_delivers_is_asked_once_and_stands_on_the_receipt(office: Desk) -> None:
    page = office.choose(DECISION).text
    nobody = office.press(page, **{**kinds(page), "naam": ""})
    assert nobody.status_code == 422
    assert "Vul in wie deze stukken aanlevert." in words(nobody)
    page = office.press(page, "controleren", naam="Bo Bezorger").text
    receipt = words(office.press(page, **kinds(page)))
    assert "Bo Bezorger" in receipt
    assert [row.delivered_by for row in office.rows(Delivery)] == ["Bo Bezorger"]


def test_o17_a_file_has_a_type_and_a_description(office: Desk) -> None:
    page = office.choose(DECISION).text
    named = {name.replace("type-", "title-"): "Besluit met bijlage 2" for name in kinds(page)}
    receipt = words(office.press(page, **kinds(page), **named))
    assert "Besluit met bijlage 2" in receipt
    assert [(row.file_name, row.title) for row in office.handed_in()] == [("besluit.pdf", "Besluit met bijlage 2")]


def test_o19_the_receipt_has_number_time_and_folded_hashes_on_screen_and_as_pdf(office: Desk) -> None:
    office.deliver(DECISION)
    sent = office.rows(Delivery)[0]
    drain(office.services)
    page = words(office.client.get(f"{office.address}/ontvangst/{sent.receipt}"))
    for sha256 in {office.handed_in()[0].sha256, *(row.sha256 for row in office.rows(FiledRow) if row.delivery_id)}:
        before = page[: page.index(sha256)]
        assert (
            before.rindex("<details") > before.rindex("</details>") if "</details>" in before else "<details" in before
        )
    link = page.split("Download dit bewijs als PDF")[0].rsplit('href="', 1)[1].split('"', 1)[0]
    assert office.client.get(link).content.startswith(b"%PDF")
    assert sent.receipt in next(row.body for row in office.rows(FiledRow) if row.delivery_id)
