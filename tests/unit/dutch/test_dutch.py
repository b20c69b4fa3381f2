"""Dates, times, durations and amounts, as the only place that writes them writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine import Duration
from portal.filters import FILTERS as ON_A_PAGE
from processes.base.clock import AMSTERDAM
from processes.base.dutch import (
    date_in_words,
    days_in_words,
    duration_in_words,
    enumeration,
    euros_in_words,
    long_date,
    long_moment,
    number_in_words,
    size_in_words,
    term_in_words,
    time_in_words,
    within_sentence,
    yes_or_no,
)
from processes.post.plain_text import FILTERS as IN_A_MAIL
from processes.post.plain_text import plain_text

EARLY = datetime(2027, 2, 14, 8, 5, tzinfo=UTC)  # five past nine in Amsterdam
NIGHT = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)  # already August in Amsterdam
LATE = datetime(2026, 12, 31, 23, 59, tzinfo=AMSTERDAM)
CLOCK = datetime(2026, 3, 1, 13, 0)  # noqa: DTZ001 - as a form gives it: the time on the clock here

TABLE: list[tuple[Callable[..., str], tuple[Any, ...], str]] = [
    (long_date, (date(2027, 2, 14),), "14 februari 2027"),
    (long_date, (date(2028, 2, 29),), "29 februari 2028"),
    (long_date, (NIGHT,), "1 augustus 2026"),
    (date_in_words, (date(2026, 7, 13),), "maandag 13 juli 2026"),
    (date_in_words, (date(2026, 11, 29),), "zondag 29 november 2026"),
    (date_in_words, (NIGHT,), "zaterdag 1 augustus 2026"),
    (time_in_words, (EARLY,), "9.05 uur"),
    (time_in_words, (NIGHT,), "0.30 uur"),
    (time_in_words, (CLOCK,), "13.00 uur"),
    (long_moment, (EARLY,), "14 februari 2027 om 9.05 uur"),
    (long_moment, (LATE,), "31 december 2026 om 23.59 uur"),
    (long_moment, (CLOCK,), "1 maart 2026 om 13.00 uur"),
    (days_in_words, (1,), "1 dag"),
    (days_in_words, (0,), "0 dagen"),
    (term_in_words, (6, "weeks"), "6 weken"),
    (term_in_words, (1, "weeks"), "1 week"),
    (term_in_words, (1, "months"), "1 maand"),
    (term_in_words, (10, "working"), "10 werkdagen"),
    (duration_in_words, (Duration(months=1, days=2),), "1 maand en 2 dagen"),
    (duration_in_words, (Duration(months=1, days=1, working=3),), "1 maand, 1 dag en 3 werkdagen"),
    (duration_in_words, (Duration(days=14),), "14 dagen"),
    (duration_in_words, (Duration(),), "0 dagen"),
    (euros_in_words, (2300,), "€\N{NO-BREAK SPACE}23"),
    (euros_in_words, (144200,), "€\N{NO-BREAK SPACE}1.442"),
    (euros_in_words, (48067,), "€\N{NO-BREAK SPACE}480,67"),
    (number_in_words, (1234.5,), "1.234,5"),
    (size_in_words, (2_400_000,), "2,4 MB"),
    (size_in_words, (318_000,), "318 kB"),
    (size_in_words, (1,), "1 kB"),
    (yes_or_no, (True,), "ja"),
    (yes_or_no, (False,), "nee"),
    (enumeration, ([],), ""),
    (enumeration, (["a"],), "a"),
    (enumeration, (["a", "b", "c"],), "a, b en c"),
]


@pytest.mark.parametrize(("say", "values", "words"), TABLE)
def test_dutch_readers_read(say: Callable[..., str], values: tuple[Any, ...], words: str) -> None:
    assert say(*values) == words


@pytest.mark.parametrize(("days", "words"), [(14, "2 weken"), (7, "1 week"), (10, "10 dagen")])
def test_whole_weeks_are_told_as_weeks_when_asked(days: int, words: str) -> None:
    assert duration_in_words(Duration(days=days), in_weeks=True) == words


@pytest.mark.parametrize("moment", [EARLY, NIGHT, LATE])
def test_a_page_and_a_mail_tell_a_moment_alike(moment: datetime) -> None:
    assert ON_A_PAGE["datetime_nl"](moment) == IN_A_MAIL["datetime"](moment, "nl") == plain_text(moment)
    assert ON_A_PAGE["date_nl"](moment) == IN_A_MAIL["date"](moment, "nl")


@pytest.mark.parametrize("name", ["date_nl", "weekday_nl", "datetime_nl"])
def test_a_page_says_what_is_not_known_yet(name: str) -> None:
    assert ON_A_PAGE[name](None) == "nog niet bekend"
    assert ON_A_PAGE[name](None, "geen datum") == "geen datum"


@pytest.mark.parametrize(
    ("title", "inside"),
    [("Bezwaar", "bezwaar"), ("Woo-verzoek", "Woo-verzoek"), ("WOZ bezwaar", "WOZ bezwaar"), ("", "")],
)
def test_a_title_inside_a_sentence_keeps_the_capital_of_a_name(title: str, inside: str) -> None:
    assert within_sentence(title) == inside
