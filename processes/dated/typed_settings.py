"""Reads what an administrator typed as one version of a setting, and checks what may be taken back. Texts and a shelf in,
a record to save out. Raises Invalid with a sentence at each field, and NotFound.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from processes.base.errors import Invalid, NotFound
from processes.base.marks import MEANWHILE, mark_of
from processes.dated.fields import FieldKind, SettingField, read_fields
from processes.dated.kinds import KINDS
from processes.dated.setting_kind import DatedKind
from processes.dated.shelf import SettingShelf, SettingVersion
from processes.law.edits import Saved

SINCE: Final = SettingField("valid_from", "Geldt vanaf", FieldKind.DAY)
REASON: Final = SettingField("reason", "Waarom verandert dit?", FieldKind.TEXT, longest=2000)
UNKNOWN: Final = "Deze instelling bestaat niet."


@dataclass(frozen=True, slots=True)
class TypedSetting:
    """One version as typed. `values` are the texts of the fields of its kind; `new`: a code that is not in the list yet; `seen`: the mark of
    all versions when the form began (`mark_of_versions`), None where no page showed them.
    """

    kind: str
    code: str
    valid_from: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    new: bool = False
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class ReadSetting:
    """The record to save, and the reason for it."""

    saved: Saved
    reason: str


def kind_of(word: str) -> DatedKind[Any]:
    """The kind with this stored word. Raises NotFound."""
    if word not in KINDS:
        raise NotFound(UNKNOWN)
    return KINDS[word]


def versions_of(shelf: SettingShelf, kind: DatedKind[Any], code: str) -> tuple[SettingVersion[Any], ...]:
    """Every version of a code that is in the list, oldest first. Raises NotFound."""
    versions = shelf.versions(kind, code)
    if not versions:
        raise NotFound(UNKNOWN)
    return versions


def setting_of(typed: TypedSetting, shelf: SettingShelf, today: date, kind: DatedKind[Any]) -> ReadSetting:
    """`kind` is that of the setting, as this installation asks it (`processes.dated.resolving`). Raises NotFound for a code that
    is not in the list, and Invalid per field.
    """
    wrong = _code_wrong(kind, typed, shelf)
    if not typed.new and typed.seen not in {None, mark_of_versions(shelf, kind, typed.code)}:
        raise Invalid({"": MEANWHILE})
    values = _gathered(wrong, kind.fields, typed.values, today)
    about = _gathered(wrong, (SINCE, REASON), {"valid_from": typed.valid_from, "reason": typed.reason}, today)
    wrong |= kind.wrong(values) if not wrong else {}
    if wrong:
        raise Invalid(wrong)
    valid_from = date.fromisoformat(str(about["valid_from"]))
    if any(one.valid_from == valid_from and one.values == values for one in shelf.versions(kind, typed.code)):
        raise Invalid({"": "U heeft niets veranderd. Zo staat het al in de lijst."})
    return ReadSetting(Saved(kind.word, valid_from, values, typed.code), str(about["reason"]))


def mark_of_versions(shelf: SettingShelf, kind: DatedKind[Any], code: str) -> str:
    """The mark of what a setting is, was and will be."""
    return mark_of([(one.valid_from, sorted(one.values.items())) for one in shelf.versions(kind, code)])


def taken_back(shelf: SettingShelf, word: str, code: str, valid_from: date) -> Saved:
    """The record that takes back what was saved for a day. Raises NotFound, and Invalid for what came along or stands alone."""
    versions = versions_of(shelf, kind_of(word), code)
    version = next((one for one in versions if one.valid_from == valid_from), None)
    if version is None:
        raise NotFound("Deze versie is er niet (meer).")
    if version.standard:
        raise Invalid({"": "Deze versie komt met het programma mee. U kunt haar wijzigen, maar niet terugnemen."})
    if len(versions) == 1:
        raise Invalid({"": "Dit is de enige versie. Die blijft staan, omdat zaken ermee kunnen rekenen."})
    return Saved(word, valid_from, None, code)


def _gathered(
    wrong: dict[str, str], fields: tuple[SettingField, ...], typed: Mapping[str, str], today: date
) -> dict[str, Any]:
    try:
        return read_fields(fields, typed, today)
    except Invalid as error:
        wrong |= error.fields
        return {}


def _code_wrong(kind: DatedKind[Any], typed: TypedSetting, shelf: SettingShelf) -> dict[str, str]:
    if not typed.new:
        versions_of(shelf, kind, typed.code)
        return {}
    if kind.code is None:
        raise NotFound(UNKNOWN)
    chosen = not kind.code.choices or typed.code in dict(kind.code.choices)
    if not kind.code_pattern.fullmatch(typed.code) or not chosen:
        return {"code": kind.code_wrong}
    if shelf.versions(kind, typed.code):
        return {"code": "Deze staat al in de lijst. Kies een andere code, of wijzig die er al is."}
    return {}
