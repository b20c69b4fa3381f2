"""All settings that hold from a day on, with every version in time. Pure: saved records in, a `SettingShelf` out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, cast

from processes.dated.kinds import KINDS
from processes.dated.setting_kind import DatedKind, Values
from processes.law.counting import DAY
from processes.law.edits import Saved

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class SettingVersion(Generic[Made]):
    """One setting as it holds from `valid_from` up to and including `until`; None: without an end.

    `made` is the record that the program uses, `values` what it was made of. `standard`: it came along with the program.
    """

    code: str
    valid_from: date
    until: date | None
    values: Values
    made: Made
    standard: bool

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.until is None or day <= self.until)


class SettingShelf:
    """The versions by kind and code, oldest first."""

    def __init__(self, versions: Mapping[tuple[str, str], tuple[SettingVersion[Any], ...]]) -> None:
        self._versions = versions

    def on(self, kind: DatedKind[Made], code: str, day: date) -> Made | None:
        """The setting as it holds on a day; None when there is none (yet)."""
        version = self.version_on(kind, code, day)
        return version.made if version else None

    def version_on(self, kind: DatedKind[Made], code: str, day: date) -> SettingVersion[Made] | None:
        """The version that holds on a day; None when there is none (yet)."""
        return next((one for one in reversed(self.versions(kind, code)) if one.holds_on(day)), None)

    def versions(self, kind: DatedKind[Made], code: str) -> tuple[SettingVersion[Made], ...]:
        """Every version of one code, oldest first; none for a code that is not known."""
        return cast("tuple[SettingVersion[Made], ...]", self._versions.get((kind.word, code), ()))

    def codes(self, kind: DatedKind[Any]) -> tuple[str, ...]:
        """Every code of a kind: those that come along in their own order, then those that were added."""
        return tuple(code for word, code in self._versions if word == kind.word)

    def all_versions(self, kind: DatedKind[Made]) -> tuple[SettingVersion[Made], ...]:
        """Every version of every code of a kind."""
        return tuple(version for code in self.codes(kind) for version in self.versions(kind, code))


def shelved(saved: Iterable[Saved] = ()) -> SettingShelf:
    """The shelf of what comes along, with what was saved over it, oldest first: of one kind, code and day the newest record counts.

    A record without values takes back what was saved for that day; what came along for it then holds again. Raises what a
    kind raises for values that cannot be read.
    """
    found: dict[tuple[str, str], dict[date, tuple[Values, bool]]] = {}
    came: dict[tuple[str, str, date], Values] = {}
    for kind in KINDS.values():
        for one in kind.standard:
            found.setdefault((kind.word, one.code), {})[one.valid_from] = (one.values, True)
            came[kind.word, one.code, one.valid_from] = one.values
    for edit in saved:
        if edit.kind in KINDS:
            _lay(found.setdefault((edit.kind, edit.code), {}), edit, came.get((edit.kind, edit.code, edit.valid_from)))
    return SettingShelf({name: _in_time(name, days) for name, days in found.items() if days})


def _lay(days: dict[date, tuple[Values, bool]], edit: Saved, came: Values | None) -> None:
    if edit.record:
        days[edit.valid_from] = (edit.record, False)
    elif came is not None:
        days[edit.valid_from] = (came, True)
    else:
        days.pop(edit.valid_from, None)


def _in_time(name: tuple[str, str], days: Mapping[date, tuple[Values, bool]]) -> tuple[SettingVersion[Any], ...]:
    """Each version holds until the day before the next one."""
    word, code = name
    firsts = sorted(days)
    ends = [*(day - DAY for day in firsts[1:]), None]
    return tuple(
        SettingVersion(code, day, end, days[day][0], KINDS[word].make(code, day, days[day][0]), days[day][1])
        for day, end in zip(firsts, ends, strict=True)
    )


def read_record(saved: Saved) -> object:
    """The record of one saved setting; None for one that takes something back, or of another kind. Raises as its kind does."""
    kind = KINDS.get(saved.kind)
    return kind.make(saved.code, saved.valid_from, saved.record) if kind and saved.record else None
