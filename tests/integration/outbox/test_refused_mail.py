"""What goes over the line, and a mail that no server takes: refused once, told to the case, a notice among them to post."""

import email
import email.policy
import io
from dataclasses import replace
from datetime import timedelta

import pypdf
import pytest
from kit.browser import Browser
from kit.people import ADA, FENNA, NOOR, PIET
from sqlalchemy import select, update

from processes.actions import act
from processes.actions.mailing import RetryMail, SettleMail
from processes.actions.post import ConfirmPosted
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.base.errors import AlreadyDone, Invalid, NotAllowed
from processes.execution.unit_of_work import transact
from processes.jobs.gauges import exposition
from processes.jobs.workers import drain
from processes.post import letters
from processes.post.letters import LetterChanged, make_letter
from processes.post.queue import queue_mail
from processes.post.sending import NO_ACCENTS, NO_ADDRESS, MailDelayed, send_mail
from processes.reads.admin import read_attention
from processes.storage.services import Services
from processes.storage.tables import (
    AuditRow,
    Case,
    CorrectionRow,
    DocumentRow,
    Dossier,
    MailRow,
    NoteRow,
    NoticeRow,
    OutboxRow,
    Party,
)
from processes.storage.words import TrailAction


def with_smtp(services: Services, address: str, **settings: str) -> Services:
    return replace(services, settings=replace(services.settings, smtp=address, **settings))


def change(services: Services, table: type, **values: object) -> None:
    with services.sessions.begin() as session:
        session.execute(update(table).values(**values))


def all_of(services: Services, table: type) -> list:
    with services.sessions() as session:
        return list(session.scalars(select(table).order_by(table.id)))


def the_mail(services: Services) -> MailRow:
    return all_of(services, MailRow)[0]


WIRE = {  # as stored -> as a server without SMTPUTF8 is told, or why it was not
    "tess@post.example": "tess@post.example",
    "tess@post.example\u200b": "tess@post.example",
    "\ufeff tess@post.example": "tess@post.example",
    "<tess@post.example>": "tess@post.example",
    "bram@café-voorbeeld.nl": "bram@xn--caf-voorbeeld-dhb.nl",
    "lena@пример.рф": "lena@xn--e1afmkfd.xn--p1ai",
    "o'neil+x@post.example": "o'neil+x@post.example",
    "josé@post.example": NO_ACCENTS,
    "почта@пример.рф": NO_ACCENTS,
    "jan@[voorbeeld.nl": NO_ADDRESS,
    "jan": NO_ADDRESS,
    "a@b.example\r\nBcc: c@d.example": NO_ADDRESS,
    "": NO_ADDRESS,
}


@pytest.mark.parametrize("stored", WIRE)
def test_an_address_goes_over_the_line_in_ascii_or_is_refused_at_once(
    services: Services, seeded, mail_server, stored: str
) -> None:
    change(services, MailRow, recipient=stored)
    send_mail(with_smtp(services, mail_server.address), {"mail": seeded.mail})
    mail = the_mail(services)
    if "@" in WIRE[stored] and " " not in WIRE[stored]:
        assert mail_server.reached == [WIRE[stored]]
        assert email.message_from_bytes(mail_server.received[0], policy=email.policy.default)["To"] == WIRE[stored]
        assert (mail.error, mail.sent_at is not None) == (None, True)
    else:
        assert mail_server.reached == []
        assert (mail.error, mail.sent_at) == (WIRE[stored], None)


@pytest.mark.parametrize("mail_server", [True], indirect=True)
@pytest.mark.parametrize(("stored", "told"), [
    ("josé@café.example", "josé@xn--caf-dma.example"), ("tess@post.example", "tess@post.example"),
])  # fmt: skip
def test_a_server_that_takes_accents_is_given_them(services: Services, seeded, mail_server, stored, told) -> None:
    change(services, MailRow, recipient=stored)
    send_mail(with_smtp(services, mail_server.address), {"mail": seeded.mail})
    assert mail_server.reached == [told]
    assert the_mail(services).sent_at is not None


