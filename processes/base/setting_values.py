"""The text of a variable in, the value of a setting out. Each raises ValueError with the Dutch end of a sentence that
begins with the name of the variable: "ZAAKSPOOR_METRICS_PORT moet een getal zijn, niet 'veel'.".
"""

import ipaddress
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from processes.base.email_address import typed_address

ON: Final = ("on", "aan", "yes", "ja", "true", "1")
OFF: Final = ("off", "uit", "no", "nee", "false", "0")
LARGEST_PORT: Final = 65_535
LONGEST_BEFORE_MARK: Final = 16
LONGEST_SILENCE: Final = 90  # seconds
SHORTEST_SESSION, LONGEST_SESSION = 15, 720  # minutes


def switch(text: str) -> bool:
    """One of the words of ON and OFF, in small letters or capitals. Nothing else: a typing error never reads as off."""
    word = text.strip().lower()
    if word not in (*ON, *OFF):
        raise ValueError(f"is '{text}', geen ja of nee. Kies {' '.join(ON)} of {' '.join(OFF)}.")
    return word in ON


def session_minutes(text: str) -> int:
    """From a quarter of an hour, in which a form can be read, to the twelve hours that no session outlives."""
    if not SHORTEST_SESSION <= number(text) <= LONGEST_SESSION:
        raise ValueError(f"moet tussen {SHORTEST_SESSION} en {LONGEST_SESSION} minuten zijn, niet '{text}'.")
    return int(text)


def number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"moet een getal zijn, niet '{text}'.")
    return int(text)


def port(text: str) -> int:
    if number(text) > LARGEST_PORT:
        raise ValueError(f"moet een poort zijn, hoogstens {LARGEST_PORT}, niet '{text}'.")
    return number(text)


def scanner_seconds(text: str) -> int:
    """Below the lease of work in the outbox, so that no second worker begins while the first one still waits."""
    if not 1 <= number(text) <= LONGEST_SILENCE:
        raise ValueError(f"moet een getal zijn van 1 tot en met {LONGEST_SILENCE}.")
    return number(text)


def at_least_one(text: str) -> int:
    if number(text) < 1:
        raise ValueError("moet minstens 1 zijn.")
    return number(text)


def words(text: str) -> tuple[str, ...]:
    """Apart by white space or commas."""
    return tuple(part for part in text.replace(",", " ").split() if part)


def folder(text: str) -> Path:
    if not text.strip():
        raise ValueError("is leeg. Vul een map in, of laat de variabele weg.")
    return Path(text)


def mail_address(text: str) -> str:
    """Empty stays empty."""
    wrong: dict[str, str] = {}
    address = typed_address(text, "address", wrong)
    if wrong:
        raise ValueError(f"is geen adres waarmee gemaild kan worden. {wrong['address']}")
    return address


def sender(text: str) -> str:
    address = mail_address(text)
    if not address:
        raise ValueError("is leeg. Vul het adres in waarvandaan gemaild wordt.")
    return address


def marked_address(text: str) -> str:
    """An address before whose @ a mark per mail still fits (RFC 5321 gives 64 characters); empty stays empty."""
    address = mail_address(text)
    local = address.rpartition("@")[0]
    if len(local) > LONGEST_BEFORE_MARK or "+" in local:
        raise ValueError(
            f"mag voor de @ geen + hebben en hoogstens {LONGEST_BEFORE_MARK} tekens, zoals bounce@gemeente.nl."
        )
    return address


def mailbox(text: str) -> str:
    """`imaps://user:word@host`, a folder behind it where it is not INBOX, or `imap://...?starttls=on`; empty stays empty."""
    if not text:
        return text
    parts = split(text)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise ValueError("moet een postvak zijn, zoals imaps://naam:wachtwoord@mail.gemeente.nl/INBOX.")
    asked = parse_qs(parts.query, keep_blank_values=True)
    if set(asked) - {"starttls"}:
        raise ValueError("kent na het vraagteken alleen starttls=on.")
    for value in asked.get("starttls", ()):
        switch(value)
    return text


