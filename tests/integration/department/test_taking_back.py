"""P3: a department takes a wrong file back until it is accepted."""

import html

import pytest
from kit.browser import ORIGIN
from kit.desk import Desk
from kit.documents import PDF
from kit.people import NOOR

from processes.actions import act
from processes.actions.judging import Judgement
from processes.actions.tasks import CompleteTask
from processes.storage.tables import Delivery, NoteRow


@pytest.fixture
def sent(office: Desk) -> Desk:
    office.deliver(("verkeerd.pdf", PDF))
    return office


def words(answer) -> str:
    return html.unescape(answer.text)


def take_back(office: Desk, reason: str = "Dit is van een andere zaak.", **fields: str):
    (document,) = office.handed_in()
    address = f"{office.address}/ontvangst/{office.rows(Delivery)[0].receipt}/terug/{document.id}"
    data = {"csrf": office.csrf, "form_key": "terug-0123456789", f"reden-{document.id}": reason, **fields}
    return office.client.post(address, data=data, headers=ORIGIN)


def test_p3_a_wrong_file_is_taken_back_until_it_is_accepted_and_both_sides_see_it(sent: Desk) -> None:
    page = words(take_back(sent))
    for text in ("Teruggehaald", "Dit is van een andere zaak.", "verkeerd.pdf", "Stuur de goede stukken"):
        assert text in page
    (document,) = sent.handed_in()
    assert (document.state, document.recalled_at) == ("removed", sent.clock.now())
    (note,) = [row for row in sent.rows(NoteRow) if "haalde" in row.text]
    assert "Dit is van een andere zaak." in note.text
    assert not note.read_by_handler
    assert "Teruggehaald" in sent.client.get(sent.address).text.split("Wat er gebeurde", 1)[1]


def test_p3_what_is_sent_after_everything_was_taken_back_is_judged_in_its_place(sent: Desk) -> None:
    take_back(sent)
    page = words(sent.client.get(sent.address))
    assert "De behandelaar wacht op de goede stukken." in page
    assert ("Goede stukken sturen" in page, "nazenden" in page) == (True, False)
    task = sent.task("JudgeDelivery")
    sent.deliver(("goed.pdf", PDF))
    first, second = sent.rows(Delivery)
    assert (second.request_id, second.instance_id) == (first.request_id, first.instance_id)
    assert sent.task("JudgeDelivery") == task  # and no process of a late supplement
    (good,) = [row for row in sent.handed_in() if row.delivery_id == second.id]
    act(sent.services, NOOR, CompleteTask(task, {}, judgements={good.id: Judgement(accepted=True)}))
    (good,) = [row for row in sent.handed_in() if row.id == good.id]
    assert good.state == "accepted"
    assert any(second.receipt in row.text and "Na het terughalen" in row.text for row in sent.rows(NoteRow))


def test_p3_without_a_reason_nothing_is_taken_back(sent: Desk) -> None:
    answer = take_back(sent, " ")
    assert answer.status_code == 422
    assert "Schrijf waarom u dit bestand terughaalt." in answer.text
    assert sent.handed_in()[0].state == "offered"


def test_p3_what_was_accepted_stays(sent: Desk) -> None:
    (document,) = sent.handed_in()
    act(
        sent.services,
        NOOR,
        CompleteTask(sent.task("JudgeDelivery"), {}, judgements={document.id: Judgement(accepted=True)}),
    )
    answer = take_back(sent)
    assert answer.status_code == 409
    assert "is al akkoord" in words(answer)
    receipt = sent.rows(Delivery)[0].receipt
    assert "Haal het terug" not in sent.client.get(f"{sent.address}/ontvangst/{receipt}").text
    assert sent.handed_in()[0].state == "accepted"


def test_p3_another_link_takes_nothing_back(sent: Desk) -> None:
    (document,) = sent.handed_in()
    receipt = sent.rows(Delivery)[0].receipt
    for address in (
        f"/verzoek/{'x' * 43}/ontvangst/{receipt}/terug/{document.id}",
        f"{sent.address}/ontvangst/ONT-0/terug/{document.id}",
    ):
        data = {"csrf": sent.csrf, "form_key": "terug-0123456789", f"reden-{document.id}": "weg"}
        assert sent.client.post(address, data=data, headers=ORIGIN).status_code in {403, 404}
    assert sent.handed_in()[0].state == "offered"
