"""The retention terms of closed cases, by the class of the selectielijst gemeenten that the result of a case names.

What comes along is the published list of classes 6, 13, 21 and 26. It is labelled 2020 while its rows hang on the 2017
process types: a municipality checks it against its own list and changes it at `/beheer/instellingen`, from a day on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

from processes.base.dutch import enumeration, term_in_words
from processes.law.years import FIRST_DAY

_SOURCE = "Selectielijst gemeenten en intergemeentelijke organen 2020"
CHECKED_ON: Final = date(2026, 11, 22)
MONTHS_IN_YEAR: Final = 12
# Six weeks to object (Awb 6:7) and as long again, for an objection that came late with a good reason (Awb 6:11) or by a
# post that was slow. The margin is ours and no law: it keeps a dossier rather too long than too short.
REMEDY_WEEKS: Final = 13


class UnknownRetention(Exception):
    """Deze klasse staat niet in de lijst met bewaartermijnen:"""

    def __str__(self) -> str:
        return " ".join([(type(self).__doc__ or "").strip(), *map(str, self.args)]).strip()


class RetentionStart(StrEnum):
    """The day that the term of a retention class counts from: the closing of the case, or 1 January of the year after it."""

    CLOSED = "closed"
    NEXT_YEAR = "next_year"


class RetentionReach(StrEnum):
    """The cases for which a version of a retention class holds: all that are not destroyed yet, or only those that were closed
    on its first day or later.
    """

    ALL = "all"
    CLOSED_SINCE = "closed_since"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One version of a class. `years` is None for what is kept for ever; `months` come on top of the years.

    `at_least_weeks` after the closing nothing goes, however short the term: somebody may still object or appeal.
    """

    number: str
    result: str
    years: int | None
    source: str = _SOURCE
    months: int = 0
    counts_from: RetentionStart = RetentionStart.CLOSED
    at_least_weeks: int = REMEDY_WEEKS
    reach: RetentionReach = RetentionReach.ALL
    valid_from: date = FIRST_DAY
    checked_on: date | None = CHECKED_ON
    certainty: Literal["sure", "high", "medium"] = "high"

    @property
    def in_words(self) -> str:
        """Why a case goes after its term, as people read it: `13.1 Geschil behandeld (5 jaar), Selectielijst ...`."""
        return f"{self.number} {self.result} ({self.term_in_words}), {self.source}"

    @property
    def term_in_words(self) -> str:
        """`5 jaar`, `1 jaar en 6 maanden`, `blijvend bewaren`."""
        if self.years is None:
            return "blijvend bewaren"
        years = f"{self.years} jaar" if self.years else ""
        months = term_in_words(self.months, "months") if self.months else ""
        return enumeration(list(filter(None, [years, months])))

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


def retention_rule(
    number: str,
    rules: Iterable[RetentionRule] = RETENTION_RULES,
    *,
    on: date | None = None,
    closed_on: date | None = None,
) -> RetentionRule:
    """The version of a class, such as `13.1.4`, that holds on day `on` for a case that was closed on `closed_on`.

    Without `on` the newest; without `closed_on` one that is closed on that day. Where none holds yet: the oldest. Raises
    UnknownRetention.
    """
    versions = sorted((rule for rule in rules if rule.number == number), key=lambda rule: rule.valid_from)
    if not versions:
        raise UnknownRetention(f"'{number}'.")
    day = on or versions[-1].valid_from
    holding = [rule for rule in versions if rule.valid_from <= day and _reaches(rule, closed_on or day)]
    return holding[-1] if holding else versions[0]


def _reaches(rule: RetentionRule, closed_on: date) -> bool:
    return rule.reach == RetentionReach.ALL or closed_on >= rule.valid_from


def ends_on(rule: RetentionRule, closed_on: date) -> date | None:
    """The first day on which a case may be destroyed; None when it is kept for ever."""
    if rule.years is None:
        return None
    start = date(closed_on.year + 1, 1, 1) if rule.counts_from == RetentionStart.NEXT_YEAR else closed_on
    return max(_later(start, rule.years, rule.months), closed_on + timedelta(weeks=rule.at_least_weeks))


def _later(start: date, years: int, months: int) -> date:
    months += start.month - 1
    year, month = start.year + years + months // MONTHS_IN_YEAR, months % MONTHS_IN_YEAR + 1
    try:
        return date(year, month, start.day)
    except ValueError:  # a month without that day: the first of the next one, never a day too early
        return date(year + month // MONTHS_IN_YEAR, month % MONTHS_IN_YEAR + 1, 1)


def longest(rules: Iterable[RetentionRule]) -> RetentionRule:
    """The class that keeps a case longest, of several that fit it. Raises ValueError when there are none."""
    return max(rules, key=lambda rule: (rule.years is None, (rule.years or 0) * MONTHS_IN_YEAR + rule.months))


def retention_to_choose() -> dict[str, str]:
    """The classes by number with their words, for a case type that has none yet. The longest ordinary one stands first: what is
    kept too long can still be destroyed.
    """
    ordinary = sorted(RETENTION_RULES, key=lambda rule: (rule.number != "13.1", rule.number))
    return {rule.number: f"{rule.number} {rule.result} ({rule.term_in_words})" for rule in ordinary}
