"""Whether the database, the broker, the mail server, the virus scanner and the file store of the settings answer: for `zaakspoor check`.

Each is tried once, within a time limit. A try changes nothing, but for a small file that is written, read and deleted.
"""

import os
import smtplib
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from processes.base.errors import ZaakspoorError
from processes.base.settings import Settings
from processes.jobs.letterhead_check import letterhead_in_words
from processes.jobs.private_places import CLOSED, wide_places
from processes.jobs.secret_check import secret_in_words
from processes.post.converting.office import office_program
from processes.post.incoming.mailbox import MailboxSilent, open_mailbox
from processes.post.mail_server import mail_server
from processes.storage.clamd import ScannerTrouble, scanner_in_words, scanner_version
from processes.storage.dispatcher import make_dispatcher
from processes.storage.files import FileStore
from processes.storage.session import is_newest, make_engine

SECONDS: Final = 10.0
PROOF: Final = b"zaakspoor"
Try = Callable[[Settings], str]


class NoConnection(ZaakspoorError):
    """Deze verbinding werkt niet."""


class Unfinished(ZaakspoorError):
    """Hier moet nog iets worden ingevuld."""


@dataclass(frozen=True, slots=True)
class ConnectionAnswer:
    """How a try of one connection ended: well or not, and a Dutch sentence about it that shows no password.

    `unfinished`: it works, and somebody still has to fill something in.
    """

    name: str
    well: bool
    words: str
    unfinished: bool = False


def try_all(settings: Settings, tries: dict[str, Try]) -> list[ConnectionAnswer]:
    """One after the other, each at most SECONDS."""
    return [_within_time(name, one, settings) for name, one in tries.items()]


