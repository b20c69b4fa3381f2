"""The penalty of a late decision as people read it: the amount, what each applicant gets, and why."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engine import Model
from processes.base.dutch import euros_in_words
from processes.execution.default_of_decision import appeal_opens
from processes.execution.penalties import Reckoned, reckon
from processes.law import EXCLUSIONS, LawBook, Penalty
from processes.law.penalty import PenaltyState
from processes.storage.tables import Case


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice of default. `excluded` says why it gives no penalty, in words."""

    id: int
    received_on: date
    excluded: str
    reason: str


@dataclass(frozen=True, slots=True)
class PenaltyLine:
    """`shares` are names with amounts, only when there are several; amounts are in words. `late`: the amount should have
    been laid down by now. `appeal_from` is the first day on which the way to the court is open (Awb 6:12), while there is no
    decision.
    """

    code: str
    title: str
    penalty: Penalty
    total: str
    daily: str
    shares: tuple[tuple[str, str], ...]
    notices: tuple[NoticeLine, ...]
    set_on: date | None
    amount: str
    may_set: bool
    late: bool
    appeal_from: date | None = None


def penalty_lines(session: Session, case: Case, model: Model, today: date, book: LawBook) -> tuple[PenaltyLine, ...]:
    """One line for every deadline for which a notice of default came in."""
    return tuple(_line(found, today, book) for found in reckon(session, case, model, today, book))


def _line(found: Reckoned, today: date, book: LawBook) -> PenaltyLine:
    made = found.penalty
    laid_down = next((one for one in found.notices if one.set_on), None)
    names = [party.name for party in found.applicants]
    ended = made.state == PenaltyState.ENDED and made.days > 0 and laid_down is None
    return PenaltyLine(
        code=found.row.code, title=found.title, penalty=made, total=euros_in_words(made.cents),
        daily=euros_in_words(made.daily),
        shares=tuple(zip(names, map(euros_in_words, made.shares), strict=False)) if len(names) > 1 else (),
        notices=tuple(
            NoticeLine(one.id, one.received_on, EXCLUSIONS[one.excluded][0] if one.excluded else "", one.reason)
            for one in found.notices
        ),
        set_on=laid_down.set_on if laid_down else None,
        amount=euros_in_words(laid_down.amount_cents or 0) if laid_down else "",
        may_set=ended, late=ended and made.lay_down_by is not None and today > made.lay_down_by,
        appeal_from=appeal_opens(found.row, found.notices, book),
    )  # fmt: skip
