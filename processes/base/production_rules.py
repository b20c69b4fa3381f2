"""The rules of production: one function for each thing that it refuses, from the settings to what is wrong with them, each with what to do.

`zaakspoor check` prints all of it; web, worker, clock, migrate and every other command do not start with any of it. A
connection on this same machine needs no encryption; one over a network does, unless ZAAKSPOOR_CLEAR_TEXT names it.
"""

import ipaddress
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

from processes.base.demo_folder import is_of_demo
from processes.base.guessing import SHORTEST, guessable
from processes.base.setting_values import OFF, scanner_parts, switch
from processes.base.settings import ClearText, SettingError, Settings, WrongSetting, settings_in, variable
from processes.base.sign_in_rules import unsafe_sign_in

WIDEST: Final = {4: 8, 6: 24}  # the shortest prefix of a network that may hold proxies
MAKE_ONE: Final = "Maak er een met: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"


@dataclass(frozen=True, slots=True)
class GivenSettings:
    """The settings, and the environment for what libraries read from it themselves (`AWS_...`)."""

    settings: Settings
    environment: Mapping[str, str]

    def in_clear_text(self, connection: ClearText) -> bool:
        return connection in self.settings.clear_text


Rule = Callable[[GivenSettings], Iterator[WrongSetting]]


