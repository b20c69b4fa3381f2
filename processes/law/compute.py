"""Computes a deadline: events in, the date that counts out, with every step explained. Pure: no clock, no storage.

The end of a term moves off a closed day once, after all standstill and extension were added to its unmoved end; that
gives the earliest date that the law supports. Only a term that runs before another is moved on its own, since the next
one starts when it is really over. What happened counts in the order in which it happened.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from processes.base.dutch import date_in_words, days_in_words, term_in_words
from processes.law.counting import DAY, add_term, why_closed
from processes.law.default_book import default_book
from processes.law.errors import ExtensionRefused
from processes.law.request import ComputedDeadline, DeadlineRequest, ExplainedStep, Extension
from processes.law.rules import LawBook
from processes.law.standstill import Standstill, standstills
from processes.law.term import Term, terms_of

TERMIJNENWET = "Algemene termijnenwet art. 1"


@dataclass(slots=True)
class _Walk:
    """Where the term ends so far. `fixed`: a date that people set, which no law moves."""

    term: Term
    start: date
    end: date
    steps: list[ExplainedStep]
    fixed: bool = False
    extended: bool = False
    stands_still_since: date | None = None
    refused: list[str] = field(default_factory=list)

    def last(self) -> date:
        """The last day of the term as it is now."""
        return self.end if self.fixed else self.term.moved(self.end)

    def say(self, sentence: str, article: str = "", to: date | None = None) -> None:
        added = (to - self.end).days if to else 0
        self.end = to or self.end
        self.steps.append(ExplainedStep(self.end, sentence, article, added))

    def refuse(self, sentence: str, article: str, until: date | None = None) -> None:
        """A set date between the plain and the moved end changes nothing now, but later standstill is added to it:
        else a standstill that turns out longer, and so overtakes a set date, could make the outcome earlier.
        """
        self.refused.append(sentence)
        overtaken = until is not None and self.end < until <= self.last()
        self.say(sentence, article, until if overtaken else None)


def compute(request: DeadlineRequest, book: LawBook | None = None) -> ComputedDeadline:
    """The date that counts. Raises DeadlineError (UnknownRule, BadDuration) when the request cannot be understood."""
    terms = terms_of(request, book or default_book())
    walk = _begun(request, terms)
    original = walk.last()
    for event in [] if _counts_back(terms) else _in_order(request):
        if isinstance(event, Standstill):
            _stand_still(walk, event)
        else:
            _extend(walk, event)
    _finish(walk)
    return _outcome(request, terms, walk, original)


def _counts_back(terms: tuple[Term, ...]) -> bool:
    """A term before a hearing: nobody can suspend or extend it, only move the hearing."""
    return bool(terms[-1].law and terms[-1].law.backwards)


def check_extension(request: DeadlineRequest, extension: Extension, book: LawBook | None = None) -> ComputedDeadline:
    """The deadline after this extension. Raises ExtensionRefused, with the reason, when it may not be given."""
    before = compute(request, book)
    after = compute(replace(request, extensions=(*request.extensions, extension)), book)
    if len(after.refused) > len(before.refused):
        new = Counter(after.refused) - Counter(before.refused)
        raise ExtensionRefused(*list(new)[:1])
    return after


def _in_order(request: DeadlineRequest) -> list[Standstill | Extension]:
    """Everything that happened, by day. Standstill is cut where an extension was decided, so that a date which people
    set is lengthened by what stands still after it.
    """
    cuts = {extension.on for extension in request.extensions}
    events: list[Standstill | Extension] = [*standstills(request.suspensions, cuts), *request.extensions]
    return sorted(events, key=_moment)


def _moment(event: Standstill | Extension) -> tuple[date, int, date]:
    if isinstance(event, Standstill):
        return event.first, 0, event.first
    return event.on, 2 if event.consent else 1, event.until or event.on


# -- the term itself -------------------------------------------------------------------------------------------------


def _begun(request: DeadlineRequest, terms: tuple[Term, ...]) -> _Walk:
    first, *later = terms
    counted = f"{first.law.counts_from}: " if first.law and first.law.counts_from else ""
    walk = _Walk(first, request.start, request.start, [])
    walk.say(f"De termijn telt vanaf {counted}{date_in_words(request.start)}. Die dag zelf telt niet mee.")
    _add_term(walk)
    for term in later:
        _finish(walk)
        walk.term, walk.start = term, walk.end
        _add_term(walk)
    return walk


def _add_term(walk: _Walk) -> None:
    term, last = walk.term, walk.term.last_day(walk.end)
    if term.law and term.law.backwards:
        walk.say(f"{term.title}: {term.length} ervoor. De laatste dag is {date_in_words(last)}.", term.article, last)
        return
    since = f", vanaf de dag na {date_in_words(walk.end)}" if len(walk.steps) > 1 else ""
    walk.say(f"{term.title}: {term.length}{since}. De laatste dag is {date_in_words(last)}.", term.article, last)


def _finish(walk: _Walk) -> None:
    """Move the end off a closed day, and say why."""
    last = walk.last()
    if last == walk.end or walk.stands_still_since:
        return
    why = why_closed(walk.end, walk.term.equalised)
    walk.say(
        f"{date_in_words(walk.end).capitalize()} is {_as_reason(why)}. "
        f"De termijn loopt door tot en met de eerste gewone dag: {date_in_words(last)}.",
        TERMIJNENWET,
        last,
    )


def _as_reason(why: str | None) -> str:
    # The date already names the weekday; 'zaterdag is een zaterdag' explains nothing.
    return "weekend" if why in ("een zaterdag", "een zondag") else why or ""


# -- what happened ---------------------------------------------------------------------------------------------------


def _stand_still(walk: _Walk, event: Standstill) -> None:
    if event.first > walk.last():
        walk.say(f"De termijn was al voorbij op {date_in_words(event.first)}. Stilstand telt dan niet meer.")
        return
    first = max(event.first, walk.start + DAY)
    if event.until is None:
        first = max(event.since, walk.start + DAY)
        walk.stands_still_since = first
        walk.say(f"De termijn staat stil vanaf {date_in_words(first)}{event.because}.", event.article)
        return
    if event.until <= first:
        if event.until > event.first:
            walk.say("De termijn was nog niet begonnen. Stilstand telt dan nog niet mee.")
        return
    last = walk.term.lengthened(walk.end, first, event.until)
    walk.fixed = False
    walk.say(
        f"De termijn stond {days_in_words((event.until - first).days)} stil, "
        f"van {date_in_words(first)} tot {date_in_words(event.until)}{event.because}. "
        f"De laatste dag wordt {date_in_words(last)}.",
        event.article,
        last,
    )


def _extend(walk: _Walk, event: Extension) -> None:
    if event.consent:
        _delay_by_consent(walk, event)
        return
    reason = _why_not_extend(walk, event)
    if reason:
        possible = walk.term.extendable and not walk.extended
        walk.refuse(reason, walk.term.extension_article, event.until if possible else None)
        return
    walk.extended = True
    allowed = _allowed(walk)
    if event.until is not None and (allowed is None or event.until < walk.term.moved(allowed)):
        walk.fixed = True
        words = f"De termijn is op {date_in_words(event.on)} verlengd tot en met {date_in_words(event.until)}."
        walk.say(words, walk.term.extension_article, event.until)
    elif allowed is not None:
        walk.fixed = False
        words = f"De termijn is op {date_in_words(event.on)} verlengd met {_extension_in_words(walk.term)}."
        walk.say(f"{words} De laatste dag wordt {date_in_words(allowed)}.", walk.term.extension_article, allowed)


def _why_not_extend(walk: _Walk, event: Extension) -> str | None:
    if not walk.term.extendable:
        return "De wet kent voor deze termijn geen verlenging."
    if walk.extended:
        return "De termijn was al een keer verlengd. Dat mag maar één keer."
    if event.on > walk.last() and not walk.stands_still_since:
        return f"De termijn was al voorbij op {date_in_words(event.on)}. Verlengen kan alleen ervoor."
    if event.until is None and walk.term.extension is None:
        return "Geef de nieuwe datum. Deze termijn heeft geen vaste verlenging."
    if event.until is not None and event.until <= walk.last():
        return f"{date_in_words(event.until).capitalize()} is niet later dan de datum die al geldt."
    return None


def _allowed(walk: _Walk) -> date | None:
    extension = walk.term.extension
    return add_term(walk.end, *extension) if extension else None


def _extension_in_words(term: Term) -> str:
    return term_in_words(*term.extension) if term.extension else ""


def _delay_by_consent(walk: _Walk, event: Extension) -> None:
    article = walk.term.consent_article
    if article is None:
        walk.refuse("De wet kent voor deze termijn geen uitstel met instemming.", walk.term.article)
    elif event.until is None or event.until <= walk.last():
        walk.refuse("De datum van het uitstel is niet later dan de datum die al geldt.", article, event.until)
    else:
        walk.fixed = True
        words = f"Met instemming is uitstel gegeven tot en met {date_in_words(event.until)}."
        walk.say(words, article, event.until)


# -- the outcome -----------------------------------------------------------------------------------------------------


def _outcome(request: DeadlineRequest, terms: tuple[Term, ...], walk: _Walk, original: date) -> ComputedDeadline:
    still = walk.stands_still_since is not None
    can_extend = walk.term.extendable and not walk.extended
    allowed = _allowed(walk) if can_extend and not still else None
    return ComputedDeadline(
        request=request,
        due=None if still else walk.end,
        original=original,
        earliest=walk.last(),
        steps=tuple(walk.steps),
        can_extend=can_extend,
        extension_ends=None if allowed is None else walk.term.moved(allowed),
        suspended_since=walk.stands_still_since,
        refused=tuple(walk.refused),
        rules=tuple(term.law for term in terms if term.law),
    )
