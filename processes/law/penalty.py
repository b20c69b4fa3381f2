"""The penalty for a late decision, and why (Awb 4:17 and 4:18). Pure: no clock, no storage.

In: the last day of the term, the notices of default, and the day of the decision or today. Out: a `Penalty` whose steps
explain it; adding up the days of its steps gives the amount. One late decision costs one penalty, whatever the number
of notices and applicants.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from processes.base.dutch import date_in_words, days_in_words, euros_in_words, term_in_words
from processes.law.counting import DAY, add_term, moved
from processes.law.default_book import default_book
from processes.law.errors import BadRequest
from processes.law.rules import LawBook

ARTICLE = "Awb 4:17, lid 3"
GRACE, SETTING = "awb-4-17", "awb-4-18"  # the rules of the two weeks before it starts, and of those to lay it down

# Since this day (Wmebv, Stb. 2023, 183) the fourth paragraph of 4:17 is gone, and the fifth to seventh are the fourth to sixth.
# Both texts were read on 29 November 2026, as they held on 1 January 2025 and on 1 July 2026.
RENUMBERED = date(2026, 1, 1)
# Why a notice of default leads to no penalty: by code, the words in the explanation and the article.
EXCLUSIONS: Mapping[str, tuple[str, str]] = {
    "onredelijk_laat": ("de ingebrekestelling kwam onredelijk laat", "Awb 4:17, lid 5, onder a"),
    "geen_belanghebbende": ("wie in gebreke stelde, is geen belanghebbende", "Awb 4:17, lid 5, onder b"),
    "kennelijk": (
        "de aanvraag of het bezwaar is kennelijk niet-ontvankelijk of kennelijk ongegrond",
        "Awb 4:17, lid 5, onder c",
    ),
}
# Why the law knows no penalty for a decision at all.
BARS: Mapping[str, tuple[str, str]] = {
    "geen_dwangsom": ("De wet kent voor deze termijn geen dwangsom", "Awb 4:17, lid 1"),
    "woo": ("Voor een besluit over een Woo-verzoek geldt geen dwangsom, ook niet in bezwaar", "Woo 8.2"),
}


class PenaltyState(StrEnum):
    """The states of a penalty: no notice counts, the two weeks of grace run, each day costs money, or it has ended."""

    NOTHING = "nothing"
    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of default, by the day on which it came in. `excluded`: the code of a ground of EXCLUSIONS."""

    received_on: date
    excluded: str | None = None

    def __post_init__(self) -> None:
        if self.excluded is not None and self.excluded not in EXCLUSIONS:
            raise BadRequest(f"de grond '{self.excluded}' bestaat niet.")


@dataclass(frozen=True, slots=True)
class PenaltyRequest:
    """`due` is the last day of the term, None while it stands still. `decided` is the day on which the municipality
    decided, or did not have to any more. `bar` is a code of BARS.
    """

    due: date | None
    notices: tuple[Notice, ...]
    today: date
    decided: date | None = None
    applicants: int = 1
    bar: str | None = None

    def __post_init__(self) -> None:
        if self.applicants < 1:
            raise BadRequest("een dwangsom is voor minstens één indiener.")
        if self.bar is not None and self.bar not in BARS:
            raise BadRequest(f"de reden '{self.bar}' bestaat niet.")


@dataclass(frozen=True, slots=True)
class PenaltyStep:
    """One line of the explanation. What it adds is `days` times `cents`."""

    sentence: str
    article: str = ""
    days: int = 0
    cents: int = 0


@dataclass(frozen=True, slots=True)
class Penalty:
    """The outcome.

    `first` is the first day that costs money and `last` the last one so far. `daily` is what today adds, in cents;
    `shares` are the parts of the applicants. `lay_down_by` is the last day to lay the amount down, once it has ended.
    """

    state: PenaltyState
    steps: tuple[PenaltyStep, ...]
    notice: Notice | None = None
    first: date | None = None
    last: date | None = None
    days: int = 0
    cents: int = 0
    daily: int = 0
    most: int = 0
    shares: tuple[int, ...] = ()
    lay_down_by: date | None = None


def penalty(request: PenaltyRequest, book: LawBook | None = None) -> Penalty:
    """The penalty due on `today`, with its steps. Raises UnknownRule when the law book has no tariff for the day on which the
    notice came in.
    """
    if request.bar is not None:
        words, article = BARS[request.bar]
        return Penalty(PenaltyState.NOTHING, (PenaltyStep(f"{words}.", article),))
    counted: Notice | None = None
    before, after = [PenaltyStep(_term_in_words(request))], list[PenaltyStep]()
    for notice in sorted(request.notices, key=lambda notice: notice.received_on):
        why = _why_not(request, notice, counted)
        if why is None:
            counted = notice
        else:
            (before if counted is None else after).append(why)
    if counted is None:
        return Penalty(PenaltyState.NOTHING, tuple(before))
    return _counted(request, counted, before, after, book or default_book())


def shares_of(cents: int, applicants: int) -> tuple[int, ...]:
    """Equal parts to the cent (Awb 4:17, sixth paragraph); what cannot be divided goes to the first."""
    part = cents // applicants
    return (cents - part * (applicants - 1), *[part] * (applicants - 1))


