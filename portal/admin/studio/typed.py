"""The fields of a setting as somebody sent them, and the edits that they ask for."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from engine.edits import (
    Edit,
    NewSetting,
    SetDocumentation,
    SetName,
    SetSettings,
    SetText,
    SetTranslation,
    path_of,
)
from engine.vocabulary import TRANSLATED_OF_ELEMENT
from engine.words import Language
from portal.received import Received
from processes.reads.studio import (
    DOCUMENTATION,
    ENGLISH_PREFIX,
    NAME,
    TEXT_PREFIX,
    AskedBy,
    DrawnField,
    SettingToEdit,
)

VALUE = "v."  # before the name of a field: a setting may be called as a field of every form


def typed_in(page: SettingToEdit, form: Received, before: str = VALUE) -> SettingToEdit:
    """The form with what was typed in it; `before` stands before the names of its fields."""
    return replace(page, fields=tuple(read_fields(page.fields, form, before)))


def read_fields(fields: Iterable[DrawnField], form: Received, before: str = VALUE) -> list[DrawnField]:
    """Fields with what was typed in them."""
    read: dict[str, Callable[[str], str]] = {
        AskedBy.TICKS: lambda name: " ".join(form.all(name)),
        AskedBy.AREA: form.text,
    }
    return [one.typed(read.get(one.kind, form.one)(f"{before}{one.name}")) for one in fields]


def changes(before: SettingToEdit, page: SettingToEdit) -> tuple[Edit, ...]:
    """Edits of the fields that were changed, so that all others stay to the byte."""
    path = path_of(page.path)
    changed = changed_fields(before.fields, page.fields)
    if not path:
        return texts_of_element(page.element, changed)
    pairs, edits = [], list[Edit]()
    for now in changed:
        if now.name.startswith(TEXT_PREFIX):
            inside = now.name.removeprefix(TEXT_PREFIX)
            edits.append(SetText(page.element, (*path, (inside, 0)) if inside else path, now.value))
        elif now.name.startswith(ENGLISH_PREFIX):
            edits.append(SetTranslation(page.element, path, now.name.removeprefix(ENGLISH_PREFIX), now.value))
        else:
            pairs.append((now.name, now.value))
    return (*([SetSettings(page.element, path, tuple(pairs))] if pairs else []), *edits)


def texts_of_element(element: str, changed: Iterable[DrawnField]) -> tuple[Edit, ...]:
    """Edits of what people read of a step itself: its name, its explanation, both in English."""
    made: dict[str, Callable[[DrawnField], Edit]] = {
        NAME: lambda one: SetName(element, one.value),
        DOCUMENTATION: lambda one: SetDocumentation(element, one.value),
        **{
            f"{ENGLISH_PREFIX}{of}": lambda one: SetTranslation(
                element, (), one.name.removeprefix(ENGLISH_PREFIX), one.value
            )
            for of in TRANSLATED_OF_ELEMENT
        },
    }
    return tuple(made[one.name](one) for one in changed if one.name in made)


def changed_fields(before: Iterable[DrawnField], now: Iterable[DrawnField]) -> list[DrawnField]:
    """The fields in which somebody typed something else."""
    return [one for was, one in zip(before, now, strict=True) if not _same(was, one)]


def _same(was: DrawnField, now: DrawnField) -> bool:
    if now.kind == AskedBy.TICKS:
        return set(was.values) == set(now.values)
    return was.value.split() == now.value.split()


def new_setting(page: SettingToEdit) -> NewSetting:
    """The setting that a form for a new one asks for."""
    filled = [one for one in page.fields if one.value]
    texts = {one.name.removeprefix(TEXT_PREFIX): one.value for one in filled if one.name.startswith(TEXT_PREFIX)}
    inside = [NewSetting(name, text=text) for name, text in texts.items() if name]
    inside += [_english(one) for one in filled if one.name.startswith(ENGLISH_PREFIX)]
    pairs = [(one.name, one.value) for one in filled if not one.name.startswith((TEXT_PREFIX, ENGLISH_PREFIX))]
    return NewSetting(page.name, tuple(pairs), texts.get("", ""), tuple(inside))


def _english(field: DrawnField) -> NewSetting:
    said = {"lang": Language.ENGLISH, "of": field.name.removeprefix(ENGLISH_PREFIX), "text": field.value}
    return NewSetting("translation", tuple(said.items()))
