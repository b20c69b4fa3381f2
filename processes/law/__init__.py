"""Deadlines that explain themselves: pure functions over local dates, and the law as data.

In: a `DeadlineRequest` and a `LawBook` (the built-in one when none is given); out: a `ComputedDeadline` with its steps.
"""

from processes.law.compute import check_extension, compute
from processes.law.counting import backwards
from processes.law.default_book import default_book
from processes.law.errors import BadDuration, BadRecord, BadRequest, DeadlineError, ExtensionRefused, UnknownRule
from processes.law.objection import InTime, objection_in_time
from processes.law.penalty import EXCLUSIONS, Notice, Penalty, PenaltyRequest, PenaltyStep, penalty
from processes.law.request import ComputedDeadline, DeadlineRequest, ExplainedStep, Extension, Suspension
from processes.law.rules import ClosedDay, LawBook, LawRule
from processes.law.standstill_grounds import GROUNDS, ground_of
from processes.law.suspending import SuspensionRefused, check_suspension
from processes.law.tariffs import Tariff
from processes.law.warning_days import next_warning

__all__ = [
    "EXCLUSIONS",
    "GROUNDS",
    "BadDuration",
    "BadRecord",
    "BadRequest",
    "ClosedDay",
    "ComputedDeadline",
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
    "default_book",
    "ground_of",
    "next_warning",
    "objection_in_time",
    "penalty",
]
