"""P8: the envelope of each mail carries an address of its own, so that what comes back tells which mail it was."""

import email
import email.policy
from dataclasses import replace

import pytest
from sqlalchemy import update

from processes.post.return_address import has_mark, marked_mail, return_address
from processes.post.sending import send_mail
from processes.storage.services import Services
from processes.storage.tables import MailRow


def with_settings(services: Services, **settings: str) -> Services:
    return replace(services, settings=replace(services.settings, **settings))


def found(services: Services, address: str) -> int | None:
    with services.sessions() as session:
        mail = marked_mail(session, services.secrets, [address])
        return mail.id if mail else None


def sent(services: Services, seeded, mail_server, **settings: str) -> tuple[str, email.message.EmailMessage]:
    """The envelope sender as the server heard it, and the message."""
    send_mail(with_settings(services, smtp=mail_server.address, **settings), {"mail": seeded.mail})
    (raw,) = mail_server.received
    return mail_server.senders_heard[-1], email.message_from_bytes(raw, policy=email.policy.default)


def test_p8_a_mail_leaves_with_a_return_address_of_its_own(services: Services, seeded, mail_server) -> None:
    envelope, made = sent(services, seeded, mail_server, bounce_address="bounce@café.example")
    assert envelope.startswith("bounce+1")
    assert envelope.endswith("@xn--caf-dma.example")
    assert len(envelope.partition("@")[0]) <= 64
    assert "tess" not in envelope
    assert made["From"].addresses[0].addr_spec == "zaken@voorbeeldstad.example"  # the reader sees the sender as before
    for written in (envelope, envelope.upper(), f"<{envelope}>"):
        assert found(services, written) == seeded.mail


def test_p8_without_the_setting_mail_comes_back_to_the_sender_as_before(
    services: Services, seeded, mail_server
) -> None:
    envelope, _ = sent(services, seeded, mail_server)
    assert envelope == "zaken@voorbeeldstad.example"


def test_p8_headers_ask_for_no_receipts_and_name_no_list(services: Services, seeded, mail_server) -> None:
    _, made = sent(services, seeded, mail_server, bounce_address="bounce@zaken.example")
    assert (made["Auto-Submitted"], made["X-Auto-Response-Suppress"]) == ("auto-generated", "DR, RN, NRN")
    wrong = {"precedence", "return-path", "sender", "errors-to", "disposition-notification-to"}
    assert not [name for name in made if name.lower() in wrong or name.lower().startswith("list-")]
    assert made["Reply-To"] is None  # an answer goes to the sender, or where an administrator said


FORGED = [
    "bounce@zaken.example", "bounce+1@zaken.example", f"bounce+1{'0' * 32}@zaken.example", "bounce+zz@zaken.example",
    f"bounce+{'f' * 15}{'0' * 32}@zaken.example", f"bounce+{'f' * 200}@zaken.example", "", "+@", "+1\x00@",
]  # fmt: skip


@pytest.mark.parametrize("address", FORGED)
def test_p8_an_address_that_was_not_made_here_is_of_no_mail(services: Services, seeded, address: str) -> None:
    assert found(services, address) is None


def test_p8_what_comes_back_of_an_old_address_does_not_count_for_the_better_one(services: Services, seeded) -> None:
    there = with_settings(services, bounce_address="bounce@zaken.example")
    with services.sessions() as session:
        old = return_address(there, session.get_one(MailRow, seeded.mail))
    with services.sessions.begin() as session:
        session.execute(update(MailRow).values(recipient="tess.testeling@post.example"))
    assert (found(services, old), has_mark([old])) == (None, True)
