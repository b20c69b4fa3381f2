"""The penalties for late decisions of a case, from the recorded notices of default to the amount of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from engine import Model
from processes.base.dutch import euros_in_words, long_date
from processes.execution.case_execution import CaseExecution
from processes.execution.terms import rows_of
from processes.law import LawBook, Notice, Penalty, PenaltyRequest, default_book, penalty
from processes.storage.asked_ahead import as_objects, asked_before
from processes.storage.base import BigId
from processes.storage.fast import PreparedQuery
from processes.storage.tables import Case, DeadlineRow, Decision, DefaultNotice, Party


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The penalty of one deadline with what it was made of. `applicants` share it, the first one first."""

    row: DeadlineRow
    title: str
    notices: tuple[DefaultNotice, ...]
    applicants: tuple[Party, ...]
    penalty: Penalty

    @property
    def counting(self) -> DefaultNotice | None:
        """The notice that started it."""
        found = self.penalty.notice
        return next((one for one in self.notices if found and _notice(one) == found), None)


def reckon(
    session: Session, case: Case, model: Model, today: date, book: LawBook | None = None
) -> tuple[Reckoned, ...]:
    """The penalty of every deadline for which a notice came in; one statement when there is none."""
    notices = asked_before(session, notices_question(), case=case.id)
    if notices is None:
        notices = list(session.scalars(_notices_of(case.id)))
    if not notices:
        return ()
    parties = session.scalars(select(Party).where(Party.case_id == case.id, Party.filing).order_by(Party.id)).all()
    woo = session.scalar(select(Decision.id).where(Decision.case_id == case.id, Decision.woo).limit(1)) is not None
    reckoned = []
    for row in rows_of(session, case.id):
        if mine := tuple(one for one in notices if one.deadline == row.code):
            sharing = _sharing(parties, mine)
            request = request_for(row, mine, today, max(len(sharing), 1), bar_for(model, row.code, woo=woo, book=book))
            title = model.deadlines[row.code].title
            reckoned.append(Reckoned(row, title, mine, sharing, penalty(request, book)))
    return tuple(reckoned)


@cache
def notices_question() -> PreparedQuery:
    """The notices of default of a `case`, for a page that asks for them with other things."""
    return as_objects(_notices_of(bindparam("case", type_=BigId)), DefaultNotice)


def _notices_of(case_id: Any) -> Select[DefaultNotice]:
    return select(DefaultNotice).where(DefaultNotice.case_id == case_id).order_by(DefaultNotice.id)


def unfit_penalties(run: CaseExecution) -> list[str]:
    """A sentence for each penalty whose amount was laid down and is another one now, such as after a date was corrected."""
    found = reckon(run.work.session, run.case, run.root.model, run.work.today, run.data.book())
    laid_down = [(one, notice) for one in found for notice in one.notices if notice.set_on is not None]
    return [
        f"De dwangsom bij '{one.title}' is op {long_date(notice.set_on)} vastgesteld op "
        f"{euros_in_words(notice.amount_cents or 0)}. Berekend is nu {euros_in_words(one.penalty.cents)}. "
        "Neem zo nodig een nieuw besluit."
        for one, notice in laid_down
        if notice.set_on and notice.amount_cents != one.penalty.cents
    ]


def request_for(
    row: DeadlineRow, notices: Sequence[DefaultNotice], today: date, applicants: int, bar: str | None
) -> PenaltyRequest:
    """The input for the law's computation. A deadline is met by the decision, or ends with its case."""
    return PenaltyRequest(row.due, tuple(map(_notice, notices)), today, row.met_on, applicants, bar)


def bar_for(model: Model, code: str, *, woo: bool, book: LawBook | None = None) -> str | None:
    """Why the law has no penalty for this deadline, as a code of BARS; None where it has one."""
    rule = model.deadlines[code].rule
    if not any(one.penalty for one in (book or default_book()).rules if one.code == rule):
        return "geen_dwangsom"
    return "woo" if woo else None


def _notice(row: DefaultNotice) -> Notice:
    return Notice(row.received_on, row.excluded)


def _sharing(parties: Sequence[Party], notices: Sequence[DefaultNotice]) -> tuple[Party, ...]:
    """The parties that share the penalty: all but those whose notice came from no interested party."""
    without = {one.party_id for one in notices if one.excluded == "geen_belanghebbende"}
    return tuple(party for party in parties if party.id not in without)
