"""Deadlines that explain themselves: pure functions over local dates, and the law as data.

In: a `DeadlineRequest` and a `LawBook` (the built-in one when none is given); out: a `Deadline` with its steps.
"""

from processes.deadlines.closed_days import backwards
from processes.deadlines.compute import check_extension, compute
from processes.deadlines.errors import (
    BadDuration,
    BadRecord,
    BadRequest,
    DeadlineError,
    ExtensionRefused,
    UnknownRule,
)
from processes.deadlines.law import GROUNDS, default_book
from processes.deadlines.objection import InTime, objection_in_time
from processes.deadlines.penalty import EXCLUSIONS, Notice, Penalty, PenaltyRequest, PenaltyStep, penalty
from processes.deadlines.request import Deadline, DeadlineRequest, ExplainedStep, Extension, Suspension
from processes.deadlines.rules import ClosedDay, LawBook, LawRule
from processes.deadlines.suspending import SuspensionRefused, check_suspension
from processes.deadlines.tariffs import Tariff
from processes.deadlines.warning_days import next_warning
from processes.deadlines.words import date_in_words, days_left_in_words, euros_in_words

__all__ = [
    "EXCLUSIONS",
    "GROUNDS",
    "BadDuration",
    "BadRecord",
    "BadRequest",
    "ClosedDay",
    "Deadline",
    "DeadlineError",
    "DeadlineRequest",
    "ExplainedStep",
    "Extension",
    "ExtensionRefused",
    "InTime",
    "LawBook",
    "LawRule",
    "Notice",
    "Penalty",
    "PenaltyRequest",
    "PenaltyStep",
    "Suspension",
    "SuspensionRefused",
    "Tariff",
    "UnknownRule",
    "backwards",
    "check_extension",
    "check_suspension",
    "compute",
    "date_in_words",
    "days_left_in_words",
    "default_book",
    "euros_in_words",
    "next_warning",
    "objection_in_time",
    "penalty",
]
