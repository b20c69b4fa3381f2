"""What a page confirms has happened, what is mailed works, and what counts as sent can be read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hostile_kit import intake
from kit.browser import ORIGIN, TestClient
from kit.cases import open_task, register_bezwaar, rows
from kit.people import NOOR, TESS, signed_in
from sqlalchemy import update

from portal.app import create_app
from portal.security.sessions import cookie_name
from portal.workbench import doors, task
from portal.workbench import register as registering
from processes.access.links import with_links
from processes.actions import act
from processes.actions.course import PressButton
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.dossier_links import RevokeLink
from processes.actions.filing import NewDocument
from processes.actions.post import ConfirmPosted
from processes.base.clock import local_date
from processes.base.errors import Busy, Invalid, NotNow
from processes.base.uploads import Upload
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, DocumentRequestRow, DocumentRow, Dossier, MailRow, NoticeRow

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def a_document(services: Services, number: str) -> str:
    with services.files.open_incoming() as file:
        file.write(PDF)
        blob, sha256, size = file.finish()
    upload = Upload("verslag.pdf", "application/pdf", size, sha256, blob)
    act(services, NOOR, AddDocuments(number, (NewDocument(upload, "report", "Verslag"),)))
    return str(rows(services, DocumentRow)[-1].id)


def change(services: Services, table: Any, **values: Any) -> None:
    with services.sessions.begin() as session:
        session.execute(update(table).values(**values))


def test_a_button_of_a_request_that_ended_is_not_confirmed(services: Services) -> None:
    number = register_bezwaar(services)
    intake(services)
    stop = PressButton(number, "stop_request", rows(services, DocumentRequestRow)[0].instance_id)
    act(services, NOOR, stop)
    before = len(rows(services, AuditRow))
    with pytest.raises(NotNow, match="intussen klaar"):
        act(services, NOOR, stop)
    assert len(rows(services, AuditRow)) == before


def test_b7_who_is_asked_again_after_revoking_gets_a_link_that_works(services: Services) -> None:
    number = register_bezwaar(services)
    intake(services)
    (before,) = rows(services, Dossier)
    act(services, NOOR, RevokeLink(before.id))
    act(services, NOOR, PressButton(number, "more_documents"))
    (after,) = rows(services, Dossier)
    token = services.secrets.link_token(after.salt)
    with services.sessions() as session:
        text = with_links(services, session, rows(services, MailRow)[-1].body)
    client = TestClient(create_app(services))
    assert (after.revoked_at, f"/verzoek/{token}" in text) == (None, True)
    assert client.get(f"/verzoek/{token}").status_code == 200
    assert client.get(f"/verzoek/{services.secrets.link_token(before.salt)}").status_code == 404


def test_o35_no_document_goes_to_a_department_whose_link_has_expired(services: Services) -> None:
    document = a_document(services, register_bezwaar(services))
    yesterday = local_date(business_now(services)) - timedelta(1)
    change(services, Case, state="closed", departments_until=yesterday)
    mails = len(rows(services, MailRow))
    with pytest.raises(NotNow, match="afdelingen kunnen er niet meer in"):
        act(services, NOOR, GiveToDepartment(document, "parkeren"))
    assert len(rows(services, MailRow)) == mails


def test_d38_d66_a_notice_that_the_portal_hides_goes_by_post(services: Services) -> None:
    register_bezwaar(services, TESS)
    change(services, Case, confidentiality="vertrouwelijk")
    mails = len(rows(services, MailRow))
    intake(services, complete=False)
    notice = rows(services, NoticeRow)[-1]
    assert (notice.template, notice.channel, notice.sent_on) == ("aanvulling", "post", None)
    assert len(rows(services, MailRow)) == mails


def test_a_letter_made_just_after_midnight_was_not_sent_the_day_before(services: Services) -> None:
    register_bezwaar(services)
    change(services, NoticeRow, channel="post", sent_on=None, created_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    day = local_date(datetime(2026, 7, 1, 12, tzinfo=UTC))
    with pytest.raises(Invalid):
        act(services, NOOR, ConfirmPosted(rows(services, NoticeRow)[0].id, day))


def committed_but_not_heard(*_: object, **__: object) -> str:
    raise Busy


def test_i5_files_stay_when_nobody_knows_whether_they_were_stored(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = register_bezwaar(services)
    client = TestClient(create_app(services))
    made = signed_in(services, NOOR)
    client.cookies.set(cookie_name(services.settings, "staff"), made.cookie)
    for room in (doors, task, registering):
        monkeypatch.setattr(room, "act", committed_but_not_heard)
    day = local_date(business_now(services)).isoformat()
    case = {
        "received_on": day, "channel": "letter", "party-0-role": "objector", "party-0-kind": "person",
        "party-0-name": "Tess", "party-0-channel": "post", "party-0-address": "Weg 1", "grounds": "Oneerlijk",
        "decision-0-subject": "Iets", "decision-0-announced_on": day, "document-0-type": "submission",
    }  # fmt: skip
    intake_form = {"in_time": "ja", "objectable": "ja", "right_body": "ja", "complete": "ja", "route": "commissie",
                   "department": "parkeren"}  # fmt: skip
    for address, fields, name in (
        (f"/werk/zaken/{number}/documenten", {"type": "report", "title": "Verslag"}, "files"),
        ("/werk/nieuw/bezwaar", case, "document-0-files"),
        (f"/werk/taken/{open_task(services, 'Intake')}", intake_form, "files"),
    ):
        before = len(list(services.files.all_blobs()))
        files = [(name, ("verslag.pdf", PDF, "application/pdf"))]
        answer = client.post(address, data={"csrf": made.csrf, "form_key": "k", **fields}, files=files, headers=ORIGIN)
        assert (address, answer.status_code, len(list(services.files.all_blobs()))) == (address, 503, before + 1)
