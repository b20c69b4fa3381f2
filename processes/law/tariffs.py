"""The tariff of the penalty per day (Awb 4:17, second paragraph), as data with the dates of each, in cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self

from processes.law.errors import BadRecord


@dataclass(frozen=True, slots=True)
class Tariff:
    """`steps` are numbers of days with the cents of each of those days, in order: `((14, 2300), (14, 3500), (14, 4500))`.

    After the days of the last step nothing more is added.
    """

    steps: tuple[tuple[int, int], ...]
    valid_from: date
    valid_until: date | None = None
    article: str = "Awb 4:17, lid 2"
    source: str = ""
    checked_on: date | None = None
    certainty: Literal["sure", "high", "medium"] = "medium"

    def __post_init__(self) -> None:
        whole = all(type(days) is int and type(cents) is int for days, cents in self.steps)
        if not self.steps or not whole or any(days <= 0 or cents <= 0 for days, cents in self.steps):
            raise BadRecord("dwangsom: elke trede heeft een aantal dagen en een bedrag in centen, beide meer dan 0.")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise BadRecord("dwangsom: de einddatum ligt voor de begindatum.")

    @property
    def days(self) -> int:
        """The most days that a penalty can last."""
        return sum(days for days, _ in self.steps)

    @property
    def most(self) -> int:
        """The most that one late decision can cost, in cents."""
        return sum(days * cents for days, cents in self.steps)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def to_dict(self) -> dict[str, Any]:
        return {
            "steps": [list(step) for step in self.steps],
            "valid_from": self.valid_from.isoformat(),
            "valid_until": _text(self.valid_until),
            "article": self.article,
            "source": self.source,
            "checked_on": _text(self.checked_on),
            "certainty": self.certainty,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Raises BadRecord for an unknown or missing field: it would silently lose what was meant."""
        try:
            dates = {name: _day(record[name]) for name in ("valid_from", "valid_until", "checked_on") if name in record}
            steps = tuple((days, cents) for days, cents in record["steps"])
            return cls(**{**record, **dates, "steps": steps})
        except (KeyError, TypeError, ValueError) as cause:
            raise BadRecord(f"dwangsom: {cause}") from cause


# Indexed once so far. The day on which the notice of default came in says which tariff holds, for the whole penalty
# (transitional rule of the Regeling indexering bedragen Awb 2018, as the VNG told it on 23 November 2018; second source,
# checked 28 November 2026).
TARIFFS = (
    Tariff(
        ((14, 2000), (14, 3000), (14, 4000)),
        valid_from=date(2009, 10, 1),
        valid_until=date(2018, 12, 31),
        source="Algemene wet bestuursrecht, wetten.overheid.nl (BWBR0005537)",
        checked_on=date(2026, 11, 22),
        certainty="sure",
    ),
    Tariff(
        ((14, 2300), (14, 3500), (14, 4500)),
        valid_from=date(2019, 1, 1),
        source="Staatscourant 2018, 65542; de bedragen staan nog zo in de tekst van 1 juli 2026, gelezen in MinBZK/regelrecht-corpus",
        checked_on=date(2026, 11, 29),
        certainty="sure",
    ),
)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(value: object) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))
