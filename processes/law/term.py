"""A term to count with, made from a law rule or from a plain duration: how to add it, and what may happen to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.words import Counting
from processes.base.dutch import duration_in_words, term_in_words
from processes.law.counting import (
    add_duration,
    add_term,
    add_working,
    count_working,
    moved,
    read_duration,
    working_days_of,
)
from processes.law.default_book import SET_BY_COURT
from processes.law.errors import BadDuration, BadRecord
from processes.law.request import DeadlineRequest
from processes.law.rules import LawBook, LawRule, Unit

AGREEMENT = "interne afspraak"
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Term:
    """One term. Without a law rule it is an agreement: it may get one later date, and no law moves its end."""

    title: str
    length: str  # in words
    equalised: Mapping[date, str]
    law: LawRule | None = None
    duration: str = ""
    working: bool = False

    @property
    def article(self) -> str:
        return self.law.article if self.law else AGREEMENT

    @property
    def moves(self) -> bool:
        return self.law is not None and self.law.moves

    def last_day(self, day: date) -> date:
        """The last day, not yet moved, of a term whose day 0 is `day`."""
        if self.law:
            return add_term(day, -self.law.amount if self.law.backwards else self.law.amount, self.law.unit)
        if self.working:
            return add_working(day, working_days_of(self.duration), self.equalised)
        return add_duration(day, read_duration(self.duration))

    def moved(self, day: date) -> date:
        return moved(day, self.equalised) if self.moves else day

    def lengthened(self, end: date, first: date, until: date) -> date:
        """The end after a standstill from `first` up to `until`. Never inside it: the last day still has to come."""
        if self.working:
            return max(add_working(end, count_working(first, until, self.equalised), self.equalised), until)
        return max(end + (until - first), until)

    @property
    def extension(self) -> tuple[int, Unit] | None:
        """The extension that the law allows; None when the law says nothing."""
        return (self.law.extension, self.law.extension_unit) if self.law and self.law.extension else None

    @property
    def extension_article(self) -> str:
        return (self.law.extension_article or self.law.article) if self.law else AGREEMENT

    @property
    def extendable(self) -> bool:
        return self.law is None or self.law.extension is not None

    @property
    def consent_article(self) -> str | None:
        return self.law.consent if self.law else AGREEMENT


def terms_of(request: DeadlineRequest, book: LawBook) -> tuple[Term, ...]:
    """The terms that run one after the other; the last is the one that was asked for."""
    if request.duration:
        working = request.calendar == Counting.WORKING
        length = length_in_words(request.duration, working=working)
        title = request.title or "De termijn"
        return (Term(title, length, book.equalised, duration=request.duration, working=working),)
    *before, asked = _chain(request, book)
    return tuple(_term(rule, book) for rule in (*before, _as_long(asked, request.length)))


def _as_long(rule: LawRule, length: str | None) -> LawRule:
    """The rule with another length: what another law says, or a court. The Termijnenwet moves only terms of a law."""
    if length is None:
        return rule
    days = read_duration(length).days
    if days <= 0:
        raise BadDuration(f"Er staat: '{length}'.")
    moves = rule.moved_by_termijnenwet and (rule.code, rule.variant) not in SET_BY_COURT
    weeks, rest = divmod(days, DAYS_OF_A_WEEK)
    return replace(rule, amount=days if rest else weeks, unit="days" if rest else "weeks", moved_by_termijnenwet=moves)


def length_in_words(text: str, *, working: bool) -> str:
    """A duration as an agreement says it: `P10D` is `10 werkdagen` or `10 dagen`, `P2W` is `2 weken`. Raises BadDuration."""
    if working:
        return term_in_words(working_days_of(text), "working")
    return duration_in_words(read_duration(text), in_weeks="W" in text)


def _chain(request: DeadlineRequest, book: LawBook) -> list[LawRule]:
    rules = [book.rule(request.rule or "", request.variant, request.start)]
    while rules[0].after:
        first = book.rule(rules[0].after, None, request.start)
        if first in rules or first.backwards:
            raise BadRecord(f"{first.code}: deze termijn kan niet voor een andere uit lopen.")
        rules.insert(0, first)
    return rules


def _term(rule: LawRule, book: LawBook) -> Term:
    return Term(rule.title, term_in_words(rule.amount, rule.unit), book.equalised, law=rule)
