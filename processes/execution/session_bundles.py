"""The papers of all cases of a session for who sits there, in the order of the agenda: what a committee may have of each case.

As stored in `case_bundle.chosen`: for each case its sheet, which has no document, and then its papers (`GivenPaper.stored`), each with
the id of the case.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from processes.access.staff_scope import seen_cases
from processes.base.actor import Actor, ActorKind
from processes.base.clock import AMSTERDAM
from processes.execution.bundled import FileReader, GivenPaper, changed_since, parts_for
from processes.execution.hearings import items_of
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.model_cache import ModelCache
from processes.storage.tables import Case, CaseBundle, HearingItem, StaffRow
from processes.storage.words import BundleReader, OutboxKind

READER: Final = FileReader(BundleReader.COMMITTEE)
CASE: Final = "case"
GONE: Final = "een zaak die niet meer op de agenda staat"
Chosen = list[dict[str, Any]]


def papers_of_session(
    session: Session, models: ModelCache, actor: Actor, session_id: int
) -> Iterator[tuple[HearingItem, Case, list[GivenPaper]]]:
    """Each case on the agenda that `actor` may see, with the papers that a committee may have of it as this actor may give them."""
    items = items_of(session, session_id)
    seen = select(Case).where(Case.id.in_([item.case_id for item in items]), seen_cases(actor))
    cases = {case.id: case for case in session.scalars(seen)}
    for item in items:
        if case := cases.get(item.case_id):
            model = models.version(session, case.model_version_id).model
            yield item, case, parts_for(session, actor, case, model, READER)


def chosen_of_session(session: Session, models: ModelCache, actor: Actor, session_id: int) -> tuple[Chosen, int]:
    """Everything that goes into a bundle of this session, and the bytes of all its files together."""
    chosen: Chosen = []
    size = 0
    for item, case, papers in papers_of_session(session, models, actor, session_id):
        chosen.append({CASE: case.id, "document": "", "title": title_of(item, case), "blob": "", "withheld": ""})
        chosen += [{CASE: case.id, **paper.stored()} for paper in papers]
        size += sum(paper.document.size for paper in papers if not paper.withheld)
    return chosen, size


def title_of(item: HearingItem, case: Case) -> str:
    """`13.00 uur, BZW-2026-000001: Dakopbouw`."""
    return f"{item.begins_at.astimezone(AMSTERDAM):%H.%M} uur, {case.number}: {case.subject or case.title}"


def not_given_any_more(session: Session, models: ModelCache, actor: Actor, row: CaseBundle) -> list[str]:
    """The titles of what went into this bundle and `actor` may not have any more: a case that left the agenda, or papers of one."""
    now = {case.id: papers for _, case, papers in papers_of_session(session, models, actor, row.session_id or 0)}
    titles = [GONE for one in row.chosen if is_sheet(one) and one[CASE] not in now]
    for case_id, papers in now.items():
        mine = [{name: one[name] for name in one if name != CASE} for one in row.chosen if one[CASE] == case_id]
        titles += changed_since([one for one in mine if one["document"]], papers)
    return titles


def is_sheet(chosen: dict[str, Any]) -> bool:
    """Whether this is no paper but the sheet that stands before those of a case."""
    return not chosen["document"]


def cases_in(row: CaseBundle) -> list[int]:
    """The ids of the cases of a bundle of a session, in the order of the agenda."""
    return [one[CASE] for one in row.chosen if is_sheet(one)]


def asked_with_roles(session: Session, number: str) -> Actor:
    """The member of staff who asked, with the roles that sign-on told last."""
    roles: Sequence[str] = session.scalar(select(StaffRow.roles).where(StaffRow.number == number)) or ()
    return Actor(ActorKind.STAFF, number, "", frozenset(roles))


def bundles_with(session: Session, case_id: int) -> list[CaseBundle]:
    """The bundles of sessions that hold papers of this case, locked. They are few: each is kept for a day."""
    rows = session.scalars(select(CaseBundle).where(CaseBundle.session_id.is_not(None)).with_for_update())
    return [row for row in rows if case_id in cases_in(row)]


def forget_session_bundles(work: UnitOfWork, case_id: int) -> None:
    """Take away every bundle of a session that holds papers of this case; who asked makes a new one."""
    rows = bundles_with(work.session, case_id)
    for row in rows:
        if row.blob is not None:
            work.enqueue(OutboxKind.FORGET_BLOB, f"forget:{row.blob}", {"blob": row.blob})
    work.session.execute(delete(CaseBundle).where(CaseBundle.id.in_([row.id for row in rows])))