def as_numbered_on(article: str, notice: Notice) -> str:
    """An article of 4:17 as it was numbered when this notice came in. `article` has the numbers of the law since RENUMBERED."""
    if notice.received_on >= RENUMBERED:
        return article
    return article.replace("lid 6", "lid 7").replace("lid 5", "lid 6")


def _term_in_words(request: PenaltyRequest) -> str:
    if request.due is None:
        return "De termijn om te beslissen staat stil. De gemeente is dan niet te laat."
    return f"De laatste dag om te beslissen was {date_in_words(request.due)}."


def _why_not(request: PenaltyRequest, notice: Notice, counted: Notice | None) -> PenaltyStep | None:
    """Why a notice does not start a penalty; None when it does."""
    came = f"De ingebrekestelling van {date_in_words(notice.received_on)}"
    if request.due is None or notice.received_on <= request.due:
        return PenaltyStep(
            f"{came} kwam te vroeg: de termijn was nog niet voorbij. Die ingebrekestelling telt niet.", ARTICLE
        )
    if request.decided is not None and request.decided <= notice.received_on:
        return PenaltyStep(
            f"{came} kwam toen de gemeente niet meer te laat was. Die ingebrekestelling telt niet.", "Awb 4:17, lid 1"
        )
    if notice.excluded is not None:
        words, article = EXCLUSIONS[notice.excluded]
        return PenaltyStep(f"{came} geeft geen recht op een dwangsom: {words}.", as_numbered_on(article, notice))
    if counted is not None:
        return PenaltyStep(f"{came} begint geen tweede dwangsom: per besluit is er één.", "Awb 4:17, lid 1")
    return None


def _counted(
    request: PenaltyRequest, notice: Notice, before: list[PenaltyStep], after: list[PenaltyStep], book: LawBook
) -> Penalty:
    grace = book.rule(GRACE, None, notice.received_on)
    until = add_term(notice.received_on, grace.amount, grace.unit)
    begins = PenaltyStep(
        f"De ingebrekestelling kwam binnen op {date_in_words(notice.received_on)}. Daarna zijn er nog "
        f"{term_in_words(grace.amount, grace.unit)} om te beslissen: tot en met {date_in_words(until)}.",
        ARTICLE,
    )
    first, tariff = until + DAY, book.tariff(notice.received_on)
    # the day of the decision is no longer a day of being late; today still is one
    late_until = request.today if request.decided is None else min(request.decided - DAY, request.today)
    days = min(max((late_until - until).days, 0), tariff.days)
    counted = _stretches(first, days, tariff.steps)
    cents = sum(step.days * step.cents for step in counted)
    ended = request.decided is not None or days == tariff.days
    last = until + timedelta(days) if days else None
    return Penalty(
        state=PenaltyState.ENDED if ended else PenaltyState.RUNNING if days else PenaltyState.WAITING,
        steps=(*before, begins, *after, *counted, *_end(request, notice, days, tariff.days, cents)),
        notice=notice,
        first=first,
        last=last,
        days=days,
        cents=cents,
        daily=counted[-1].cents if counted and not ended else 0,
        most=tariff.most,
        shares=shares_of(cents, request.applicants),
        lay_down_by=_lay_down_by(last, book) if ended and last else None,
    )


def _stretches(first: date, days: int, tariff: tuple[tuple[int, int], ...]) -> list[PenaltyStep]:
    """The days by what they cost. Days are calendar days, also Sundays: the Termijnenwet does not hold (lid 1)."""
    found = []
    for most, cents in tariff:
        here = min(most, days)
        if here:
            when = date_in_words(first)
            if here > 1:
                when = f"{when} tot en met {date_in_words(first + timedelta(here - 1))}"
            words = f"{when.capitalize()}: {days_in_words(here)} van {euros_in_words(cents)}."
            found.append(PenaltyStep(words, "Awb 4:17, lid 2", here, cents))
        first, days = first + timedelta(here), days - here
    return found


def _end(request: PenaltyRequest, notice: Notice, days: int, most: int, cents: int) -> list[PenaltyStep]:
    found = []
    if days == most:
        found.append(PenaltyStep(f"Na {days_in_words(most)} komt er niets meer bij.", "Awb 4:17, lid 1"))
    elif request.decided is not None:
        none = "" if days else " Er is geen dwangsom."
        since = date_in_words(request.decided)
        words = f"Vanaf {since} is de gemeente niet meer te laat. Die dag telt niet mee.{none}"
        found.append(PenaltyStep(words, "Awb 4:17, lid 1"))
    if request.applicants > 1 and days:
        parts = ", ".join(euros_in_words(share) for share in shares_of(cents, request.applicants))
        found.append(
            PenaltyStep(f"Alle indieners krijgen een gelijk deel: {parts}.", as_numbered_on("Awb 4:17, lid 6", notice))
        )
    return found


def _lay_down_by(last: date, book: LawBook) -> date:
    rule = book.rule(SETTING, None, last)
    end = add_term(last, rule.amount, rule.unit)
    return moved(end, book.equalised) if rule.moves else end
