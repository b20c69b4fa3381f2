"""The input and the outcome of computing a deadline. Plain frozen data with a dict form for storage (ISO dates)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from engine.words import Counting
from processes.law.errors import BadRequest
from processes.law.rules import LawRule
from processes.law.years import FIRST_DAY, LAST_DAY


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time that does not count. `from_` is the day of the request or of the cause; whether it stands still itself, its ground
    says (`standstill_grounds.py`). `until` is the first day that counts again: the day of the repair or the one after it, as
    the ground says, or the day after the last day of the repair term when nobody answered. None: it still stands still.
    """

    from_: date
    until: date | None = None
    ground: str = ""

    def __post_init__(self) -> None:
        _check_day(self.from_)
        if self.until is not None:
            _check_day(self.until)
            if self.until < self.from_:
                raise BadRequest(f"de termijn kan niet stilstaan van {self.from_} tot {self.until}.")

    def to_dict(self) -> dict[str, Any]:
        return {"from": self.from_.isoformat(), "until": _text(self.until), "ground": self.ground}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        return cls(_day(record["from"]), _day_or_none(record.get("until")), record.get("ground") or "")


@dataclass(frozen=True, slots=True)
class Extension:
    """Decided `on` a day. No `until`: as long as the law allows. `consent`: others agreed to a later date (`until`)."""

    on: date
    until: date | None = None
    consent: bool = False

    def __post_init__(self) -> None:
        _check_day(self.on)
        if self.until is not None:
            _check_day(self.until)
        elif self.consent:
            raise BadRequest("uitstel met instemming heeft een datum nodig.")

    def to_dict(self) -> dict[str, Any]:
        return {"on": self.on.isoformat(), "until": _text(self.until), "consent": self.consent}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        return cls(_day(record["on"]), _day_or_none(record.get("until")), bool(record.get("consent")))


@dataclass(frozen=True, slots=True)
class DeadlineRequest:
    """Exactly one of `rule` (a code, with a variant) and `duration` (ISO 8601, with a calendar) is set.

    `length` (ISO 8601, whole weeks or days) counts in the place of what the rule says: a court set it. `start` is day 0: the day of the event. The term begins the day after it.
    """

    start: date
    rule: str | None = None
    variant: str | None = None
    duration: str | None = None
    length: str | None = None
    calendar: Counting = Counting.CALENDAR
    title: str = ""
    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[Extension, ...] = ()

    def __post_init__(self) -> None:
        _check_day(self.start)
        if bool(self.rule) == bool(self.duration):
            raise BadRequest("geef een wettelijke termijn of een duur, niet allebei.")
        if self.calendar not in set(Counting):
            raise BadRequest(f"de telling '{self.calendar}' bestaat niet.")

    def to_dict(self) -> dict[str, Any]:
        return {
            "start": self.start.isoformat(),
            "rule": self.rule,
            "variant": self.variant,
            "duration": self.duration,
            "length": self.length,
            "calendar": self.calendar,
            "title": self.title,
            "suspensions": [suspension.to_dict() for suspension in self.suspensions],
            "extensions": [extension.to_dict() for extension in self.extensions],
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        return cls(
            start=_day(record["start"]),
            rule=record.get("rule"),
            variant=record.get("variant"),
            duration=record.get("duration"),
            length=record.get("length"),
            calendar=record.get("calendar") or Counting.CALENDAR,
            title=record.get("title") or "",
            suspensions=tuple(map(Suspension.from_dict, record.get("suspensions") or ())),
            extensions=tuple(map(Extension.from_dict, record.get("extensions") or ())),
        )


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One line under 'Waarom deze datum?'. `date` is where the term ends after this step (the first step: day 0).

    `added` are the calendar days that the step adds, so that day 0 plus all of them is the outcome.
    """

    date: date
    sentence: str
    article: str = ""
    added: int = 0


@dataclass(frozen=True, slots=True)
class ComputedDeadline:
    """The outcome. `due` is None while the term stands still without an end; `earliest` is then the soonest possible.

    `original` is the date without standstill, extension and consent. `extension_ends` is the date that an extension by
    law would give now. `refused` explains extensions in the request that do not count. `rules` are the records used.
    """

    request: DeadlineRequest
    due: date | None
    original: date
    earliest: date
    steps: tuple[ExplainedStep, ...]
    can_extend: bool = False
    extension_ends: date | None = None
    suspended_since: date | None = None
    refused: tuple[str, ...] = ()
    rules: tuple[LawRule, ...] = ()

    def may_extend_on(self, today: date) -> bool:
        """Whether it can still be extended today: once, and only before the term has ended."""
        return self.can_extend and (self.due is None or today <= self.due)


def _check_day(day: date) -> None:
    # A datetime is a date to Python, and a moment in UTC is often another day in Amsterdam.
    if isinstance(day, datetime):
        raise BadRequest("een termijn rekent met dagen, zonder tijdstip.")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadRequest(f"{day} ligt niet tussen {FIRST_DAY} en {LAST_DAY}.")


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as cause:
        raise BadRequest(f"'{value}' is geen datum.") from cause


def _day_or_none(value: object) -> date | None:
    return None if value is None else _day(value)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
