"""The settings of one installation, read once from the environment (`ZAAKSPOOR_...`); nothing else branches.

What is wrong in any installation is refused here; what production refuses besides is `processes.base.production_rules`.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from processes.base import setting_values
from processes.base.broker_settings import BROKER_NAMES, BROKER_READERS, logout, role_words
from processes.base.limit_kinds import typed_limits
from processes.base.saml_settings import SAML, SAML_READERS

PREFIX: Final = "ZAAKSPOOR_"
OIDC: Final = "oidc_"
# each may also be set for one kind of person: ZAAKSPOOR_OIDC_STAFF_CLIENT_ID
OIDC_NAMES: Final = frozenset(
    {
        "citizen_issuer",
        "staff_issuer",
        "citizen_scope",
        "staff_scope",
        "staff_acr",
        "staff_amr",
        "staff_roles_claim",
        "staff_roles",
        "citizen_auth_time",
        "citizen_logout",
        "staff_logout",
    }
    | BROKER_NAMES
    | {f"{kind}{name}" for kind in ("", "citizen_", "staff_") for name in ("client_id", "client_secret")}
)


class Face(StrEnum):
    """The parts of the site, each of which a process may show or leave out (ZAAKSPOOR_FACES)."""

    CITIZEN = "citizen"
    DEPARTMENT = "department"
    WORKBENCH = "workbench"
    ADMIN = "admin"
    PUBLIC = "public"


class ClearText(StrEnum):
    """The connections that may go unencrypted, or without a certificate that is checked, when the setting names them."""

    DATABASE = "database"
    BROKER = "broker"
    SMTP = "smtp"
    FILES = "files"
    IMAP = "imap"
    CLAMAV = "clamav"


@dataclass(frozen=True)
class Settings:
    """Every switch between the embedded default and production.

    `database` is a SQLAlchemy address; `broker` is `embedded` or an AMQP address; `files` a folder or an s3 address;
    `smtp` is `mailbox` (keep mails to read at /demo/postvak) or `smtps://host:port`; `secret` at least 32 characters.
    `clear_text` are words of ClearText.
    """

    database: str = "sqlite:///var/zaakspoor.db"
    fast_database: bool = True  # a change sends its statements together; off: one by one, with the same results
    broker: str = "embedded"
    files: str = "var/files"
    encrypt_files: bool = False  # each new file of a document is stored encrypted, under a key of its own
    smtp: str = "mailbox"
    secret: str = ""
    secret_old: str = ""  # secrets that were in use before, with white space between them; see `zaakspoor reseal`
    public_url: str = "http://127.0.0.1:8000"
    production: bool = False
    demo: bool = False
    organisation: str = "Gemeente Voorbeeldstad"
    organisation_id: str = ""  # its address in the list of municipalities (TOOI), for the Woo index; empty: unknown
    mail_from: str = "zaken@voorbeeldstad.example"
    bounce_address: str = (
        ""  # where mail that cannot be delivered comes back, with a mark per mail; empty: at the sender
    )
    bounce_mailbox: str = ""  # the mailbox of that address, imaps://user:word@host/folder; empty: nobody reads it
    post_mailbox: str = ""  # mail for the post room, as the one above; empty: it comes in by hand
    post_folder: str = ""  # where a scanner puts files for the post room; empty: they are brought in by hand
    post_days: int = 365  # how long post is kept that went into no case, after somebody said why
    answer_days: int = (
        90  # how long an answer to a mail is kept that came in there, when its case is not destroyed earlier
    )
    team_mailbox: str = ""  # who is warned of a date that comes near, besides the handler; empty: nobody
    theme: str = "voorbeeld-theme"
    department_networks: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    inside_networks: tuple[str, ...] = ()  # who may see figures and states; empty: this machine and private networks
    faces: tuple[str, ...] = tuple(Face)
    filing: bool = True  # citizens begin cases on the portal; off: it shows cases, and nothing points to a form
    clear_text: tuple[str, ...] = ()
    oidc: Mapping[str, str] = field(default_factory=dict)  # names: docs/operating.md
    saml: Mapping[str, str] = field(default_factory=dict)  # names: processes/base/saml_settings.py
    staff_trust_minutes: int = 15  # how long staff go on while their provider cannot be asked whether they still may
    citizen_session_minutes: int = 120  # how long a citizen goes on after one sign-in, however busy
    upload_megabytes: int = 100
    person_day_megabytes: int = 500  # how much a citizen may send in 24 hours
    link_day_megabytes: int = 1000  # the same by one link
    staff_day_megabytes: int = 5000
    waiting_megabytes: int = 300  # of files that were chosen and not sent yet, of one person or link
    staff_waiting_megabytes: int = 1000
    limits: tuple[str, ...] = ()  # other limits than those of the table: kind=20/10minutes;200/day
    looks_months: int = 60  # how long it is kept who looked at a case, when the case itself is not destroyed earlier
    package_days: int = 14  # how long a package with all data of one person is kept for the officer who asked for it
    backup_key: str = ""  # the public key that backups are encrypted to; `zaakspoor backup --new-key` makes one
    metrics_port: int = 0  # where a worker or clock process shows its figures; 0: nowhere (web has /metrics)
    clamav: str = ""  # who scans what comes in for viruses, host:port or the path of a socket of clamd; empty: nobody
    clamav_seconds: int = 60  # how long the scanner may be silent over one file
    office_converter: str = ""  # the program that makes PDF of Word and OpenDocument; empty: as found, none: never
    look_inside: bool = True  # what the eye does not see in a document is looked for before it goes out
    data: Path = Path("var")
    security_contact: str = ""  # whom security.txt names; empty: there is no security.txt

    def __repr__(self) -> str:
        """Nothing of it: the secret and passwords are among them, and a log or trace may show what it is given."""
        return "Settings(...)"


class SettingError(Exception):
    """Een instelling ontbreekt of klopt niet."""


@dataclass(frozen=True, slots=True)
class WrongSetting:
    """One variable that is wrong, such as `ZAAKSPOOR_SECRET`: the rest of a Dutch sentence, with what to do."""

    variable: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.variable} {self.sentence}"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from variables named ZAAKSPOOR_DATABASE and so on. Raises SettingError with all that is wrong."""
    settings, wrong = settings_in(environment)
    if wrong:
        raise SettingError("\n".join(map(str, wrong)))
    return settings


