"""The settings of one installation, read once from the environment (`ZAAKSPOOR_...`); nothing else branches."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from processes.base.email_address import typed_address

ADDRESSES: Final = ("mail_from", "team_mailbox")


class Face(StrEnum):
    """The parts of the site, each of which a process may show or leave out (ZAAKSPOOR_FACES)."""

    CITIZEN = "citizen"
    DEPARTMENT = "department"
    WORKBENCH = "workbench"
    ADMIN = "admin"


@dataclass(frozen=True)
class Settings:
    """Every switch between the embedded default and production.

    `database` is a SQLAlchemy address; `broker` is `embedded` or an AMQP address; `files` a folder or an s3 address;
    `smtp` is `mailbox` (keep mails to read at /demo/postvak) or `smtp://host:port`; `secret` at least 32 characters.
    """

    database: str = "sqlite:///var/zaakspoor.db"
    fast_database: bool = True  # a change sends its statements together; off: one by one, with the same results
    broker: str = "embedded"
    files: str = "var/files"
    smtp: str = "mailbox"
    secret: str = ""
    public_url: str = "http://127.0.0.1:8000"
    production: bool = False
    demo: bool = False
    organisation: str = "Gemeente Voorbeeldstad"
    mail_from: str = "zaken@voorbeeldstad.example"
    team_mailbox: str = ""  # who is warned of a date that comes near, besides the handler; empty: nobody
    theme: str = "voorbeeld-theme"
    department_networks: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    faces: tuple[str, ...] = tuple(Face)
    oidc: Mapping[str, str] = field(default_factory=dict)  # names: docs/operating.md
    staff_trust_minutes: int = 15  # how long staff go on while their provider cannot be asked whether they still may
    upload_megabytes: int = 100
    backup_key: str = ""  # the public key that backups are encrypted to; `zaakspoor backup --new-key` makes one
    metrics_port: int = 0  # where a worker or clock process shows its figures; 0: nowhere (web has /metrics)
    data: Path = Path("var")


class SettingError(Exception):
    """Een instelling ontbreekt of klopt niet."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from variables named ZAAKSPOOR_DATABASE and so on. Raises SettingError that names the variable."""
    known = {
        name.removeprefix("ZAAKSPOOR_").lower(): value
        for name, value in environment.items()
        if name.startswith("ZAAKSPOOR_")
    }
    values: dict[str, object] = {}
    for name, text in known.items():
        default = next((f for f in Settings.__dataclass_fields__ if f == name), None)
        if default is None and not name.startswith("oidc_"):
            raise SettingError(f"ZAAKSPOOR_{name.upper()} is geen instelling van Zaakspoor.")
        if default is not None:
            values[name] = _convert(name, text)
    values["oidc"] = {name.removeprefix("oidc_"): text for name, text in known.items() if name.startswith("oidc_")}
    settings = Settings(**values)  # type: ignore[arg-type]
    _check(settings)
    return settings


def _convert(name: str, text: str) -> object:
    if name in ADDRESSES:
        return _address(name, text)
    kind = Settings.__dataclass_fields__[name].type
    if kind is bool:
        return text.strip().lower() in {"1", "true", "ja", "yes"}
    if kind is int:
        if not text.isdigit():
            raise SettingError(f"ZAAKSPOOR_{name.upper()} moet een getal zijn, niet '{text}'.")
        return int(text)
    if kind is Path:
        return Path(text)
    if str(kind).startswith("tuple"):
        return tuple(part for part in text.replace(",", " ").split() if part)
    return text


def _address(name: str, text: str) -> str:
    wrong: dict[str, str] = {}
    address = typed_address(text, name, wrong)
    if wrong:
        raise SettingError(f"ZAAKSPOOR_{name.upper()} is geen adres waarmee gemaild kan worden. {wrong[name]}")
    return address


def _check(settings: Settings) -> None:
    if not settings.mail_from:
        raise SettingError("ZAAKSPOOR_MAIL_FROM is leeg. Vul het adres in waarvandaan gemaild wordt.")
    if settings.production and len(settings.secret) < 32:  # noqa: PLR2004 - 256 bits as text
        raise SettingError("ZAAKSPOOR_SECRET moet in productie minstens 32 tekens hebben.")
    if settings.production and settings.demo:
        raise SettingError("ZAAKSPOOR_DEMO kan niet samen met ZAAKSPOOR_PRODUCTION.")
