"""Lengths of time are typed in words; a drawing holds them as BPMN wants them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ExpressionError
from engine.expressions.calendar import parse_duration
from processes.base.typed_lengths import drawn_lengths, worded_lengths


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("10 dagen", "P10D"),
        ("1 dag", "P1D"),
        ("2 Weken", "P2W"),
        ("1 jaar en 6 maanden", "P1Y6M"),
        ("4 uur", "PT4H"),
        ("1 dag en 12 uur", "P1DT12H"),
        ("30 minuten", "PT30M"),
        ("14 dagen, 7 dagen", "P14D P7D"),
        ("P14D P7D", "P14D P7D"),
        ("", ""),
    ],
)
def test_s1_a_length_is_typed_in_words(typed: str, drawn: str) -> None:
    assert drawn_lengths(typed) == drawn
    assert drawn_lengths(worded_lengths(drawn)) == drawn


@pytest.mark.parametrize("typed", ["tien dagen", "10", "dagen", "10 dagen en 3 dagen", "3 appels", "-3 dagen"])
def test_s1_what_is_no_length_stays_as_typed(typed: str) -> None:
    assert drawn_lengths(typed) == typed


@given(st.text("PYMWDTH0123456789 ,en", max_size=20))
def test_s1_words_never_change_what_a_drawing_holds(drawn: str) -> None:
    once = " ".join(drawn.split())
    try:
        parse_duration(once)
    except ExpressionError:
        return
    assert drawn_lengths(worded_lengths(once)) == once
