"""Announced Monday 1 June 2026: objections until Monday 13 July; by post until Monday 20 July."""

from datetime import date

import pytest

from processes.law import objection_in_time

ANNOUNCED = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("received", "postmark", "verdict", "words"),
    [
        (date(2026, 5, 30), None, "te_vroeg", "voordat de termijn begon"),
        (date(2026, 6, 1), None, "te_vroeg", "voordat de termijn begon"),  # the term begins the day after
        (date(2026, 6, 2), None, "ja", "binnen de termijn"),
        (date(2026, 7, 13), None, "ja", "binnen de termijn"),
        (date(2026, 7, 14), None, "te_laat", "poststempel"),
        (date(2026, 7, 14), date(2026, 7, 13), "ja", "Dat is op tijd"),
        (date(2026, 7, 20), date(2026, 7, 13), "ja", "Dat is op tijd"),
        (date(2026, 7, 21), date(2026, 7, 13), "te_laat", "na de laatste dag"),  # more than a week after
        (date(2026, 7, 20), date(2026, 7, 14), "te_laat", "op de post gedaan"),
        (date(2026, 8, 30), None, "te_laat", "na de laatste dag"),
    ],
)
def test_b4_in_time(received: date, postmark: date | None, verdict: str, words: str) -> None:
    outcome = objection_in_time(ANNOUNCED, received, postmark)
    assert (outcome.verdict, outcome.last_day) == (verdict, date(2026, 7, 13))
    assert words in outcome.explanation


def test_b4_the_last_day_is_the_moved_one() -> None:
    """Announced Thursday 2 April: Ascension 14 May -> Monday 18 May; by post Monday 25 May is Whit Monday -> Tuesday."""
    assert objection_in_time(date(2026, 4, 2), date(2026, 5, 18)).verdict == "ja"
    assert objection_in_time(date(2026, 4, 2), date(2026, 5, 26), date(2026, 5, 18)).verdict == "ja"
    assert objection_in_time(date(2026, 4, 2), date(2026, 5, 27), date(2026, 5, 18)).verdict == "te_laat"
