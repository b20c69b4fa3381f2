"""P4 and P5: a department says that a request is not for it, or asks for more time; a worker decides, and reminders follow."""

import html
from datetime import timedelta

import pytest
from kit.browser import ORIGIN
from kit.desk import Desk
from kit.people import NOOR
from sqlalchemy import select

from processes.access.links import with_links
from processes.actions import act
from processes.actions.replying import DecideReply
from processes.base.errors import Invalid, NotNow
from processes.reads.workbench import read_requests
from processes.storage.tables import DocumentRequestRow, Instance, MailRow, NoteRow, RequestReply

WHO = "Ans de Aanleveraar"


def words(answer) -> str:
    return html.unescape(answer.text)


def send(office: Desk, page: str, key: str = "anders-0123456789", **fields: str):
    address = f"{office.address}/anders/{office.task('DeliverDocuments')}/{page}"
    data = {"csrf": office.csrf, "form_key": key, "uitleg": "Het dossier ligt daar.", "naam": WHO, **fields}
    return office.client.post(address, data=data, headers=ORIGIN)


def due(office: Desk):
    return office.rows(DocumentRequestRow)[0].due


def reminders(office: Desk) -> list:
    """The days on which something is to be sent for the request."""
    with office.services.sessions() as session:
        instance = session.get_one(Instance, session.scalars(select(DocumentRequestRow.instance_id)).one())
        return sorted(str(timer["due"])[:10] for timer in instance.timers)


def test_p5_more_time_is_asked_and_given_and_the_reminders_follow(office: Desk) -> None:
    before, later = reminders(office), due(office) + timedelta(14)
    page = words(send(office, "meer-tijd", tot=later.isoformat()))
    assert "De behandelaar beslist hierover." in page
    assert "U vroeg op" in words(office.client.get(office.address))
    (note,) = [row for row in office.rows(NoteRow) if "vraagt meer tijd" in row.text]
    assert not note.read_by_handler
    (line,) = read_requests(office.services, NOOR, office.number).replies
    assert (line.open, line.due, line.by) == (True, later, WHO)
    act(office.services, NOOR, DecideReply(line.id, granted=True, due=line.due))
    assert due(office) == later
    assert reminders(office) > before
    mail = next(row for row in office.rows(MailRow) if row.template == "department-reply")
    assert "U krijgt meer tijd." in mail.body
    menu = words(office.client.get(office.address)).split("Wat er gebeurde", 1)[1]
    assert "Uw vraag om meer tijd" in menu
    assert "Ja" in menu


def test_p5_more_time_is_refused_with_a_reason_and_the_term_stays(office: Desk) -> None:
    before = due(office)
    send(office, "meer-tijd", tot=(before + timedelta(14)).isoformat())
    (reply,) = office.rows(RequestReply)
    with pytest.raises(Invalid):
        act(office.services, NOOR, DecideReply(reply.id, granted=False))
    act(office.services, NOOR, DecideReply(reply.id, granted=False, note="De zitting is al gepland."))
    assert due(office) == before
    assert "De zitting is al gepland." in words(office.client.get(f"{office.address}/antwoord/{reply.id}"))
    with pytest.raises(NotNow):
        act(office.services, NOOR, DecideReply(reply.id, granted=True, due=before))


@pytest.mark.parametrize(
    ("page", "fields", "sentence"),
    [
        ("meer-tijd", {"tot": ""}, "Kies een dag na"),
        ("meer-tijd", {"tot": "2020-01-01"}, "Kies een dag na"),
        ("meer-tijd", {"tot": "straks"}, "Schrijf de datum als"),
        ("niet-van-ons", {"uitleg": ""}, "Schrijf erbij waarom."),
        ("niet-van-ons", {"naam": ""}, "Vul uw naam in."),
        ("niet-van-ons", {"afdeling": "bestaat-niet"}, "Kies een andere afdeling uit de lijst."),
        ("niet-van-ons", {"afdeling": "parkeren"}, "Kies een andere afdeling uit de lijst."),
    ],
)
def test_p4_half_an_answer_is_asked_again_and_what_was_typed_stays(office: Desk, page, fields, sentence) -> None:
    answer = send(office, page, **fields)
    assert answer.status_code == 422
    assert sentence in words(answer)
    if "uitleg" not in fields:
        assert "Het dossier ligt daar.</textarea>" in answer.text
    assert office.rows(RequestReply) == []


def test_p4_a_request_is_passed_on_and_the_next_department_gets_its_own_link(office: Desk) -> None:
    send(office, "niet-van-ons", afdeling="wonen")
    (line,) = read_requests(office.services, NOOR, office.number).replies
    assert (line.proposed, line.asks_time) == ("wonen", False)
    later = office.today + timedelta(20)
    act(office.services, NOOR, DecideReply(line.id, granted=True, department="wonen", due=later))
    asked = [row for row in office.rows(MailRow) if row.template == "stukkenverzoek"]
    assert [row.recipient for row in asked] == ["parkeren@voorbeeldstad.example", "wonen@voorbeeldstad.example"]
    token = office.token_for("wonen")
    with office.services.sessions() as session:
        assert f"/verzoek/{token}" in with_links(office.services, session, asked[1].body)
    page = words(office.client.get(f"/verzoek/{token}"))
    assert "Stukken aanleveren" in page
    assert "Bezwaarschrift" in page  # what the case was filed with, as the first department read it
    old = words(office.client.get(office.address))
    assert "Doorgegeven aan Wonen" in old
    assert "Stukken aanleveren" not in old
    assert min(reminders(office)) > str(office.today)
    mail = next(row for row in office.rows(MailRow) if row.template == "department-reply")
    assert "Wij vragen de stukken nu aan Wonen." in mail.body


def test_p4_not_ours_without_knowing_whose_is_decided_by_the_worker(office: Desk) -> None:
    send(office, "niet-van-ons")
    (reply,) = office.rows(RequestReply)
    assert (reply.kind, reply.department) == ("not_ours", None)
    with pytest.raises(Invalid):
        act(office.services, NOOR, DecideReply(reply.id, granted=True, due=office.today))
    act(office.services, NOOR, DecideReply(reply.id, granted=False, note="Uw afdeling nam het besluit."))
    assert "Stukken aanleveren" in office.client.get(office.address).text


def test_p4_the_same_is_not_said_twice_while_nobody_decided(office: Desk) -> None:
    first, same = send(office, "niet-van-ons"), send(office, "niet-van-ons")
    assert first.url == same.url
    again = send(office, "niet-van-ons", key="een-andere-sleutel", afdeling="wonen")
    assert again.status_code == 409
    assert "U schreef dit al." in again.text
    assert len(office.rows(RequestReply)) == 1
