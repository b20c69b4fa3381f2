"""The retention terms of closed cases, by the class of the selectielijst gemeenten that its result names.

From the published list of classes 6, 13, 21 and 26. It is labelled 2020 while its rows hang on the 2017 process types:
a municipality checks it against its own list.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

_SOURCE = "Selectielijst gemeenten en intergemeentelijke organen 2020"


class UnknownRetention(Exception):
    """Deze klasse staat niet in de lijst met bewaartermijnen:"""

    def __str__(self) -> str:
        return " ".join([(type(self).__doc__ or "").strip(), *map(str, self.args)]).strip()


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """`years` is None for what is kept for ever."""

    number: str
    result: str
    years: int | None
    source: str = _SOURCE

    @property
    def nomination(self) -> Literal["blijvend_bewaren", "vernietigen"]:
        return "blijvend_bewaren" if self.years is None else "vernietigen"


RETENTION_RULES: tuple[RetentionRule, ...] = (
    RetentionRule("6.1", "Verzoek toegewezen, ook deels", 5),
    RetentionRule("6.2", "Verzoek afgewezen", 1),
    RetentionRule("6.3", "Verzoek afgebroken", 1),
    RetentionRule("13.1", "Geschil behandeld", 5),
    RetentionRule("13.1.1", "Geschil behandeld, met financiële gevolgen", 7),
    RetentionRule("13.1.2", "Klacht behandeld via een ombudsman", 10),
    RetentionRule("13.1.3", "Geschil raakt een zaak die bewaard blijft", None),
    RetentionRule("13.1.4", "Niet-ontvankelijk", 1),
    RetentionRule("13.2", "Geschil afgebroken", 1),
    RetentionRule("21.1", "Advies gegeven", 5),
    RetentionRule("21.2", "Advies niet gegeven", 1),
    RetentionRule("21.3", "Advies afgebroken", 1),
    RetentionRule("26.1", "Geschil dat de gemeente begon, behandeld", 5),
    RetentionRule("26.2", "Geschil dat de gemeente begon, afgebroken", 1),
)


def retention_rule(number: str) -> RetentionRule:
    """The rule of a class, such as `13.1.4`. Raises UnknownRetention."""
    for rule in RETENTION_RULES:
        if rule.number == number:
            return rule
    raise UnknownRetention(f"'{number}'.")


def ends_on(rule: RetentionRule, closed_on: date) -> date | None:
    """The first day on which a case may be destroyed; None when it is kept for ever."""
    if rule.years is None:
        return None
    year = closed_on.year + rule.years
    if (closed_on.month, closed_on.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)  # never a day too early
    return closed_on.replace(year=year)


def longest(rules: Iterable[RetentionRule]) -> RetentionRule:
    """The class that keeps a case longest, of several that fit it. Raises ValueError when there are none."""
    return max(rules, key=lambda rule: (rule.years is None, rule.years or 0))