def networks(text: str) -> tuple[str, ...]:
    """`10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32`; never a name or a star."""
    for word in words(text):
        _network(word)
    return words(text)


def _network(word: str) -> None:
    try:
        ipaddress.ip_network(word, strict=False)
    except ValueError as error:
        raise ValueError(f"noemt '{word}', en dat is geen netwerk of adres, zoals 10.0.0.0/8 of 192.0.2.7.") from error
    try:
        ipaddress.ip_network(word)
    except ValueError as error:
        meant = ipaddress.ip_network(word, strict=False)
        raise ValueError(
            f"noemt '{word}'. Bedoelt u het netwerk {meant} of het adres {word.split('/', maxsplit=1)[0]}?"
        ) from error


def site(text: str) -> str:
    """`https://zaken.gemeente.nl`: no path, because cookies and links are for the whole site."""
    parts = split(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"moet een adres zijn zoals https://zaken.gemeente.nl, niet '{text}'.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("mag na de naam van de site niets meer hebben, en ook geen naam of wachtwoord ervoor.")
    return text


def issuer(text: str) -> str:
    """The provider of sign-in, by its OpenID Connect name: its path belongs to it."""
    if not text.startswith(("https://", "http://")) or not split(text).hostname:
        raise ValueError(f"moet een adres zijn zoals https://inloggen.gemeente.nl/inwoners, niet '{text}'.")
    return text


def database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("moet beginnen met postgresql+psycopg:// (of sqlite:///, buiten productie).")
    split(text)
    return text


def broker(text: str) -> str:
    if text != "embedded" and not text.startswith(("amqp://", "amqps://")):
        raise ValueError("moet 'embedded' zijn, of beginnen met amqps:// of amqp://.")
    if ";" in text:
        raise ValueError("moet één broker noemen.")
    split(text)
    return text


def files(text: str) -> str:
    """A folder, or `s3://bucket`."""
    if "://" in text and not (text.startswith("s3://") and urlsplit(text).netloc):
        raise ValueError("moet een map zijn of s3://bucket.")
    return str(folder(text)) if "://" not in text else text


def mail_server(text: str) -> str:
    """`mailbox`, `smtps://host` or `smtp://host`, the last one with `?starttls=on` where TLS begins on the way."""
    if text == "mailbox":
        return text
    parts = split(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("moet 'mailbox' zijn, of een adres zoals smtps://mail.gemeente.nl.")
    asked = parse_qs(parts.query, keep_blank_values=True)
    if set(asked) - {"starttls"}:
        raise ValueError("kent na het vraagteken alleen starttls=on.")
    for value in asked.get("starttls", ()):
        switch(value)
    return text


def contact(text: str) -> str:
    """The contact of security.txt (RFC 9116): an address to mail, or a page on https."""
    if text.startswith("https://") and split(text).hostname:
        return text
    try:
        return mail_address(text.removeprefix("mailto:"))
    except ValueError as error:
        raise ValueError("moet een mailadres zijn of een adres dat begint met https://.") from error


def program(text: str) -> str:
    """A program of the system by its whole path; `none` for no program, empty for the one that is found."""
    if text and text != "none" and not text.startswith("/"):
        raise ValueError("moet het hele pad van een programma zijn, zoals /usr/bin/soffice, of none.")
    return text


def scanner(text: str) -> str:
    """`host:port`, or the whole path of a socket; empty stays empty."""
    if text:
        scanner_parts(text)
    return text


def scanner_parts(text: str) -> str | tuple[str, int]:
    """The path of the socket, or host and port."""
    if text.startswith("/"):
        return text
    parts = split(f"//{text}")
    if not parts.hostname or not parts.port or parts.netloc != text or "@" in text:
        raise ValueError(
            "moet een adres zijn zoals 127.0.0.1:3310, of het hele pad van een socket: /run/clamav/clamd.ctl."
        )
    return parts.hostname, parts.port


def split(text: str) -> SplitResult:
    """The parts of an address, its port too. The error names no part: an address may hold a password."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise ValueError("is geen geldig adres. Staan er tekens in een wachtwoord, schrijf die dan als %40.") from error
    return parts