def safe_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the environment, for a command that is about to start. Raises SettingError with all that is wrong,
    in production also with what is unsafe.
    """
    settings, wrong = all_wrong(environment)
    if wrong:
        raise SettingError("\n".join(map(str, wrong)))
    return settings


def all_wrong(environment: Mapping[str, str], *, production: bool = False) -> tuple[Settings, list[WrongSetting]]:
    """The settings, with the default for each that cannot be read, and everything that is wrong with them.

    `production`: by its rules too where it is off. A switch that nobody can read may have been meant as on.
    """
    settings, wrong = settings_in(environment)
    unread = {one.variable for one in wrong}  # of these the rules would see the default, and say what is no news
    if settings.production or production or variable("production") in unread:
        wrong += [one for one in unsafe(settings, environment) if one.variable not in unread]
    return settings, wrong


def unsafe(settings: Settings, environment: Mapping[str, str]) -> list[WrongSetting]:
    """All that these settings have against them in production."""
    given = GivenSettings(settings, environment)
    return [wrong for rule in RULES for wrong in rule(given)]


def no_demo(given: GivenSettings) -> Iterator[WrongSetting]:
    if given.settings.demo:
        yield _wrong("demo", "kan niet samen met ZAAKSPOOR_PRODUCTION. Haal ZAAKSPOOR_DEMO weg.")


def no_folder_of_the_demo(given: GivenSettings) -> Iterator[WrongSetting]:
    if is_of_demo(given.settings.data):
        yield _wrong(
            "data", "is een map van de demo, met verzonnen zaken en een sleutel van de demo. Kies een andere map."
        )


def reached_by_https(given: GivenSettings) -> Iterator[WrongSetting]:
    if not given.settings.public_url.startswith("https://"):
        yield _wrong("public_url", "moet beginnen met https://: het adres dat mensen intypen, van de proxy met TLS.")


def behind_known_proxies(given: GivenSettings) -> Iterator[WrongSetting]:
    proxies = [ipaddress.ip_network(text) for text in given.settings.trusted_proxies]
    if not proxies:
        yield _wrong(
            "trusted_proxies",
            "is leeg. Https eindigt bij een proxy: noem het adres van de proxy, bijvoorbeeld 10.1.2.3.",
        )
    for one in proxies:
        if one.prefixlen < WIDEST[one.version]:
            yield _wrong(
                "trusted_proxies", f"vertrouwt {one}, en daar kan iedereen in zitten. Noem het adres van de proxy zelf."
            )


def secret_nobody_guesses(given: GivenSettings) -> Iterator[WrongSetting]:
    secret = given.settings.secret
    if len(secret) < SHORTEST:
        yield _wrong("secret", f"moet in productie minstens {SHORTEST} tekens hebben. {MAKE_ONE}")
    elif guessable(secret):
        yield _wrong("secret", f"is te raden: er zit te weinig toeval in. {MAKE_ONE}")
    elif any(_made_by_demo(folder, secret) for folder in (given.settings.data, given.settings.data / "demo")):
        yield _wrong("secret", f"is de sleutel van de demo. {MAKE_ONE}")


def _made_by_demo(folder: Path, secret: str) -> bool:
    place = folder / "secret"
    return is_of_demo(folder) and place.is_file() and place.read_text() == secret


def database_of_production(given: GivenSettings) -> Iterator[WrongSetting]:
    address = given.settings.database
    if address.startswith("sqlite:"):
        yield _wrong("database", "is SQLite. Gebruik in productie PostgreSQL: postgresql+psycopg://naam@host/database.")
        return
    asked = parse_qs(urlsplit(address).query)
    modes = asked.get("sslmode", [given.environment.get("PGSSLMODE", "")])
    local = "service" not in asked and all(map(_is_here, _database_hosts(given)))
    if not local and set(modes) != {"verify-full"} and not given.in_clear_text(ClearText.DATABASE):
        yield _wrong(
            "database",
            "controleert geen certificaat. Zet achter het adres ?sslmode=verify-full&sslrootcert=system (of het bestand",
            f"van uw eigen CA). {_or_by_name(ClearText.DATABASE)}",
        )


def _database_hosts(given: GivenSettings) -> list[str]:
    """Every host that libpq may go to, by the address or else by its own variables; without their ports."""
    parts = urlsplit(given.settings.database)
    asked = parse_qs(parts.query)
    named = [parts.hostname or "", *asked.get("host", ()), *asked.get("hostaddr", ())]
    if not any(named):
        named = [given.environment.get("PGHOST", ""), given.environment.get("PGHOSTADDR", "")]
    hosts = [host for text in named for host in text.split(",")]
    return [host.partition(":")[0] if host.count(":") == 1 else host for host in hosts]


def broker_of_production(given: GivenSettings) -> Iterator[WrongSetting]:
    address = given.settings.broker
    if address == "embedded":
        return
    parts = urlsplit(address)
    if (parts.username or "guest") == "guest" and not _is_here(parts.hostname):
        yield _wrong(
            "broker", "gebruikt de naam 'guest' die iedere broker kent. Maak in RabbitMQ een eigen naam en wachtwoord."
        )
    if "ssl_options" in parse_qs(parts.query, keep_blank_values=True):
        yield _wrong(
            "broker", "heeft ssl_options. Haal die weg; een eigen CA staat in het bestand dat SSL_CERT_FILE noemt."
        )
    clear = parts.scheme != "amqps" and not _is_here(parts.hostname)
    if clear and not given.in_clear_text(ClearText.BROKER):
        yield _wrong("broker", f"gaat onversleuteld. Gebruik amqps://. {_or_by_name(ClearText.BROKER)}")


def mail_of_production(given: GivenSettings) -> Iterator[WrongSetting]:
    address = given.settings.smtp
    if address == "mailbox":
        yield _wrong(
            "smtp",
            "is het postvak van de demo: er vertrekt geen mail. Noem uw mailserver, zoals smtps://mail.gemeente.nl.",
        )
        return
    parts = urlsplit(address)
    starttls = any(switch(value) for value in parse_qs(parts.query).get("starttls", ()))
    clear = parts.scheme != "smtps" and not starttls and not _is_here(parts.hostname)
    if clear and not given.in_clear_text(ClearText.SMTP):
        yield _wrong(
            "smtp", f"gaat onversleuteld. Gebruik smtps:// of zet er ?starttls=on achter. {_or_by_name(ClearText.SMTP)}"
        )


def returned_mail_is_read(given: GivenSettings) -> Iterator[WrongSetting]:
    address, mailbox = given.settings.bounce_address, given.settings.bounce_mailbox
    if address and not mailbox:
        yield _wrong(
            "bounce_mailbox", "is leeg, en niemand leest wat op ZAAKSPOOR_BOUNCE_ADDRESS terugkomt. Noem het postvak."
        )
    if mailbox and not address:
        yield _wrong(
            "bounce_address", "is leeg. Noem het adres van ZAAKSPOOR_BOUNCE_MAILBOX, zodat mail daar terugkomt."
        )
    yield from _mailbox_in_clear(given, "bounce_mailbox", mailbox)


def post_mailbox_is_encrypted(given: GivenSettings) -> Iterator[WrongSetting]:
    yield from _mailbox_in_clear(given, "post_mailbox", given.settings.post_mailbox)


def _mailbox_in_clear(given: GivenSettings, name: str, mailbox: str) -> Iterator[WrongSetting]:
    parts = urlsplit(mailbox)
    starttls = any(switch(value) for value in parse_qs(parts.query).get("starttls", ()))
    clear = parts.scheme == "imap" and not starttls and not _is_here(parts.hostname)
    if clear and not given.in_clear_text(ClearText.IMAP):
        yield _wrong(
            name, f"gaat onversleuteld. Gebruik imaps:// of zet er ?starttls=on achter. {_or_by_name(ClearText.IMAP)}"
        )


def scanner_of_production(given: GivenSettings) -> Iterator[WrongSetting]:
    at = scanner_parts(given.settings.clamav) if given.settings.clamav else ""
    if not isinstance(at, str) and not _is_here(at[0]) and not given.in_clear_text(ClearText.CLAMAV):
        yield _wrong(
            "clamav",
            "stuurt bestanden onversleuteld over het netwerk: clamd kent geen TLS. Laat clamd op deze machine draaien.",
            _or_by_name(ClearText.CLAMAV),
        )


def documents_are_looked_into(given: GivenSettings) -> Iterator[WrongSetting]:
    if not given.settings.look_inside:
        yield _wrong(
            "look_inside",
            "staat uit: er gaan documenten naar buiten met wat het oog niet ziet. Haal de instelling weg.",
        )


def sender_of_our_own(given: GivenSettings) -> Iterator[WrongSetting]:
    if given.settings.mail_from.endswith(".example"):
        yield _wrong("mail_from", "is het adres van het voorbeeld. Vul het adres in waarvandaan uw organisatie mailt.")


def files_of_production(given: GivenSettings) -> Iterator[WrongSetting]:
    address = given.settings.files
    if not address.startswith("s3://"):
        yield from _written("files", Path(address))
        return
    endpoints = [text for name, text in given.environment.items() if name.upper().startswith("AWS_ENDPOINT")]
    plain = any(text.startswith("http://") and not _is_here(_host_of(text)) for text in endpoints)
    allowed = _is_on(given.environment.get("AWS_ALLOW_HTTP", ""))
    if (plain or (allowed and not endpoints)) and not given.in_clear_text(ClearText.FILES):
        yield _wrong(
            "files",
            "gaat onversleuteld naar de bestandsopslag. Gebruik in AWS_ENDPOINT_URL een adres met https:// en haal",
            f"AWS_ALLOW_HTTP weg. {_or_by_name(ClearText.FILES)}",
        )
    if _is_on(given.environment.get("AWS_ALLOW_INVALID_CERTIFICATES", "")):
        yield _wrong("files", "controleert geen certificaat. Haal AWS_ALLOW_INVALID_CERTIFICATES weg.")


def data_folder_of_production(given: GivenSettings) -> Iterator[WrongSetting]:
    yield from _written("data", given.settings.data)


def _written(name: str, folder: Path) -> Iterator[WrongSetting]:
    nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not nearest.is_dir():
        yield _wrong(name, f"is geen map: '{nearest}' is een bestand. Kies een map.")
    elif not os.access(nearest, os.W_OK | os.X_OK):
        yield _wrong(name, f"is niet te schrijven: geef '{nearest}' aan de gebruiker onder wie het programma draait.")


def sign_in_of_production(given: GivenSettings) -> Iterator[WrongSetting]:
    yield from unsafe_sign_in(given.settings)


def reached_about_weaknesses(given: GivenSettings) -> Iterator[WrongSetting]:
    if not given.settings.security_contact:
        yield _wrong(
            "security_contact", "is leeg. Noem het adres waar iemand een zwakke plek meldt; het staat in security.txt."
        )


def _wrong(name: str, *sentences: str) -> WrongSetting:
    return WrongSetting(variable(name), " ".join(sentences))


def _or_by_name(connection: ClearText) -> str:
    return f"Kan het niet anders, zet dan '{connection}' in ZAAKSPOOR_CLEAR_TEXT."


def _is_here(host: str | None) -> bool:
    """Whether a host is this machine: no host at all, a socket in a folder, or a loopback address."""
    if not host or host == "localhost" or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _is_on(text: str) -> bool:
    """How libraries read a switch: whatever is not plainly off counts as on here, to be on the safe side."""
    return text.strip().lower() not in {"", *OFF}


RULES: Final[tuple[Rule, ...]] = (
    no_demo,
    no_folder_of_the_demo,
    reached_by_https,
    behind_known_proxies,
    secret_nobody_guesses,
    database_of_production,
    broker_of_production,
    mail_of_production,
    returned_mail_is_read,
    post_mailbox_is_encrypted,
    scanner_of_production,
    documents_are_looked_into,
    sender_of_our_own,
    files_of_production,
    data_folder_of_production,
    sign_in_of_production,
    reached_about_weaknesses,
)
