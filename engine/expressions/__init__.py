"""The one language of conditions, timers and settings: checked once, compiled once, bounded.

`compile_expression(text).evaluate(facts, now)` for conditions and settings, `parse_timer(text, kind).due(...)` for
timers, `add_duration` for terms in calendar or working days.
"""

from engine.expressions.calendar import (
    AMSTERDAM,
    Duration,
    add_duration,
    add_working,
    holidays_of,
    is_working_day,
    nearest_working,
    parse_duration,
    shift_date,
)
from engine.expressions.comparing import compared_texts, given_texts
from engine.expressions.language import Expression, compile_expression
from engine.expressions.timers import TimerRule, parse_timer

__all__ = [
    "AMSTERDAM",
    "Duration",
    "Expression",
    "TimerRule",
    "add_duration",
    "add_working",
    "compared_texts",
    "compile_expression",
    "given_texts",
    "holidays_of",
    "is_working_day",
    "nearest_working",
    "parse_duration",
    "parse_timer",
    "shift_date",
]