def try_database(settings: Settings) -> str:
    """Which database, whether by TLS, and whether its schema is the one of this program."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return "Er is nog geen bestand van SQLite; dat wordt bij het starten gemaakt."
    engine = make_engine(settings.database)
    try:
        with engine.connect().execution_options(only_reads=True) as connection:
            about = _about(connection)
            if not is_newest(connection):
                raise NoConnection(f"{about}, maar met een ander schema dan dit programma. Draai 'zaakspoor migrate'.")
            return f"{about}, met het nieuwste schema."
    except SQLAlchemyError as error:
        raise NoConnection(f"De database antwoordt niet of laat ons niet toe ({_kind(error)}).") from error
    finally:
        engine.dispose()


def _about(connection: Connection) -> str:
    if connection.dialect.name != "postgresql":
        return "SQLite"
    version = connection.scalar(text("SHOW server_version"))
    by_tls = connection.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
    # of a table that is not there yet nothing is known: the schema is named then
    may = connection.scalar(text("SELECT has_table_privilege(to_regclass('audit'), 'DELETE')"))
    role = ", met een rol die het auditspoor mag wissen (zie docs/hardening.md)" if may else ""
    return f"PostgreSQL {version}, {'versleuteld' if by_tls else 'onversleuteld'}{role}"


def try_broker(settings: Settings) -> str:
    if settings.broker == "embedded":
        return "In dit programma zelf."
    dispatcher = make_dispatcher(settings)
    try:
        _ = cast("Any", dispatcher.broker).connection
    except Exception as error:
        raise NoConnection(f"De broker antwoordt niet of laat ons niet toe ({_kind(error)}).") from error
    else:
        return f"RabbitMQ antwoordt, {'versleuteld' if settings.broker.startswith('amqps://') else 'onversleuteld'}."
    finally:
        dispatcher.close()


def try_mail(settings: Settings) -> str:
    if settings.smtp == "mailbox":
        return "Er is geen mailserver: alle mail blijft in het postvak."
    try:
        with mail_server(settings.smtp, SECONDS) as server:
            server.ehlo_or_helo_if_needed()
            code, _ = server.noop()
            by_tls = isinstance(server.sock, ssl.SSLSocket)
    except (smtplib.SMTPException, OSError) as error:
        raise NoConnection(f"De mailserver antwoordt niet of laat ons niet toe ({_kind(error)}).") from error
    return f"De mailserver antwoordt ({code}), {'versleuteld' if by_tls else 'onversleuteld'}."


def try_bounce_mailbox(settings: Settings) -> str:
    """Whether the mailbox where mail comes back can be opened."""
    if not settings.bounce_mailbox:
        return "Er is geen postvak voor mail die terugkomt: die komt bij de afzender, en Zaakspoor ziet haar niet."
    return _try_mailbox(settings.bounce_mailbox, "mail die terugkomt")


def try_post_mailbox(settings: Settings) -> str:
    """Whether the mailbox of the post room can be opened."""
    if not settings.post_mailbox:
        return "Er is geen postvak voor de postkamer: mail wordt daar met de hand binnengebracht."
    return _try_mailbox(settings.post_mailbox, "de postkamer")


def _try_mailbox(address: str, what: str) -> str:
    try:
        with open_mailbox(address, SECONDS / 2) as mailbox:
            return f"Het postvak voor {what} is open; er liggen {mailbox.mails} berichten."
    except MailboxSilent as error:
        raise NoConnection(str(error)) from error


def try_post_folder(settings: Settings) -> str:
    """Whether files can be taken out of the folder of the post room."""
    if not settings.post_folder:
        return "Er is geen map voor de postkamer: scans worden daar met de hand binnengebracht."
    if not os.access(settings.post_folder, os.R_OK | os.W_OK | os.X_OK):
        raise NoConnection("De map van ZAAKSPOOR_POST_FOLDER is er niet, of Zaakspoor mag er niet lezen en schrijven.")
    return "De map voor de postkamer is te lezen en te schrijven."


def try_scanner(settings: Settings) -> str:
    """Whether clamd answers, and since when its signatures are."""
    if not settings.clamav:
        return "De viruscontrole staat uit: niemand kijkt naar wat binnenkomt."
    try:
        return f"De viruscontrole antwoordt: {scanner_in_words(scanner_version(settings.clamav))}."
    except ScannerTrouble as error:
        raise NoConnection(str(error)) from error


def try_files(settings: Settings) -> str:
    """Write, read and delete."""
    try:
        store = FileStore(settings.files, settings.data / "incoming")
        with store.open_incoming() as incoming:
            incoming.write(PROOF)
            blob, _, _ = incoming.finish()
        same = b"".join(store.read(blob)) == PROOF
        store.delete(blob)
    except (OSError, ZaakspoorError) as error:
        raise NoConnection(f"De bestandsopslag neemt geen bestanden aan ({_kind(error)}).") from error
    if not same:
        raise NoConnection("De bestandsopslag geeft iets anders terug dan erin ging.")
    return "Een bestand is geschreven, gelezen en gewist."


def _kind(error: BaseException) -> str:
    """The name of the error below, never its text: that may show an address with a password."""
    below = getattr(error, "orig", None) or error.__cause__ or error
    if isinstance(below, ssl.SSLCertVerificationError):
        return f"het certificaat klopt niet: {below.verify_message}"
    return type(below).__name__


def _within_time(name: str, one: Try, settings: Settings) -> ConnectionAnswer:
    found: list[ConnectionAnswer] = []

    def run() -> None:
        try:
            found.append(ConnectionAnswer(name, True, one(settings)))
        except Unfinished as error:
            found.append(ConnectionAnswer(name, True, str(error), unfinished=True))
        except NoConnection as error:
            found.append(ConnectionAnswer(name, False, str(error)))
        except Exception as error:  # noqa: BLE001 - whatever a library raises, the others are tried too
            found.append(ConnectionAnswer(name, False, f"Dit ging mis: {_kind(error)}."))

    # a thread that may be left behind: a name that is looked up has no time limit of its own
    trying = threading.Thread(target=run, daemon=True)
    trying.start()
    trying.join(SECONDS)
    return found[0] if found else ConnectionAnswer(name, False, f"Er kwam binnen {SECONDS:.0f} seconden geen antwoord.")


def try_secret(settings: Settings) -> str:
    """Whether the secrets are those that the database was written with."""
    fits, words = secret_in_words(settings)
    if not fits:
        raise NoConnection(words)
    return words


def try_letterhead(settings: Settings) -> str:
    """Whether letters name what exists. Raises Unfinished as long as something invented is left."""
    filled_in, words = letterhead_in_words(settings)
    if not filled_in:
        raise Unfinished(words)
    return words


def try_places(settings: Settings) -> str:
    """Whether others on this machine may use what is kept here."""
    if wide := list(wide_places(settings)):
        raise NoConnection(" ".join(wide))
    return CLOSED


def try_office(settings: Settings) -> str:
    """Whether a program that makes PDF of Word and OpenDocument is there; none is needed. Raises NoConnection for a wrong path."""
    program = office_program(settings)
    if program is None:
        return "LibreOffice wordt niet gebruikt. Van Word en tekst maakt Zaakspoor zelf een PDF, van OpenDocument niet."
    if not os.access(program, os.X_OK):
        raise NoConnection(f"{program} is er niet, of Zaakspoor mag het niet uitvoeren.")
    return f"{program} maakt PDF van besluiten in Word en OpenDocument."


TRIES: Final[dict[str, Try]] = {
    "database": try_database,
    "broker": try_broker,
    "smtp": try_mail,
    "bounce_mailbox": try_bounce_mailbox,
    "post_mailbox": try_post_mailbox,
    "post_folder": try_post_folder,
    "files": try_files,
    "clamav": try_scanner,
    "secret": try_secret,
    "organisation": try_letterhead,
    "data": try_places,
    "office_converter": try_office,
}
