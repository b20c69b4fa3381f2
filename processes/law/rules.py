"""The law as data: what an article says about a term, from when until when, and how sure we are of it.

Comes in: dicts that an administrator edited, or the records of `law.py`; goes out: frozen records and the `LawBook`
that finds the one that holds on a date. Dates are local dates in Europe/Amsterdam.
"""

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal, Self, cast, get_args

from processes.law.errors import BadRecord, UnknownRule
from processes.law.retention_classes import RETENTION_RULES, RetentionRule, retention_rule
from processes.law.tariffs import Tariff

Unit = Literal["days", "weeks", "months"]
Certainty = Literal["sure", "high", "medium"]

# Algemene termijnenwet art. 4: longer terms than these run out on the day itself; exactly this long still moves.
LONGEST_THAT_MOVES: Mapping[Unit, int] = {"days": 90, "weeks": 12, "months": 3}


@dataclass(frozen=True, slots=True)
class LawRule:
    """One article's term. Day 0 is the start date: the term begins the day after it and ends on its last day.

    `after` names the rule that runs first (always its `standard` variant); this term then starts the day after that one
    ends. `extension` may be added once, before the term ends. `consent` is the article by which others (the parties, the
    court) may agree to a later date, None where nobody can. `backwards` terms are counted back from the start date.
    `procedures` (of `case:caseType`) are those that the article is about; none where it goes for all of them. A variant
    with the word committee in its name holds only where a committee advises.
    `force_majeure` is the article by which it stands still by force majeure, None where the law has no such thing.
    `penalty`: deciding after it costs a penalty once the municipality was put in default (Awb 4:17).
    """

    code: str
    title: str
    article: str
    amount: int
    unit: Unit
    valid_from: date
    variant: str = "standard"
    after: str | None = None
    counts_from: str = ""  # words for day 0 in the explanation, such as 'de dag waarop de klacht binnenkwam'
    extension: int | None = None
    extension_unit: Unit = "weeks"
    extension_article: str | None = None
    consent: str | None = None
    force_majeure: str | None = None
    penalty: bool = False
    moved_by_termijnenwet: bool = True
    backwards: bool = False
    valid_until: date | None = None
    procedures: tuple[str, ...] = ()
    source: str = ""
    checked_on: date | None = None
    certainty: Certainty = "medium"

    def __post_init__(self) -> None:
        self._check(bool(self.code and self.title and self.article), "code, titel en artikel zijn verplicht")
        self._check(self.unit in get_args(Unit), f"de eenheid '{self.unit}' bestaat niet")
        self._check(self.extension_unit in get_args(Unit), f"de eenheid '{self.extension_unit}' bestaat niet")
        whole = all(type(amount) is int for amount in (self.amount, self.extension or 1))
        self._check(whole, "een termijn is een heel getal")
        self._check(self.amount > 0, "de termijn moet langer zijn dan 0")
        self._check(self.extension is None or self.extension > 0, "de verlenging moet langer zijn dan 0")
        self._check(self.after != self.code, "een termijn kan niet op zichzelf volgen")
        in_order = self.valid_until is None or self.valid_until >= self.valid_from
        self._check(in_order, "de einddatum ligt voor de begindatum")
        # A date to count back from is given; nothing runs before it, and nobody can lengthen it.
        self._check(not (self.backwards and (self.after or self.extension)), "een termijn terug heeft geen verlenging")

    def _check(self, holds: bool, complaint: str) -> None:
        if not holds:
            raise BadRecord(f"{self.code or 'zonder code'}: {complaint}.")

    @property
    def moves(self) -> bool:
        """Whether the Algemene termijnenwet moves the end of this term off a closed day (art. 1 and 4)."""
        return self.moved_by_termijnenwet and not self.backwards and self.amount <= LONGEST_THAT_MOVES[self.unit]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def to_dict(self) -> dict[str, Any]:
        return _plain(asdict(self))

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        listed = {**record, "procedures": tuple(record.get("procedures") or ())}
        return cast("Self", _read(cls, listed, ("valid_from", "valid_until", "checked_on")))


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day that a royal decree makes equal to a holiday (Algemene termijnenwet art. 3, third paragraph)."""

    day: date
    title: str = "gelijkgesteld met een feestdag"
    source: str = ""
    checked_on: date | None = None
    certainty: Certainty = "medium"

    def to_dict(self) -> dict[str, Any]:
        return _plain(asdict(self))

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        return cast("Self", _read(cls, record, ("day", "checked_on")))


@dataclass(frozen=True)
class LawBook:
    """All rules, equalised days, tariffs and retention classes together. Two records of one rule and variant may not hold on
    the same day.
    """

    rules: tuple[LawRule, ...]
    closed_days: tuple[ClosedDay, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    retention: tuple[RetentionRule, ...] = RETENTION_RULES

    def __post_init__(self) -> None:
        self._check_tariffs()
        by_name: dict[tuple[str, str], list[LawRule]] = {}
        for rule in sorted(self.rules, key=lambda rule: rule.valid_from):
            before = by_name.setdefault((rule.code, rule.variant), [])
            if before and before[-1].holds_on(rule.valid_from):
                raise BadRecord(f"{rule.code} ({rule.variant}): op {rule.valid_from} gelden twee versies tegelijk.")
            before.append(rule)

    def _check_tariffs(self) -> None:
        in_order = sorted(self.tariffs, key=lambda tariff: tariff.valid_from)
        for earlier, later in itertools.pairwise(in_order):
            if earlier.holds_on(later.valid_from):
                raise BadRecord(f"dwangsom: op {later.valid_from} gelden twee tarieven tegelijk.")

    def tariff(self, on: date) -> Tariff:
        """The tariff of the penalty that holds on a date. Raises UnknownRule."""
        for tariff in self.tariffs:
            if tariff.holds_on(on):
                return tariff
        raise UnknownRule(f"er is geen tarief van de dwangsom op {on}.")

    def retention_rule(self, number: str, on: date, closed_on: date | None = None) -> RetentionRule:
        """The version of a retention class that holds on a date, for a case closed on another. Raises UnknownRetention."""
        return retention_rule(number, self.retention, on=on, closed_on=closed_on)

    def rule(self, code: str, variant: str | None, on: date) -> LawRule:
        """The rule as it holds on a date; no variant is `standard`. Raises UnknownRule."""
        wanted = variant or "standard"
        found = [rule for rule in self.rules if rule.code == code and rule.variant == wanted]
        for rule in found:
            if rule.holds_on(on):
                return rule
        raise UnknownRule(self._why_not(code, wanted, on, known=bool(found)))

    def versions(self, code: str, variant: str) -> tuple[LawRule, ...]:
        """Every version of a rule, oldest first."""
        found = (rule for rule in self.rules if (rule.code, rule.variant) == (code, variant))
        return tuple(sorted(found, key=lambda rule: rule.valid_from))

    def rules_on(self, day: date) -> tuple[LawRule, ...]:
        """Every rule that holds on a day, in the order of the book."""
        return tuple(rule for rule in self.rules if rule.holds_on(day))

    def _why_not(self, code: str, variant: str, on: date, *, known: bool) -> str:
        if known:
            return f"'{code}' ({variant}) geldt niet op {on}."
        variants = sorted({rule.variant for rule in self.rules if rule.code == code})
        if variants:
            return f"'{code}' kent geen variant '{variant}'. Kies uit: {', '.join(variants)}."
        return f"'{code}' staat niet in de lijst met wettelijke termijnen."

    @functools.cached_property
    def equalised(self) -> Mapping[date, str]:
        return {closed.day: closed.title for closed in self.closed_days}

    def to_dict(self) -> dict[str, Any]:
        return {
            "rules": [rule.to_dict() for rule in self.rules],
            "closed_days": [closed.to_dict() for closed in self.closed_days],
            "tariffs": [tariff.to_dict() for tariff in self.tariffs],
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Sequence[Mapping[str, Any]]]) -> Self:
        return cls(
            rules=tuple(LawRule.from_dict(rule) for rule in record.get("rules", ())),
            closed_days=tuple(ClosedDay.from_dict(closed) for closed in record.get("closed_days", ())),
            tariffs=tuple(Tariff.from_dict(tariff) for tariff in record.get("tariffs", ())),
        )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _read(kind: type[LawRule] | type[ClosedDay], record: Mapping[str, Any], dates: tuple[str, ...]) -> object:
    """A record from its dict form. An unknown or missing field is refused: it would silently lose what was meant."""
    unknown = sorted(set(record) - {known.name for known in fields(kind)})
    if unknown:
        raise BadRecord(f"onbekende velden: {', '.join(unknown)}.")
    try:
        values: dict[str, Any] = {name: _as_date(value) if name in dates else value for name, value in record.items()}
        return kind(**values)
    except (TypeError, ValueError) as cause:
        raise BadRecord(f"{record.get('code') or record.get('day') or 'zonder code'}: {cause}") from cause


def _as_date(value: object) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))
