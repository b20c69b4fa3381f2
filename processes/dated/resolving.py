"""Fields of a kind as one installation asks them: with its own choices, and with what the program's settings say meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from processes.base.settings import Settings, variable
from processes.dated.fields import FieldKind, SettingField
from processes.dated.setting_kind import DatedKind

Choices = Mapping[str, tuple[tuple[str, str], ...]]  # by a word of OfferedChoices


def resolved(kind: DatedKind[Any], settings: Settings, choices: Choices) -> DatedKind[Any]:
    """The kind with fields that say what holds while they are empty, and that offer the choices of this installation."""
    fields = tuple(_field(one, settings, choices) for one in kind.fields)
    return replace(kind, fields=fields, code=_field(kind.code, settings, choices) if kind.code else None)


def _field(field: SettingField, settings: Settings, choices: Choices) -> SettingField:
    if field.offers:
        field = replace(field, choices=choices.get(field.offers, ()))
    if not field.installed:
        return field
    now = _in_words(getattr(settings, field.installed))
    empty = f"{now} (uit {variable(field.installed)})" if now else ""
    hint = " ".join(filter(None, (field.hint, f"Leeg: {now}, zoals bij de installatie is ingesteld." if now else "")))
    most = int(now) if field.within and field.kind == FieldKind.NUMBER else field.most
    return replace(field, empty=empty, hint=hint, most=most)


def _in_words(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
