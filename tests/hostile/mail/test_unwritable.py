"""T2: an address or text that no mail can be made of is refused for good, never tried again for ever."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller
from kit.installation import installation
from kit.tries import tried

from bench.rabbit import free_port
from processes.dated import MailSender
from processes.post.sending import send
from processes.storage.services import Services
from processes.storage.tables import MailRow

ADDRESSES = [
    "a@[b.nl", "a@[127.0.0.1", "a@[IPv6:", "a@]", "@", "a@", "@b.nl", "", " ", "a@b..nl", "a@.nl", "a@-b.nl", "a@xn--.nl", "a@xn--a",
    "\ud800@b.nl", "a@\ud800.nl", "a\0@b.nl", "a@b\0.nl", "a@b.nl\r\nRCPT TO:<c@d.nl>", "a@b.nl,c@d.nl", "groep:a@b.nl;",
    '"a b"@c.nl', '"a@[b"@c.nl', "a(b)@c.nl", "a\\@b.nl", "a..b@c.nl", "<a@b.nl", "x" * 400 + "@b.nl", "a@" + "b." * 200 + "nl",
    "\u202ea@b\u202c", "a@1.2.3.4", "=?utf-8?q?a?=@", "a@b.nl>" * 3,
]  # fmt: skip
TEXTS = [
    "",
    "\ud800",
    "a\r\nBcc: c@d.nl\r\n\r\nb",
    "a\0b",
    "\u2028",
    "x" * 5_000,
    "=?utf-8?q?=00?=",
    "\x85a\x0bb",
    "é" * 998,
    ".\r\n.\r\n",
]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with installation(tmp_path_factory.mktemp("post")) as opened:
        yield opened


@pytest.fixture(scope="module")
def smtp() -> Iterator[str]:
    class Takes:
        async def handle_DATA(self, _server: object, _session: object, _envelope: object) -> str:  # noqa: N802
            return "250 OK"

    controller = Controller(Takes(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def answer_to(
    services: Services, smtp: str, recipient: str = "a@b.nl", subject: str = "Iets", body: str = "Tekst"
) -> str | None:
    mail = MailRow(
        template="x",
        recipient=recipient,
        subject=subject,
        body=body,
        message_id=f"<{len(body)}@b.nl>",
        created_at=datetime.now(UTC),
    )
    sender = MailSender("Voorbeeldstad", "zaken@voorbeeldstad.example")
    return send(replace(services, settings=replace(services.settings, smtp=smtp)), mail, body, sender)


@pytest.mark.parametrize("address", ADDRESSES)
def test_t2_a_bad_address_is_refused_for_good(services: Services, smtp: str, address: str, counted: str) -> None:
    refused = answer_to(services, smtp, address)
    tried(counted)
    assert refused


@pytest.mark.parametrize("text", TEXTS)
def test_t2_a_strange_text_is_sent_or_refused_but_never_raised(
    services: Services, smtp: str, text: str, counted: str
) -> None:
    for said in (answer_to(services, smtp, subject=text), answer_to(services, smtp, body=text)):
        tried(counted)
        assert said is None or said.startswith("Van deze tekst")
