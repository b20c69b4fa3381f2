"""The fields of a setting as somebody sent them, and the edits that they ask for."""

from collections.abc import Callable
from dataclasses import replace

from engine.edits import Edit, NewSetting, SetSettings, SetText, path_of
from portal.received import Received
from processes.reads.studio import TEXT_PREFIX, AskedBy, DrawnField, SettingToEdit

VALUE = "v."  # before the name of a field: a setting may be called as a field of every form


def typed_in(page: SettingToEdit, form: Received, before: str = VALUE) -> SettingToEdit:
    """The form with what was typed in it; `before` stands before the names of its fields."""
    read: dict[str, Callable[[str], str]] = {
        AskedBy.TICKS: lambda name: " ".join(form.all(name)),
        AskedBy.AREA: form.text,
    }
    fields = tuple(replace(one, value=read.get(one.kind, form.one)(f"{before}{one.name}")) for one in page.fields)
    return replace(page, fields=fields)


def changes(before: SettingToEdit, page: SettingToEdit) -> tuple[Edit, ...]:
    """Edits of the fields that were changed, so that all others stay to the byte."""
    path, pairs, edits = path_of(page.path), [], list[Edit]()
    for was, now in zip(before.fields, page.fields, strict=True):
        if _same(was, now):
            continue
        if now.name.startswith(TEXT_PREFIX):
            inside = now.name.removeprefix(TEXT_PREFIX)
            edits.append(SetText(page.element, (*path, (inside, 0)) if inside else path, now.value))
        else:
            pairs.append((now.name, now.value))
    return (*([SetSettings(page.element, path, tuple(pairs))] if pairs else []), *edits)


def _same(was: DrawnField, now: DrawnField) -> bool:
    if now.kind == AskedBy.TICKS:
        return set(was.values) == set(now.values)
    return was.value.split() == now.value.split()


def new_setting(page: SettingToEdit) -> NewSetting:
    """The setting that a form for a new one asks for."""
    pairs = [(one.name, one.value) for one in page.fields if one.value and not one.name.startswith(TEXT_PREFIX)]
    texts = {one.name.removeprefix(TEXT_PREFIX): one.value for one in page.fields if one.name.startswith(TEXT_PREFIX)}
    inside = tuple(NewSetting(name, text=text) for name, text in texts.items() if name and text)
    return NewSetting(page.name, tuple(pairs), texts.get("", ""), inside)
