"""What a department reads behind its link (O13-O16, O31-O36), and from where (O4)."""

import html
import json
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import ORIGIN
from kit.desk import Desk, desk
from kit.documents import PDF, stored
from kit.people import NOOR
from sqlalchemy import select

from engine import Folder, read_folder
from processes.access.links import with_links
from processes.actions import act
from processes.actions.course import ChangeRemark
from processes.actions.documents import AddDocuments, GiveToDepartment, RemoveDocument
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.tasks import CompleteTask
from processes.base.dutch import date_in_words
from processes.storage.tables import (
    AuditRow,
    Case,
    CaseValue,
    Delivery,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    FiledRow,
    MailRow,
    Party,
    StaffRow,
    TaskRow,
)

MODELS = Path(__file__).parents[3] / "bpmn"


def publish(office: Desk, department: str = "parkeren") -> DocumentRow:
    act(
        office.services,
        NOOR,
        AddDocuments(office.number, (NewDocument(stored(office.services, "verslag.pdf"), "report", "Verslag"),)),
    )
    document = office.handed_in()[-1]
    act(office.services, NOOR, GiveToDepartment(document.id, department))
    return document


def link_in_mail(office: Desk) -> str:
    with office.services.sessions() as session:
        mail = session.scalars(select(MailRow).where(MailRow.recipient == "parkeren@voorbeeldstad.example")).first()
        text = with_links(office.services, session, mail.body)
    return next(word for word in text.split() if "/verzoek/" in word)


def test_o2_the_documents_behind_the_contested_decision_come_from_outside_the_system(office):
    """Nobody of the department is known here: what it sends by its link enters the case once a worker took it."""
    asked = html.unescape(office.client.get(link_in_mail(office)).text)
    assert "Het besluit waartegen bezwaar is gemaakt" in asked
    assert "De stukken die bij het besluit horen" in asked
    office.deliver(("besluit.pdf", PDF), kind="contested_decision")
    (document,) = office.handed_in()
    assert (document.origin, document.type, document.state) == ("department", "contested_decision", "offered")
    judged = {document.id: Judgement(accepted=True)}
    act(office.services, NOOR, CompleteTask(office.task("JudgeDelivery"), {}, judgements=judged))
    (document,) = office.handed_in()
    assert document.state == "accepted"
    assert [row.name for row in office.rows(StaffRow) if row.name != NOOR.name] == []


def test_o3_a_department_comes_in_without_an_account(office):
    page = office.client.get(link_in_mail(office))
    assert page.status_code == 200
    assert not office.client.cookies
    assert "Inloggen" not in page.text


def test_o5_the_link_comes_by_mail_and_cannot_be_read(office):
    token = link_in_mail(office).rpartition("/")[2]
    assert len(token) == 43  # 256 bits, of which nothing tells which case or department it is
    assert office.number not in token
    assert "parkeren" not in token.lower()


def test_o13_the_link_in_the_mail_opens_the_right_dossier(office):
    page = office.client.get(link_in_mail(office)).text
    assert office.number in page
    assert "Parkeren" in page


def test_o14_the_remark_for_the_department_stands_first_in_the_columns(office):
    act(office.services, NOOR, ChangeRemark(office.number, "Graag ook de foto's.\nEn het rapport."))
    page = office.client.get(office.address).text
    assert "Graag ook de foto&#39;s.\nEn het rapport." in page
    assert page.index("Opmerkingen") < page.index("Wat wij u vragen") < page.index("Wat er gebeurde")


def test_o16_shows_exactly_which_decision(office):
    page = office.client.get(office.address).text
    taken, announced = office.today - timedelta(20), office.today - timedelta(18)
    for words in ("Intrekken parkeervergunning", "PV-2026-17", date_in_words(taken), date_in_words(announced)):
        assert words in page


@pytest.mark.parametrize(
    ("fields", "party", "shown", "hidden"),
    [
        (["name"], {}, ["Tess Testeling"], ["Dorpsstraat", "tess@"]),
        (["name", "address"], {}, ["Tess Testeling", "Dorpsstraat 1"], ["tess@"]),
        (["name", "address", "email"], {"secret_address": True}, ["tess@voorbeeld.example"], ["Dorpsstraat"]),
        (["identity", "identity_index", "name"], {}, ["Tess Testeling"], ["Dorpsstraat"]),
        ([], {}, [], ["Tess Testeling", "Dorpsstraat", "tess@"]),
    ],
)
def test_o15_shows_only_the_fields_of_the_request(office, fields, party, shown, hidden):
    office.change(DocumentRequestRow, party_fields=fields)
    office.change(Party, **party)
    page = office.client.get(office.address).text
    assert [text for text in shown if text not in page] == []
    assert [text for text in [*hidden, "999993653"] if text in page] == []


