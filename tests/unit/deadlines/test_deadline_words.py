"""Dates and terms as people read them."""

from datetime import date

import pytest

from processes.base.dutch import date_in_words, days_left_in_words
from processes.law.term import length_in_words

TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 6, 22), "nog 12 dagen"),
        (date(2026, 6, 11), "nog 1 dag"),
        (date(2026, 6, 10), "vandaag"),
        (date(2026, 6, 9), "1 dag te laat"),
        (date(2026, 6, 7), "3 dagen te laat"),
        (None, "staat stil"),
    ],
)
def test_days_left(due: date | None, words: str) -> None:
    assert days_left_in_words(due, TODAY) == words


@pytest.mark.parametrize(
    ("text", "working", "words"),
    [
        ("P10D", True, "10 werkdagen"),
        ("P1D", True, "1 werkdag"),
        ("P1W", True, "5 werkdagen"),
        ("P14D", False, "14 dagen"),
        ("P2W", False, "2 weken"),
        ("P1M", False, "1 maand"),
        ("P1M2D", False, "1 maand en 2 dagen"),
        ("P0D", False, "0 dagen"),
    ],
)
def test_a_duration_in_words(text: str, working: bool, words: str) -> None:
    assert length_in_words(text, working=working) == words


def test_a_date_in_words() -> None:
    assert date_in_words(date(2026, 7, 13)) == "maandag 13 juli 2026"
