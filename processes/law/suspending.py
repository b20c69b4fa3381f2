"""Standing still by force majeure (Awb 4:15, 7:14): whether the law allows it for a term, and what it does."""

from dataclasses import replace

from processes.base.dutch import date_in_words
from processes.law.compute import compute
from processes.law.errors import DeadlineError
from processes.law.request import ComputedDeadline, DeadlineRequest, Suspension
from processes.law.rules import LawBook
from processes.law.standstill_grounds import ground_of

FORCE_MAJEURE = "force-majeure"


class SuspensionRefused(DeadlineError):
    """Stilstand kan niet."""


def check_suspension(request: DeadlineRequest, suspension: Suspension, book: LawBook | None = None) -> ComputedDeadline:
    """The deadline with this suspension by force majeure. Raises SuspensionRefused, with the reason of the law."""
    before = compute(request, book)
    if not before.rules or before.rules[-1].force_majeure is None:
        raise SuspensionRefused("De wet kent voor deze termijn geen stilstand door overmacht.")
    if any(one.ground == FORCE_MAJEURE and one.until is None for one in request.suspensions):
        raise SuspensionRefused("De termijn staat al stil door overmacht.")
    first = ground_of(suspension.ground).first(suspension.from_)
    if before.due is not None and first > before.due:
        raise SuspensionRefused(f"De termijn was al voorbij op {date_in_words(first)}.")
    return compute(replace(request, suspensions=(*request.suspensions, suspension)), book)
