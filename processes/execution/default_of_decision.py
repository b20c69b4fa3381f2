"""A decision that does not come in time: when somebody may put the municipality in default, and what follows (Awb 6:12).

Against a failure to decide no bezwaar lies (7:1(1)(f)). Who waits sends a notice of default; two weeks later the way to the
court is open (6:12(2)), and a penalty runs where the law has one (4:17).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from engine import Model
from engine.expressions import given_texts
from engine.words import Procedure
from processes.law import LawBook
from processes.law.counting import add_term
from processes.law.penalty import GRACE
from processes.storage.tables import DeadlineRow, DefaultNotice

WITHOUT_PENALTY: Final = frozenset(
    {"woo-4-4"}
)  # a decision for which one may go to the court, and no penalty runs (Woo 8.2)
NO_DECISION: Final = (
    "no-decision"  # the retired variant: a version that names it still takes a bezwaar without a decision
)


def late_term(rows: Iterable[DeadlineRow], model: Model, today: date, book: LawBook) -> DeadlineRow | None:
    """The term to decide that is over without a decision; None while nobody can put the municipality in default."""
    late = (row for row in rows if row.met_on is None and row.due is not None and row.due < today)
    return next((row for row in late if is_to_decide(model, row.code, book)), None)


def is_to_decide(model: Model, code: str, book: LawBook) -> bool:
    """Whether this deadline is the term for a decision on a request or an objection."""
    rule = model.deadlines[code].rule
    return rule in WITHOUT_PENALTY or any(one.code == rule and one.penalty for one in book.rules)


def appeal_opens(row: DeadlineRow, notices: Sequence[DefaultNotice], book: LawBook) -> date | None:
    """The first day on which who waits can go to the court: when two weeks have passed since the first notice that did not
    come too early. None without such a notice, and once the decision is there.
    """
    if row.due is None or row.met_on is not None:
        return None
    counting = [one.received_on for one in notices if one.received_on > row.due]
    if not counting:
        return None
    grace = book.rule(GRACE, None, min(counting))
    return add_term(min(counting), grace.amount, grace.unit) + timedelta(1)


def refuses_no_decision(model: Model) -> bool:
    """Whether a case of this version cannot be about a failure to decide: a bezwaar, except one of an older version."""
    if model.case_type is None or model.case_type.procedure != Procedure.BEZWAAR:
        return False
    return not takes_no_decision(model)


def takes_no_decision(model: Model) -> bool:
    """Whether this version counts a term for a bezwaar against a failure to decide, as versions of before did."""
    expressions = (setting.variant for setting in model.deadlines.values() if setting.variant)
    return any(NO_DECISION in given_texts(text) for text in expressions)
