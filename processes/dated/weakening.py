"""Whether a change of a setting takes away what guards against one administrator alone. Pure: a shelf and a record in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from processes.dated.kinds import KINDS
from processes.dated.setting_kind import DatedKind
from processes.dated.shelf import SettingShelf
from processes.law.edits import Saved


def weakened(shelf: SettingShelf, saved: Saved, today: date) -> bool:
    """On today or any later day, so that a change for a later day, or one that is taken back, is no way around it."""
    kind = KINDS[saved.kind]
    before = {one.valid_from: one.made for one in shelf.versions(kind, saved.code)}
    after = {**before, **_of(kind, saved)}
    if not saved.record and not _of(kind, saved):
        after.pop(saved.valid_from, None)
    days = {today, *(day for day in (*before, *after) if day > today)}
    told = ((_on(before, day), _on(after, day)) for day in days)
    return any(was is not None and becomes is not None and kind.weakens(was, becomes) for was, becomes in told)


def _of(kind: DatedKind[Any], saved: Saved) -> dict[date, Any]:
    """The record that a day gets: what was saved, or what came along when something is taken back."""
    came = (one.values for one in kind.standard if (one.code, one.valid_from) == (saved.code, saved.valid_from))
    values = saved.record or next(came, None)
    return {saved.valid_from: kind.make(saved.code, saved.valid_from, values)} if values else {}


def _on(records: Mapping[date, Any], day: date) -> Any:
    held = [one for one in records if one <= day]
    return records[max(held)] if held else None
