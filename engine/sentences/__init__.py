"""Sentences for conditions and timers: what an expression says, in parts that a person chooses from lists, and back.

`read_condition` and `read_timer` give the sentence of an expression, or None for one that no sentence can say. `write_condition` and
`write_timer` give the expression of a sentence; parts that did not change keep the bytes that they had. `known_names` are the
facts that a sentence may name, with their Dutch words.
"""

from engine.sentences.conditions import (
    Condition,
    RowJoin,
    SentenceRow,
    condition_in_words,
    read_condition,
    row_in_words,
    write_condition,
)
from engine.sentences.moments import (
    LAST_HOUR,
    LONGEST_COUNT,
    BeforeAfter,
    SentenceMoment,
    Unit,
    moment_in_words,
    moment_of,
    write_moment,
)
from engine.sentences.names import TODAY, KnownName, NameKind, known_names
from engine.sentences.timers import (
    TimerGate,
    TimerSentence,
    TimerShape,
    first_dates,
    not_in_example,
    read_timer,
    timer_in_words,
    write_timer,
)
from engine.sentences.verbs import VERBS, Takes, Verb, verbs_of

__all__ = [
    "LAST_HOUR",
    "LONGEST_COUNT",
    "TODAY",
    "VERBS",
    "BeforeAfter",
    "Condition",
    "KnownName",
    "NameKind",
    "RowJoin",
    "SentenceMoment",
    "SentenceRow",
    "Takes",
    "TimerGate",
    "TimerSentence",
    "TimerShape",
    "Unit",
    "Verb",
    "condition_in_words",
    "first_dates",
    "known_names",
    "moment_in_words",
    "moment_of",
    "not_in_example",
    "read_condition",
    "read_timer",
    "row_in_words",
    "timer_in_words",
    "verbs_of",
    "write_condition",
    "write_moment",
    "write_timer",
]  # fmt: skip
