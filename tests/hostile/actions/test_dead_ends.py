"""What a page confirms has happened, what is mailed works, and what counts as sent can be read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hostile_house import NOOR, TESS, intake, open_task, register, rows
from portal_house import ORIGIN, TestClient
from sqlalchemy import update

from portal.app import create_app
from portal.security.sessions import cookie_name
from portal.workbench import doors, task
from portal.workbench import register as registering
from processes import web_sessions
from processes.actions import act
from processes.actions.course import PressButton
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.actions.post import ConfirmPosted
from processes.actions.requests import RevokeLink
from processes.clock import local_date
from processes.database.tables import AuditRow, Case, DocumentRequestRow, DocumentRow, Dossier, MailRow, NoticeRow
from processes.demo_clock import business_now
from processes.errors import Busy, Invalid, NotNow
from processes.house import House
from processes.post.links import with_links
from processes.uploads import Upload

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def a_document(house: House, number: str) -> str:
    with house.files.open_incoming() as file:
        file.write(PDF)
        blob, sha256, size = file.finish()
    upload = Upload("verslag.pdf", "application/pdf", size, sha256, blob)
    act(house, NOOR, AddDocuments(number, (NewDocument(upload, "report", "Verslag"),)))
    return str(rows(house, DocumentRow)[-1].id)


def change(house: House, table: Any, **values: Any) -> None:
    with house.sessions.begin() as session:
        session.execute(update(table).values(**values))


def test_a_button_of_a_request_that_ended_is_not_confirmed(house: House) -> None:
    number = register(house)
    intake(house)
    stop = PressButton(number, "stop_request", rows(house, DocumentRequestRow)[0].instance_id)
    act(house, NOOR, stop)
    before = len(rows(house, AuditRow))
    with pytest.raises(NotNow, match="intussen klaar"):
        act(house, NOOR, stop)
    assert len(rows(house, AuditRow)) == before


def test_b7_who_is_asked_again_after_revoking_gets_a_link_that_works(house: House) -> None:
    number = register(house)
    intake(house)
    (before,) = rows(house, Dossier)
    act(house, NOOR, RevokeLink(before.id))
    act(house, NOOR, PressButton(number, "more_documents"))
    (after,) = rows(house, Dossier)
    token = house.secrets.link_token(after.salt)
    with house.sessions() as session:
        text = with_links(house, session, rows(house, MailRow)[-1].body)
    client = TestClient(create_app(house))
    assert (after.revoked_at, f"/verzoek/{token}" in text) == (None, True)
    assert client.get(f"/verzoek/{token}").status_code == 200
    assert client.get(f"/verzoek/{house.secrets.link_token(before.salt)}").status_code == 404


def test_o35_no_document_goes_to_a_department_whose_link_has_expired(house: House) -> None:
    document = a_document(house, register(house))
    yesterday = local_date(business_now(house)) - timedelta(1)
    change(house, Case, state="closed", departments_until=yesterday)
    mails = len(rows(house, MailRow))
    with pytest.raises(NotNow, match="afdelingen kunnen er niet meer in"):
        act(house, NOOR, GiveToDepartment(document, "parkeren"))
    assert len(rows(house, MailRow)) == mails


def test_d38_d66_a_notice_that_the_portal_hides_goes_by_post(house: House) -> None:
    register(house, TESS)
    change(house, Case, confidentiality="vertrouwelijk")
    mails = len(rows(house, MailRow))
    intake(house, complete=False)
    notice = rows(house, NoticeRow)[-1]
    assert (notice.template, notice.channel, notice.sent_on) == ("aanvulling", "post", None)
    assert len(rows(house, MailRow)) == mails


def test_a_letter_made_just_after_midnight_was_not_sent_the_day_before(house: House) -> None:
    register(house)
    change(house, NoticeRow, channel="post", sent_on=None, created_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    day = local_date(datetime(2026, 7, 1, 12, tzinfo=UTC))
    with pytest.raises(Invalid):
        act(house, NOOR, ConfirmPosted(rows(house, NoticeRow)[0].id, day))


def committed_but_not_heard(*_: object, **__: object) -> str:
    raise Busy


def test_i5_files_stay_when_nobody_knows_whether_they_were_stored(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = register(house)
    client = TestClient(create_app(house))
    made = web_sessions.create(house, "staff", NOOR.subject, NOOR.name, NOOR.roles)
    client.cookies.set(cookie_name(house.settings, "staff"), made.cookie)
    for room in (doors, task, registering):
        monkeypatch.setattr(room, "act", committed_but_not_heard)
    day = local_date(business_now(house)).isoformat()
    case = {
        "received_on": day, "channel": "letter", "party-0-role": "objector", "party-0-kind": "person",
        "party-0-name": "Tess", "party-0-channel": "post", "party-0-address": "Weg 1", "grounds": "Oneerlijk",
        "decision-0-subject": "Iets", "decision-0-announced_on": day, "document-0-type": "submission",
    }  # fmt: skip
    intake_form = {"in_time": "ja", "objectable": "ja", "forward_to": "het UWV", "route": "commissie",
                   "department": "parkeren"}  # fmt: skip
    for address, fields, name in (
        (f"/werk/zaken/{number}/documenten", {"type": "report", "title": "Verslag"}, "files"),
        ("/werk/nieuw/bezwaar", case, "document-0-files"),
        (f"/werk/taken/{open_task(house, 'Intake')}", intake_form, "files"),
    ):
        before = len(list(house.files.all_blobs()))
        files = [(name, ("verslag.pdf", PDF, "application/pdf"))]
        answer = client.post(address, data={"csrf": made.csrf, "form_key": "k", **fields}, files=files, headers=ORIGIN)
        assert (address, answer.status_code, len(list(house.files.all_blobs()))) == (address, 503, before + 1)