def test_o9_says_what_is_asked_and_before_which_date(office):
    due = office.rows(DocumentRequestRow)[0].due
    page = office.client.get(office.address).text
    assert f"uiterlijk {date_in_words(due)}" in page
    assert f"nog {(due - office.today).days} dagen" in page
    assert "Het besluit waartegen bezwaar is gemaakt" in page
    assert "verplicht" in page
    assert "als het er is" in page
    assert "Zeg bij dat stuk waarom, of wanneer het komt." in page  # the drawing's own words on its form


def test_o26_says_honestly_that_it_is_late(office):
    office.change(DocumentRequestRow, due=office.today - timedelta(3))
    page = office.client.get(office.address).text
    assert "De termijn is voorbij" in page
    assert "3 dagen te laat" in page


def test_o31_o34_a_published_document_stands_in_the_history_and_can_be_downloaded(office):
    document = publish(office)
    page = office.client.get(office.address).text
    assert "Document voor u: Verslag" in page
    answer = office.client.get(f"{office.address}/stuk/{document.id}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert document.blob not in page


def test_o34_what_is_not_published_to_this_department_is_not_there(office):
    other = publish(office, "wonen")
    taken_back = publish(office)
    act(office.services, NOOR, RemoveDocument(taken_back.id, "Verkeerd stuk"))
    act(
        office.services,
        NOOR,
        AddDocuments(office.number, (NewDocument(stored(office.services, "verslag.pdf"), "report", "Intern"),)),
    )
    never = office.handed_in()[-1]
    page = office.client.get(office.address).text
    for document in (other, taken_back, never):
        assert document.title not in page
        assert office.client.get(f"{office.address}/stuk/{document.id}").status_code == 404
    assert office.client.get(f"/verzoek/{office.token_for('wonen')}/stuk/{other.id}").status_code == 200


def test_o15_a_department_that_only_reads_sees_no_objector(office):
    publish(office, "wonen")
    page = office.client.get(f"/verzoek/{office.token_for('wonen')}").text
    assert "Verslag" in page
    assert "Tess Testeling" not in page
    assert "Lever de stukken aan" not in page


def test_o35_the_dossier_closes_a_set_time_after_the_case(office):
    office.change(Case, state="closed", departments_until=office.today)
    last_day = office.client.get(office.address)
    assert last_day.status_code == 200
    assert "Daarna werkt de link niet meer" in last_day.text
    office.change(Case, departments_until=office.today - timedelta(1))
    assert office.client.get(office.address).status_code == 404


def test_o36_after_that_time_nothing_behind_the_link_is_visible_any_more(office):
    document = publish(office)
    receipt = str(office.deliver(("besluit.pdf", PDF)).url).partition("/ontvangst/")[2].partition("?")[0]
    (filed,) = [row.id for row in office.rows(FiledRow) if row.delivery_id]
    (asked,), mail = (
        office.rows(DocumentRequestRow),
        next(row.id for row in office.rows(MailRow) if "[[dossier:" in row.body),
    )
    shown = [
        "", "/nazending", f"/ontvangst/{receipt}", f"/gevraagd/{asked.id}", f"/bericht/{mail}", f"/voor-u/{document.id}",
        f"/stuk/{document.id}", f"/ingestuurd/{filed}", f"/ingestuurd/{filed}/tekst",
    ]  # fmt: skip
    last = office.today
    office.change(Case, state="closed", departments_until=last)
    assert {rest: office.client.get(office.address + rest).status_code for rest in shown} == dict.fromkeys(shown, 200)
    office.change(Case, departments_until=last - timedelta(1))
    nobodys = office.client.get("/verzoek/bestaat-niet").text
    for rest in shown:
        answer = office.client.get(office.address + rest)
        assert (answer.status_code, answer.text == nobodys) == (404, True), rest
    sent = {"csrf": office.csrf, "form_key": "sleutel-0123456789", "stap": "versturen", "naam": "Ans"}
    assert office.client.post(f"{office.address}/aanleveren", data=sent, headers=ORIGIN).status_code in {403, 404}
    assert len(office.rows(Delivery)) == 1


@pytest.mark.parametrize(
    ("networks", "proxies", "peer", "told", "open_"),
    [
        ((), (), "203.0.113.9", "", True),
        (("10.0.0.0/8",), (), "10.1.2.3", "", True),
        (("10.0.0.0/8",), (), "203.0.113.9", "", False),
        (("10.0.0.0/8",), (), "203.0.113.9", "10.1.2.3", False),  # anybody can write that header
        (("10.0.0.0/8",), ("192.0.2.1",), "192.0.2.1", "10.1.2.3", True),
        (("10.0.0.0/8",), ("192.0.2.1",), "192.0.2.1", "203.0.113.9", False),
        (("10.0.0.0/8",), ("192.0.2.1",), "192.0.2.1", "10.1.2.3, 203.0.113.9", False),  # the proxy wrote the last one
        (("10.0.0.0/8",), ("192.0.2.0/24",), "192.0.2.1", "10.1.2.3, 192.0.2.7", True),
        (("10.0.0.0/8",), ("192.0.2.1",), "192.0.2.1", "geen adres", False),
        (("10.0.0.0/8", "2001:db8::/32"), (), "2001:db8::5", "", True),
        (("10.0.0.0/8",), (), "::ffff:10.0.0.1", "", True),
    ],
)
def test_o4_reachable_only_from_the_own_networks(tmp_path, networks, proxies, peer, told, open_):
    with desk(tmp_path, department_networks=networks, trusted_proxies=proxies) as office:
        office.client.comes_from(peer)
        answer = office.client.get(office.address, headers={"X-Forwarded-For": told} if told else {})
        assert answer.status_code == (200 if open_ else 403)
        assert ("netwerk van de gemeente" in answer.text) is not open_
        assert (office.number in answer.text) is open_


def other_form() -> Folder:
    """The request for documents, with a form that asks no documents."""
    shipped = read_folder(MODELS / "stukkenverzoek")
    form = {
        "type": "default",
        "components": [
            {"type": "text", "text": "Geef uw mening."},
            {"type": "textarea", "key": "remark", "label": "Uw mening", "validate": {"required": True}},
        ],
    }
    forms = {**shipped.forms, "deliver.json": json.dumps(form).encode()}
    return Folder(shipped.name, shipped.drawing, forms, shipped.mails)


def test_b5_another_form_in_the_lane_of_the_department_is_filled_in_by_the_same_link(tmp_path):
    with desk(tmp_path, extra=(other_form(),)) as office:
        task = office.task("DeliverDocuments")
        assert f"{office.address}/taak/{task}" in office.client.get(office.address).text
        page = office.client.get(f"{office.address}/taak/{task}")
        assert "Geef uw mening." in page.text
        form = {"csrf": office.csrf, "form_key": "een-sleutel", "remark": ""}
        empty = office.client.post(f"{office.address}/taak/{task}", data=form, headers=ORIGIN)
        assert empty.status_code == 422
        assert "Vul &#39;Uw mening&#39; in." in empty.text
        sent = office.client.post(
            f"{office.address}/taak/{task}", data={**form, "remark": "Wij blijven bij het besluit"}, headers=ORIGIN
        )
        assert "Wij hebben uw antwoord ontvangen" in sent.text
        assert [row.value for row in office.rows(CaseValue) if row.code == "remark"] == ["Wij blijven bij het besluit"]
        assert next(row for row in office.rows(TaskRow) if row.id == task).state == "done"
        again = office.client.get(f"{office.address}/taak/{task}")
        assert again.status_code == 409
        assert "al gedaan" in again.text
        assert [row.action for row in office.rows(AuditRow)].count("complete") == 2  # intake and this one


def test_b5_a_delivery_cannot_answer_another_form_nor_the_other_way_round(office):
    task = office.task("DeliverDocuments")
    answer = office.client.post(
        f"{office.address}/taak/{task}",
        data={"csrf": office.csrf, "form_key": "een", "bevestiging": "ja"},
        headers=ORIGIN,
    )
    assert answer.status_code == 404
    assert next(row for row in office.rows(TaskRow) if row.id == task).state == "open"


def test_b7_a_second_department_has_a_dossier_of_its_own(office):
    publish(office, "wonen")
    assert {row.department for row in office.rows(Dossier)} == {"parkeren", "wonen"}
    page = office.client.get(f"/verzoek/{office.token_for('wonen')}").text
    assert "<strong>Wonen</strong>" in page
    task = next(row.id for row in office.rows(TaskRow) if row.side == "department")
    assert task not in page
    assert office.client.get(f"/verzoek/{office.token_for('wonen')}/taak/{task}").status_code == 404
