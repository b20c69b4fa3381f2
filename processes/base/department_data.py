"""A department as an administrator types it: its fields in the words of people, what is wrong with them, and what changed.

Texts in, sentences by field out. Lists of mailboxes, networks and the history of a department all speak of these fields.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from processes.base.dutch import long_date
from processes.base.email_address import typed_address
from processes.base.marks import mark_of
from processes.base.setting_values import networks as read_networks
from processes.base.typed_values import one_line

CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_NAME: Final = 200
LONGEST_NETWORKS: Final = 2000
YES: Final = "ja"
NO: Final = "nee"
LABELS: Final[Mapping[str, str]] = {
    "name": "Naam",
    "email": "Postvak van de afdeling",
    "fallback_email": "Reservepostvak",
    "manager_name": "Naam van het hoofd",
    "manager_email": "Postvak van het hoofd",
    "networks": "Netwerken",
    "always_code": "Vraag altijd een code",
    "ended_on": "Uit gebruik op",
    "successor": "Opvolger",
}
MAILBOXES: Final = (
    "email",
    "fallback_email",
    "manager_email",
)  # they get links or names of cases: two administrators agree


@dataclass(frozen=True, slots=True)
class DepartmentData:
    """The fields that are typed. An empty text for what a department does not have; networks have spaces between them; `always_code` is
    `ja` or empty.
    """

    code: str = ""
    name: str = ""
    email: str = ""
    manager_email: str = ""
    fallback_email: str = ""
    manager_name: str = ""
    networks: str = ""
    always_code: str = ""


def clean(typed: DepartmentData, taken: bool | None = None) -> tuple[DepartmentData, dict[str, str]]:
    """The data as they are stored, and a sentence for each field that is wrong. `taken`: whether a new code is there already;
    None for a department that is changed.
    """
    wrong = _names_wrong(typed, taken)
    boxes = {name: typed_address(getattr(typed, name), name, wrong) for name in MAILBOXES}
    for name in ("email", "manager_email"):
        if not boxes[name] and name not in wrong:
            wrong[name] = "Vul een e-mailadres in, zoals parkeren@voorbeeldstad.nl."
    networks = _networks(typed.networks, wrong)
    name, manager = one_line(typed.name), one_line(typed.manager_name)
    always = _yes(typed.always_code, wrong)
    made = DepartmentData(
        typed.code.strip(), name, manager_name=manager, networks=networks, always_code=always, **boxes
    )
    return made, wrong


def _names_wrong(typed: DepartmentData, taken: bool | None) -> dict[str, str]:
    wrong = {}
    if not CODE.fullmatch(typed.code.strip()):
        wrong["code"] = "Gebruik hoogstens 40 kleine letters, cijfers of _ en begin met een letter."
    elif taken:
        wrong["code"] = "Er is al een afdeling met deze code. Kies een andere code."
    if not one_line(typed.name):
        wrong["name"] = "Vul de naam van de afdeling in."
    for name in ("name", "manager_name"):
        if len(one_line(getattr(typed, name))) > LONGEST_NAME:
            wrong[name] = f"Gebruik hoogstens {LONGEST_NAME} tekens."
    return wrong


def _networks(text: str, wrong: dict[str, str]) -> str:
    try:
        found = " ".join(dict.fromkeys(read_networks(text)))
    except ValueError as error:
        wrong["networks"] = f"Dit veld {error}"
        return ""
    if len(found) > LONGEST_NETWORKS:
        wrong["networks"] = f"Gebruik hoogstens {LONGEST_NETWORKS} tekens."
    return found


def _yes(text: str, wrong: dict[str, str]) -> str:
    word = text.strip().lower()
    if word not in {"", YES, NO}:
        wrong["always_code"] = "Vul ja of nee in."
    return YES if word == YES else ""


def record_of(row: Any) -> dict[str, Any]:
    """A department as its history keeps it, as plain JSON: each field of LABELS that holds something."""
    found = {name: getattr(row, name) for name in LABELS}
    return {name: YES if value is True else str(value) for name, value in found.items() if value}


def typed_of(row: Any) -> DepartmentData:
    """A stored department as it can be typed again."""
    return data_of(row.code, record_of(row))


def mark_of_department(stored: DepartmentData, proposed_at: datetime | None) -> str:
    """The mark of a department as a page shows it, with whether other mailboxes wait since then for a second administrator."""
    return mark_of(stored, proposed_at)


def data_of(code: str, record: Mapping[str, Any]) -> DepartmentData:
    """A record of the history as it can be typed again."""
    names = {one.name for one in fields(DepartmentData)} - {"code"}
    return DepartmentData(code, **{name: str(record.get(name, "")) for name in names})


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Label, text before and text after of each field that differs; an empty text for nothing."""
    told = ((label, _shown(name, before), _shown(name, after)) for name, label in LABELS.items())
    return tuple((label, was, now) for label, was, now in told if was != now)


def _shown(name: str, record: Mapping[str, Any]) -> str:
    value = str(record.get(name, ""))
    return long_date(date.fromisoformat(value)) if name == "ended_on" and value else value
