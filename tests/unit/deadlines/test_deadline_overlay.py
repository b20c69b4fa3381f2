"""What an administrator saved, laid over the law that comes along."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.law import BadRecord, ClosedDay, DeadlineRequest, LawBook, LawRule, UnknownRule, compute, default_book
from processes.law.counting import why_closed
from processes.law.edits import LawRecordKind, Saved, overlaid, why_unsound

BOOK = default_book()
RULE_OF_2009 = BOOK.rule("awb-9-11", None, date(2026, 1, 1))
CODES = sorted({(rule.code, rule.variant) for rule in BOOK.rules})
DAYS = st.dates(date(2010, 1, 1), date(2035, 12, 31))


def since(day: str, weeks: int, **more) -> Saved:
    return Saved.rule(replace(RULE_OF_2009, valid_from=date.fromisoformat(day), amount=weeks, **more))


def out(day: str) -> Saved:
    return Saved(LawRecordKind.RULE, date.fromisoformat(day), None, "awb-9-11", "standard")


@pytest.mark.parametrize(
    ("saved", "on", "weeks"),
    [
        ([], "2026-01-01", 6),
        ([since("2027-01-01", 4)], "2026-12-31", 6),
        ([since("2027-01-01", 4)], "2027-01-01", 4),
        ([since("2027-01-01", 4), since("2027-01-01", 5)], "2027-01-01", 5),  # the newest record counts
        ([since("2028-01-01", 4), since("2027-01-01", 5)], "2027-12-31", 5),  # one in between, saved later
        ([since("2028-01-01", 4), since("2027-01-01", 5)], "2028-01-01", 4),
        ([since("2027-01-01", 4), out("2027-01-01")], "2030-01-01", 6),
        ([since("2027-01-01", 4), out("2027-01-01"), since("2027-01-01", 3)], "2030-01-01", 3),
        ([since("2009-10-01", 8)], "2026-01-01", 8),  # in place of what comes along
        ([since("2027-01-01", 4, valid_until=date(2027, 6, 30))], "2027-06-30", 4),
    ],
)
def test_b4_the_version_of_the_day(saved: list[Saved], on: str, weeks: int) -> None:
    assert overlaid(BOOK, saved).rule("awb-9-11", None, date.fromisoformat(on)).amount == weeks


def test_a_version_with_an_end_of_its_own_ends_there() -> None:
    book = overlaid(BOOK, [since("2027-01-01", 4, valid_until=date(2027, 6, 30))])
    with pytest.raises(UnknownRule, match="geldt niet op 2027-07-01"):
        book.rule("awb-9-11", None, date(2027, 7, 1))


def test_other_rules_and_variants_stay_as_they_are() -> None:
    book = overlaid(BOOK, [since("2027-01-01", 4)])
    others = [rule for rule in BOOK.rules if (rule.code, rule.variant) != ("awb-9-11", "standard")]
    assert [rule for rule in book.rules if (rule.code, rule.variant) != ("awb-9-11", "standard")] == others
    assert book.closed_days == BOOK.closed_days
    assert overlaid(BOOK, []) == BOOK


def test_closed_days_come_and_go() -> None:
    day = date(2029, 5, 11)
    added = Saved.closed_day(ClosedDay(day, "gelijkgesteld", "Een verzonnen besluit"))
    assert day in overlaid(BOOK, [added]).equalised
    assert day not in overlaid(BOOK, [added, Saved(LawRecordKind.CLOSED_DAY, day, None)]).equalised
    assert date(2027, 5, 7) not in overlaid(BOOK, [Saved(LawRecordKind.CLOSED_DAY, date(2027, 5, 7), None)]).equalised


def test_a_record_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(BadRecord):
        overlaid(BOOK, [Saved(LawRecordKind.RULE, date(2027, 1, 1), {"code": "a"}, "a")])


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (LawRule("a", "A", "Art.", 1, "weeks", date(2027, 1, 1), after="weg"), "staat niet in de lijst"),
        (LawRule("a", "A", "Art.", 1, "weeks", date(2027, 1, 1), after="awb-7-4"), "kan niet voor 'A' uit lopen"),
        (LawRule("a", "A", "Art.", 1, "weeks", date(2005, 1, 1), after="awb-4-17"), "geldt niet op 2005-01-01"),
        (
            replace(BOOK.rule("awb-6-7", None, date(2026, 1, 1)), valid_from=date(2027, 1, 1), after="awb-7-10"),
            "kan niet voor",
        ),
    ],
)
def test_a_rule_after_one_that_cannot_run_first_is_seen(rule: LawRule, words: str) -> None:
    assert words in (why_unsound(overlaid(BOOK, [Saved.rule(rule)])) or "")


def test_the_law_that_comes_along_is_sound() -> None:
    assert why_unsound(BOOK) is None


# -- for any edits -----------------------------------------------------------------------------------------------------


@st.composite
def edits(draw) -> list[Saved]:
    saved = []
    for _ in range(draw(st.integers(0, 8))):
        day = draw(DAYS)
        if draw(st.booleans()):
            code, variant = draw(st.sampled_from(CODES))
            rule = BOOK.versions(code, variant)[-1]
            unit, amount = draw(
                st.sampled_from([("weeks", 12), ("weeks", 13), ("days", 90), ("months", 3), ("days", 91)])
            )
            changed = replace(rule, valid_from=day, unit=unit, amount=draw(st.integers(max(1, amount - 2), amount)))
            saved.append(Saved.rule(changed))
        else:
            saved.append(Saved.closed_day(ClosedDay(day)))
    return saved


@settings(max_examples=150, deadline=None)
@given(edits(), DAYS)
def test_on_each_day_at_most_one_version_holds_and_it_is_the_last_that_began(saved: list[Saved], day: date) -> None:
    book = overlaid(BOOK, saved)
    for code, variant in CODES:
        holding = [rule for rule in book.versions(code, variant) if rule.holds_on(day)]
        begun = [rule for rule in book.versions(code, variant) if rule.valid_from <= day]
        assert holding == begun[-1:]


@settings(max_examples=150, deadline=None)
@given(edits(), DAYS, st.sampled_from(CODES))
def test_whatever_is_edited_a_moved_end_is_never_closed_and_a_backward_one_never_moved(
    saved: list[Saved], start: date, which: tuple[str, str]
) -> None:
    book = overlaid(BOOK, saved)
    try:
        found = compute(DeadlineRequest(start=start, rule=which[0], variant=which[1]), book)
    except UnknownRule:
        return  # before the first version of the rule
    rule = found.rules[-1]
    assert found.due is not None
    if rule.moves:
        assert why_closed(found.due, book.equalised) is None
    if rule.backwards:
        plain = replace(book, closed_days=())
        assert found.due == compute(found.request, plain).due < start


@settings(max_examples=150, deadline=None)
@given(DAYS, st.lists(st.integers(1, 60), max_size=5), st.sampled_from(["awb-6-7", "awb-7-10", "woo-4-4"]))
def test_one_more_closed_day_never_makes_a_term_earlier(start: date, offsets: list[int], rule: str) -> None:
    asked = DeadlineRequest(start=max(start, date(2022, 5, 1)), rule=rule)
    before = compute(asked).due
    closed = [Saved.closed_day(ClosedDay(asked.start + timedelta(days=offset))) for offset in offsets]
    after = compute(asked, overlaid(BOOK, closed)).due
    assert before is not None
    assert after is not None
    assert after >= before


def test_the_book_stays_whole_for_what_it_does_not_know() -> None:
    """A kind of record that another version of the program saved is left alone."""
    assert overlaid(BOOK, [Saved("iets-anders", date(2027, 1, 1), {"wat": 1})]) == BOOK
    assert isinstance(overlaid(BOOK, []), LawBook)
