"""Mails and letters through the outbox: each leaves, a repeat changes nothing, a destroyed case stays silent."""

import email
import email.policy
import io
from dataclasses import replace

import pypdf
import pytest
from sqlalchemy import delete, select

from processes.post.letters import make_letter
from processes.post.sending import MailDelayed, send_mail
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, MailRow, NoticeRow, OutboxRow


def with_smtp(services: Services, address: str) -> Services:
    return replace(services, settings=replace(services.settings, smtp=address))


def mail_row(services: Services, mail_id: int) -> MailRow:
    with services.sessions() as session:
        return session.get_one(MailRow, mail_id)


def test_the_mailbox_only_marks(services: Services, seeded) -> None:
    send_mail(services, {"mail": seeded.mail})
    assert mail_row(services, seeded.mail).sent_at is not None


def test_a_mail_has_one_message_id_and_two_readable_parts(services: Services, seeded, mail_server) -> None:
    there = with_smtp(services, mail_server.address)
    send_mail(there, {"mail": seeded.mail})
    send_mail(there, {"mail": seeded.mail})
    (raw,) = mail_server.received
    made = email.message_from_bytes(raw, policy=email.policy.default)
    plain, rich = made.get_body(("plain",)), made.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert (made["Message-ID"], made["To"]) == ("<1@voorbeeldstad.example>", "tess@post.example")
    assert made["Subject"] == "Wij kregen uw bezwaar: één"
    assert "https://zaken.example/mijn?a=1&b=2." in plain.get_content()
    assert '<a href="https://zaken.example/mijn?a=1&amp;b=2">' in rich.get_content()


ANSWERS = {
    "451 later": (0, True),
    "421 too busy": (0, True),
    "550 no such person": (0, False),
    "dropped after DATA": (1, True),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_the_server_answers(services: Services, seeded, mail_server, answer: str) -> None:
    received, again = ANSWERS[answer]
    mail_server.answers = [answer]
    there = with_smtp(services, mail_server.address)
    if again:
        with pytest.raises(MailDelayed):
            send_mail(there, {"mail": seeded.mail})
        send_mail(there, {"mail": seeded.mail})
        assert mail_row(services, seeded.mail).sent_at is not None
        assert len({email.message_from_bytes(raw)["Message-ID"] for raw in mail_server.received}) == 1
        assert len(mail_server.received) == received + 1
    else:
        send_mail(there, {"mail": seeded.mail})
        row = mail_row(services, seeded.mail)
        assert (row.sent_at, row.error) == (None, "De mailserver weigert deze mail: 550 no such person")


def test_a_mail_server_that_is_down_delays(services: Services, seeded) -> None:
    with pytest.raises(MailDelayed):
        send_mail(with_smtp(services, "smtp://127.0.0.1:9"), {"mail": seeded.mail})
    assert mail_row(services, seeded.mail).sent_at is None


def test_a_letter_becomes_a_document_of_its_addressee_once(services: Services, seeded) -> None:
    for _ in range(3):
        make_letter(services, {"notice": seeded.notice})
    with services.sessions() as session:
        (document,) = session.scalars(select(DocumentRow)).all()
        notice = session.get_one(NoticeRow, seeded.notice)
    content = b"".join(services.files.read(document.blob))
    assert notice.document_id == document.id
    assert (document.reference, document.type) == ("BZW-2027-00001-D1", "correspondence")
    assert (document.party_id, document.origin, document.on_portal) == (seeded.party, "system", True)
    assert (document.size, len(list(services.files.all_blobs()))) == (len(content), 1)
    read = pypdf.PdfReader(io.BytesIO(content))
    text = read.pages[0].extract_text()
    assert "Denkstraat 1" in text
    assert "14 februari 2027" in text
    assert "Ontvangst <b>van</b> uw bezwaar" in text
    assert (read.root_object["/Lang"], read.metadata.title) == ("nl", "Ontvangst <b>van</b> uw bezwaar")
    assert b"pdfuaid:part" in content or "/MarkInfo" in read.root_object


def test_a_notice_by_portal_shows_no_address(services: Services, seeded) -> None:
    with services.sessions.begin() as session:
        session.get_one(NoticeRow, seeded.notice).channel = "portal"
    make_letter(services, {"notice": seeded.notice})
    with services.sessions() as session:
        blob = session.scalars(select(DocumentRow.blob)).one()
    page = pypdf.PdfReader(io.BytesIO(b"".join(services.files.read(blob)))).pages[0]
    assert "Denkstraat" not in page.extract_text()


def test_after_destruction_nothing_leaves_and_nothing_is_made(services: Services, seeded, mail_server) -> None:
    with services.sessions.begin() as session:
        session.execute(delete(MailRow))
        session.execute(delete(NoticeRow))
        session.execute(delete(OutboxRow))
    send_mail(with_smtp(services, mail_server.address), {"mail": seeded.mail})
    make_letter(services, {"notice": seeded.notice})
    assert (mail_server.received, list(services.files.all_blobs())) == ([], [])
