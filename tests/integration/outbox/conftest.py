"""A case with a party to write to, and a mail server that answers as a test wants."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from aiosmtpd.controller import Controller

from processes.storage.services import Services
from processes.storage.tables import Case, MailRow, ModelVersion, NoticeRow, Party

NOW = datetime(2027, 2, 14, 12, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Seeded:
    case: int
    party: int
    mail: int
    notice: int


@pytest.fixture
def seeded(services: Services) -> Seeded:
    with services.sessions.begin() as session:
        version = ModelVersion(
            process="bezwaar", version=1, title="Bezwaar", is_case_type=True, folder=b"", sha256="", deployed_at=NOW,
            deployed_by="x",
        )  # fmt: skip
        session.add(version)
        session.flush()
        case = Case(
            number="BZW-2027-00001", model_version_id=version.id, case_type="bezwaar", title="Bezwaar", channel="portal",
            confidentiality="zaakvertrouwelijk", received_on=date(2027, 2, 14), registered_at=NOW,
        )  # fmt: skip
        session.add(case)
        session.flush()
        party = Party(
            case_id=case.id, role="objector", kind="person", name="Tess Testeling", email="tess@post.example",
            address="Denkstraat 1\n1234 AB Voorbeeldstad",
        )  # fmt: skip
        session.add(party)
        session.flush()
        mail = MailRow(
            case_id=case.id, template="ontvangst", recipient="tess@post.example", subject="Wij kregen uw bezwaar: één",
            body="Beste Tess,\n\nKijk op https://zaken.example/mijn?a=1&b=2.\n", created_at=NOW,
            message_id="<1@voorbeeldstad.example>",
        )  # fmt: skip
        notice = NoticeRow(
            case_id=case.id, party_id=party.id, template="ontvangst", element="ReceiptSent", channel="post",
            subject="Ontvangst <b>van</b> uw bezwaar", body="Beste Tess,\n\nWij kregen uw bezwaar.",
            document_type="correspondence", created_at=NOW,
        )  # fmt: skip
        session.add_all([mail, notice])
        session.flush()
        return Seeded(case.id, party.id, mail.id, notice.id)


@dataclass
class MailServer:
    """Keeps what came in. `answers` are given to the next mails in turn; after them everything is accepted.

    `recipients` are the answers to the next RCPT commands, `senders` to MAIL; `reached` is to whom was sent.
    """

    address: str = ""
    answers: list[str] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)
    senders_heard: list[str] = field(default_factory=list)  # of the envelope

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: ARG002, N802 - the name that aiosmtpd calls
        envelope.mail_from = address
        self.senders_heard.append(address)
        return self.senders.pop(0) if self.senders else "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: ARG002, N802 - the name that aiosmtpd calls
        answer = self.recipients.pop(0) if self.recipients else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.reached.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802, ARG002 - the name that aiosmtpd calls
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250") or answer == "dropped after DATA":
            self.received.append(envelope.content)
        if answer == "dropped after DATA":
            server.transport.abort()
        return answer


class AnyPort(Controller):
    """On a port that the system chooses; the controller's own first connection must know which."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture(params=[False])
def mail_server(request: pytest.FixtureRequest) -> Iterator[MailServer]:
    """With the parameter True one that offers SMTPUTF8."""
    handler = MailServer()
    controller = AnyPort(handler, hostname="127.0.0.1", port=0, enable_SMTPUTF8=request.param)
    controller.start()
    handler.address = f"smtp://127.0.0.1:{controller.port}"
    yield handler
    controller.stop()