def settings_in(environment: Mapping[str, str]) -> tuple[Settings, list[WrongSetting]]:
    """The settings, with the default for each variable that is wrong, and what is wrong."""
    known = {name.removeprefix(PREFIX).lower(): text for name, text in environment.items() if name.startswith(PREFIX)}
    oidc = {name.removeprefix(OIDC): text for name, text in known.items() if name.startswith(OIDC) and text}
    saml = {name.removeprefix(SAML): known[name] for name in known.keys() & SAML_READERS if known[name]}
    values: dict[str, Any] = {"oidc": oidc, "saml": saml}
    wrong = list(_unknown(known))
    for name in known.keys() & (FIELDS | {OIDC + one for one in oidc} | {SAML + one for one in saml}):
        try:
            read = _reader(name)(known[name])
        except ValueError as error:
            wrong.append(WrongSetting(variable(name), str(error)))
        else:
            values |= {name: read} if name in FIELDS else {}
    return Settings(**values), sorted(wrong, key=str)


def variable(name: str) -> str:
    """The whole name: `ZAAKSPOOR_SECRET` of `secret`."""
    return PREFIX + name.upper()


def _unknown(known: Mapping[str, str]) -> Iterator[WrongSetting]:
    names = FIELDS | {OIDC + name for name in OIDC_NAMES} | set(SAML_READERS)
    for name in known.keys() - names:
        meant = get_close_matches(name, names, n=1)
        also = f" Bedoelt u {variable(meant[0])}?" if meant else ""
        yield WrongSetting(variable(name), f"is geen instelling van Zaakspoor.{also}")


def _faces(text: str) -> tuple[str, ...]:
    given = setting_values.words(text)
    wrong = [word for word in given if word not in list(Face)]
    if wrong or not given:
        raise ValueError(f"moet een of meer zijn van {' '.join(Face)}, niet '{' '.join(wrong)}'.")
    return given


def _clear_text(text: str) -> tuple[str, ...]:
    given = setting_values.words(text)
    wrong = [word for word in given if word not in list(ClearText)]
    if wrong:
        raise ValueError(f"kent alleen {' '.join(ClearText)}, niet '{' '.join(wrong)}'.")
    return given


def _reader(name: str) -> Callable[[str], object]:
    field_of = Settings.__dataclass_fields__.get(name)
    return READERS.get(name) or (field_of and BY_TYPE.get(field_of.type)) or str


FIELDS: Final = frozenset(Settings.__dataclass_fields__) - {"oidc", "saml"}
BY_TYPE: Final[Mapping[object, Callable[[str], object]]] = {
    bool: setting_values.switch, int: setting_values.number, Path: setting_values.folder,
    tuple[str, ...]: setting_values.words,
}  # fmt: skip
READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "database": setting_values.database,
    "broker": setting_values.broker,
    "files": setting_values.files,
    "smtp": setting_values.mail_server,
    "public_url": setting_values.site,
    "mail_from": setting_values.sender,
    "team_mailbox": setting_values.mail_address,
    "bounce_address": setting_values.marked_address,
    "bounce_mailbox": setting_values.mailbox,
    "post_mailbox": setting_values.mailbox,
    "post_days": setting_values.at_least_one,
    "answer_days": setting_values.at_least_one,
    "department_networks": setting_values.networks,
    "inside_networks": setting_values.networks,
    "trusted_proxies": setting_values.networks,
    "oidc_citizen_issuer": setting_values.issuer,
    "oidc_staff_issuer": setting_values.issuer,
    "oidc_citizen_auth_time": setting_values.switch,
    "oidc_citizen_logout": logout,
    "oidc_staff_logout": logout,
    "oidc_staff_roles": role_words,
    "faces": _faces,
    "limits": typed_limits,
    "clear_text": _clear_text,
    "staff_trust_minutes": setting_values.at_least_one,
    "citizen_session_minutes": setting_values.session_minutes,
    "upload_megabytes": setting_values.at_least_one,
    "looks_months": setting_values.at_least_one,
    "package_days": setting_values.at_least_one,
    "metrics_port": setting_values.port,
    "security_contact": setting_values.contact,
    "clamav": setting_values.scanner,
    "clamav_seconds": setting_values.scanner_seconds,
    "office_converter": setting_values.program,
    **SAML_READERS,
    **{OIDC + name: read for name, read in BROKER_READERS.items()},
}
