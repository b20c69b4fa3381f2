"""When each step that is still to come is expected (C16): from the term of the law and the hearing, never from a guess."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine import Compiled, Element, comes_later
from engine.words import DeadlineVerb
from processes.base.clock import local_date
from processes.reads.citizen.calendar import CaseMoment
from processes.reads.statuses import StatusStep
from processes.reads.terms import ShownTerm


@dataclass(frozen=True, slots=True)
class Expected:
    """`after`: not before this day; `by`: on this day at the latest; `last`: it is the step with which the term ends."""

    after: date | None
    by: date
    last: bool


def expected_days(
    steps: Iterable[StatusStep],
    term: ShownTerm | None,
    moments: Iterable[CaseMoment],
    today: date,
    later: Collection[str] = (),
) -> Mapping[str, Expected]:
    """By code of a step to come. Nothing while the term stands still or has passed: then no day would be true. Nor for a step of `later`."""
    if term is None or term.due is None or term.due < today:
        return {}
    hearings = [one.begins for one in moments if one.is_hearing and not one.cancelled]
    after = next((local_date(one) for one in hearings if isinstance(one, datetime)), None)
    to_come = [step.code for step in steps if step.reached_at is None]
    after = after if after and after <= term.due else None
    return {code: Expected(after, term.due, code == to_come[-1]) for code in to_come if code not in later}


def steps_after(compiled: Compiled, deadline: str, now: datetime) -> frozenset[str]:
    """The codes of statuses that may come only some time after this deadline was met, such as the end of a case in which documents follow on the
    decision (Woo 4.4, fifth paragraph): its last day says nothing about them.
    """
    elements = compiled.model.elements.values()
    late = comes_later(compiled, [one.id for one in elements if _meets(one, deadline)], now)
    return frozenset(one.status.code for one in elements if one.status and one.id in late)


def _meets(element: Element, deadline: str) -> bool:
    return any(one.deadline == deadline and one.action == DeadlineVerb.MEET for one in element.deadline_actions)