SIGNS = ["\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x7f", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sign_in_a_header_keeps_a_mail_or_begins_another_header(
    services: Services, seeded, mail_server, sign: str
) -> None:
    change(services, MailRow, subject=f"Vergunning{sign}Bcc: x@y.example{sign}horeca {'lang ' * 30}é")
    named = {"organisation": f'Stad "{sign}Bcc: x@y.example{sign}" aan Zee é', "mail_from": "zaken@café.example"}
    send_mail(with_smtp(services, mail_server.address, **named), {"mail": seeded.mail})
    made = email.message_from_bytes(mail_server.received[0], policy=email.policy.default)
    assert made["Subject"] == f"Vergunning Bcc: x@y.example horeca {'lang ' * 30}é"
    assert made["From"].addresses[0].display_name == 'Stad " Bcc: x@y.example " aan Zee é'
    assert made["From"].addresses[0].addr_spec == "zaken@xn--caf-dma.example"
    assert made["Bcc"] is None
    assert [len(made.get_all(name)) for name in ("To", "From", "Subject", "Date", "Message-ID")] == [1] * 5
    assert mail_server.reached == ["tess@post.example"]


def test_a_new_mail_is_kept_with_a_clean_subject_and_an_ascii_message_id(services: Services, seeded) -> None:
    there = replace(services, settings=replace(services.settings, mail_from="zaken@café.example"))

    def queue(work) -> str:
        queue_mail(work, work.session.get(Case, seeded.case), "t", "a@b.example", "Een\u2028twee", "x", "key")
        return ""

    transact(there, SYSTEM, queue)
    made = all_of(services, MailRow)[-1]
    assert made.subject == "Een twee"
    assert made.message_id.endswith("@xn--caf-dma.example>")


ANSWERS = [  # at which command, the answer, whether it is for good
    ("recipients", "550 5.1.1 no such person", True),
    ("recipients", "553 mailbox name not allowed", True),
    ("recipients", "551 not local", True),
    ("recipients", "450 mailbox busy", False),
    ("recipients", "451 greylisted", False),
    ("recipients", "530 5.7.0 authentication required", False),
    ("senders", "552 message too large", True),
    ("senders", "550 sender unknown", False),
    ("senders", "451 later", False),
    ("answers", "554 5.7.1 refused", True),
    ("answers", "552 too large", True),
    ("answers", "452 no room", False),
]


@pytest.mark.parametrize(("command", "answer", "for_good"), ANSWERS)
def test_only_what_is_about_this_mail_and_for_good_is_a_refusal(
    services: Services, seeded, mail_server, command: str, answer: str, for_good: bool
) -> None:
    there = with_smtp(services, mail_server.address)
    getattr(mail_server, command).append(answer)
    if for_good:
        send_mail(there, {"mail": seeded.mail})
        assert the_mail(services).error == f"De mailserver weigert deze mail: {answer}"
        send_mail(there, {"mail": seeded.mail})  # the outbox may do it twice
        assert (mail_server.received, len(all_of(services, NoteRow))) == ([], 1)
    else:
        with pytest.raises(MailDelayed):
            send_mail(there, {"mail": seeded.mail})
        assert (the_mail(services).error, all_of(services, NoteRow)) == (None, [])
        send_mail(there, {"mail": seeded.mail})
        assert the_mail(services).sent_at is not None


def refuse_it(services: Services, seeded, mail_server, answer: str = "550 <tess@post.example> unknown") -> Services:
    there = with_smtp(services, mail_server.address)
    mail_server.recipients.append(answer)
    send_mail(there, {"mail": seeded.mail})
    return there


def test_the_case_hears_of_it_in_an_unread_note_without_an_address(services: Services, seeded, mail_server) -> None:
    refuse_it(services, seeded, mail_server)
    (note,) = all_of(services, NoteRow)
    assert (note.case_id, note.kind, note.read_by_handler) == (seeded.case, "note", False)
    assert "'Wij kregen uw bezwaar: één' is niet aangekomen" in note.text
    assert "Verbeter het adres" in note.text
    assert "tess@" not in note.text
    recorded = [
        row.action for row in all_of(services, AuditRow) if row.action != TrailAction.CHANGED
    ]  # not how it was seeded
    assert recorded == ["mail_refused"]


@pytest.mark.parametrize("channel", ["portal", "link"])
@pytest.mark.parametrize("made_before", [True, False])
def test_a_formal_notice_that_cannot_be_mailed_becomes_a_letter_to_post(
    services: Services, seeded, mail_server, channel: str, made_before: bool
) -> None:
    now = services.clock.now()
    change(services, NoticeRow, channel=channel, created_at=now, sent_on=local_date(now))
    change(services, MailRow, notice_id=seeded.notice)
    if made_before:
        make_letter(services, {"notice": seeded.notice})
    refuse_it(services, seeded, mail_server)
    (notice,) = all_of(services, NoticeRow)
    assert (notice.channel, notice.sent_on, notice.document_id) == ("post", None, None)
    if made_before:
        drain(services)
    else:
        make_letter(services, {"notice": seeded.notice})
    (notice,) = all_of(services, NoticeRow)
    documents = {row.id: row for row in all_of(services, DocumentRow)}
    printed = documents[notice.document_id]
    text = pypdf.PdfReader(io.BytesIO(b"".join(services.files.read(printed.blob)))).pages[0].extract_text()
    assert "Denkstraat 1" in text
    assert len(documents) == (2 if made_before else 1)
    assert sum(row.on_portal for row in documents.values()) == (0 if made_before and channel == "link" else 1)
    assert "gaat daarom per post" in all_of(services, NoteRow)[0].text
    act(services, NOOR, ConfirmPosted(notice.id, local_date(now)))
    assert all_of(services, NoticeRow)[0].sent_on == local_date(now)


def test_without_a_street_the_note_says_to_ask_for_it(services: Services, seeded, mail_server) -> None:
    change(services, NoticeRow, channel="portal")
    change(services, MailRow, notice_id=seeded.notice)
    change(services, Party, address=None)
    refuse_it(services, seeded, mail_server)
    assert "Het postadres is niet bekend" in all_of(services, NoteRow)[0].text


def test_a_letter_that_was_being_made_meanwhile_is_made_again(services: Services, seeded, monkeypatch) -> None:
    change(services, NoticeRow, channel="portal")
    real = letters.letter_pdf

    def slow(letter) -> bytes:
        change(services, NoticeRow, channel="post")
        return real(letter)

    monkeypatch.setattr(letters, "letter_pdf", slow)
    with pytest.raises(LetterChanged):
        make_letter(services, {"notice": seeded.notice})
    assert (all_of(services, DocumentRow), list(services.files.all_blobs())) == ([], [])
    make_letter(services, {"notice": seeded.notice})
    assert len(all_of(services, DocumentRow)) == 1


def test_a_better_address_goes_to_the_party_and_the_same_mail_leaves(services: Services, seeded, mail_server) -> None:
    there = refuse_it(services, seeded, mail_server)
    act(services, NOOR, RetryMail(seeded.mail, "tess.testeling@post.example\u200b", "Zij belde."))
    drain(there)
    assert mail_server.reached == ["tess.testeling@post.example"]
    assert email.message_from_bytes(mail_server.received[0])["Message-ID"] == "<1@voorbeeldstad.example>"
    assert all_of(services, Party)[0].email == "tess.testeling@post.example"
    assert [row for row in all_of(services, OutboxRow) if row.done_at is None] == []
    assert all_of(services, NoteRow)[-1].text.endswith("naar een verbeterd adres. Reden: Zij belde.")
    (kept,) = all_of(services, CorrectionRow)
    assert (kept.was, kept.became) == ({"email": "tess@post.example"}, {"email": "tess.testeling@post.example"})
    assert kept.reason == "Een e-mail kwam niet aan. Zij belde."
    with pytest.raises(AlreadyDone):
        act(services, NOOR, RetryMail(seeded.mail))


def test_who_does_not_know_a_party_says_no_other_address_for_it(services: Services, seeded, mail_server) -> None:
    """Nor an administrator: a link of somebody whose name is kept would go where they say. The same address may be tried again."""
    change(services, Party, confidential=True)
    change(services, Case, handler="noor")
    refuse_it(services, seeded, mail_server)
    for one in (PIET, FENNA):
        with pytest.raises(NotAllowed, match="werkt"):
            act(services, one, RetryMail(seeded.mail, "een.ander@post.example", "Hij belde."))
    assert all_of(services, Party)[0].email == "tess@post.example"
    act(services, PIET, RetryMail(seeded.mail))


def test_a_better_address_ends_the_link_that_went_to_the_old_one(services: Services, seeded, mail_server) -> None:
    """And what waits goes along, as it does when staff correct a party."""
    there = refuse_it(services, seeded, mail_server)
    now, salt = services.clock.now(), b"0123456789abcdef"
    with services.sessions.begin() as session:
        (party,) = session.query(Party)
        session.add(Dossier(case_id=seeded.case, party_id=party.id, salt=salt, token_hash="x", opened_at=now))
    act(services, NOOR, RetryMail(seeded.mail, "tess.testeling@post.example", "Zij belde."))
    (dossier,) = all_of(services, Dossier)
    assert (dossier.salt != salt, dossier.revoked_at) == (True, None)
    assert "Het nieuwe adres kreeg een nieuwe link" in all_of(services, NoteRow)[-1].text
    drain(there)
    assert set(mail_server.reached) == {"tess.testeling@post.example"}


def test_a_refused_mail_is_settled_once(services: Services, seeded, mail_server) -> None:
    refuse_it(services, seeded, mail_server)
    act(services, NOOR, SettleMail(seeded.mail))
    for action in (SettleMail(seeded.mail), RetryMail(seeded.mail)):
        with pytest.raises(AlreadyDone):
            act(services, NOOR, action)


def test_who_may_not_or_types_nonsense_changes_nothing(services: Services, seeded, mail_server) -> None:
    refuse_it(services, seeded, mail_server)
    with pytest.raises(Invalid) as wrong:
        act(services, NOOR, RetryMail(seeded.mail, "tess@[post.example", "Zij belde."))
    assert set(wrong.value.fields) == {"address"}
    for reason in ("", " ", "x" * 2001):  # the link of somebody goes nowhere else without a reason
        with pytest.raises(Invalid) as wrong:
            act(services, NOOR, RetryMail(seeded.mail, "een.ander@post.example", reason))
        assert set(wrong.value.fields) == {"reason"}
    for action in (SettleMail(seeded.mail), RetryMail(seeded.mail)):
        with pytest.raises(NotAllowed):
            act(services, ADA, action)
    assert (the_mail(services).error is None, the_mail(services).recipient) == (False, "tess@post.example")


def sent(services: Services, number: int, **more: object) -> None:
    moment = services.clock.now()
    with services.sessions.begin() as session:
        session.add_all(
            MailRow(
                template="bericht", recipient="x@post.example", subject="Bericht", body="x",
                message_id=f"<{len(more)}-{one}-{sorted(more.items())}@voorbeeldstad.example>"[:120], **{"sent_at": moment, "created_at": moment, **more},
            )
            for one in range(number)
        )  # fmt: skip


def test_p8_a_large_share_of_mail_that_comes_back_raises_an_alarm_and_is_a_figure(services: Services, seeded) -> None:
    change(services, MailRow, sent_at=services.clock.now())
    old = services.clock.now() - timedelta(days=8)
    sent(services, 30, sent_at=None, error="550 onbekend", created_at=old)
    sent(services, 5, sent_at=None, error="Niet verstuurd: de link in deze e-mail is ingetrokken.")
    sent(services, 37)
    sent(services, 1, sent_at=None, error="550 onbekend")
    assert read_attention(services, FENNA).returned is None  # one of 39
    sent(services, 1, sent_at=None, error="550 vol")
    found = read_attention(services, FENNA).returned
    assert (found.mails, found.returned) == (40, 2)
    assert b"zaakspoor_mails_returned_ratio 0.05" in exposition(services)
    page = Browser(services, FENNA).get("/beheer")
    assert "Van 40 e-mails van de laatste zeven dagen kwamen er 2 niet aan." in page
