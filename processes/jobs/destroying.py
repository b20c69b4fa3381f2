"""Destroying a dossier: first the bytes of its documents, then every row in one transaction, then the leftovers.

Each step may be repeated, and the rows that name the files go last: a process killed half way leaves enough behind for
the next one to finish, and `destroyed` is only said when nothing is left. What remains: the certificate and the trail.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final, cast

from sqlalchemy import CursorResult, Table, delete, or_, select, text, update
from sqlalchemy.orm import Session

from processes.base.actor import SYSTEM
from processes.base.security_log import SecurityEvent, security_event
from processes.execution.holding import why_held
from processes.execution.keeping import ground_of, keep_as_long_as_now, term_is_over
from processes.execution.person_packages import about_people_of
from processes.execution.session_bundles import bundles_with
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.jobs.destroyed_marks import leave_mark
from processes.jobs.wiping import wipe_leftovers
from processes.post.certificate import write_certificate
from processes.storage.base import Base
from processes.storage.services import Services
from processes.storage.session import overwrite_deleted, transaction
from processes.storage.tables import (
    Case,
    CaseBundle,
    CaseGroupMember,
    CaseGroupRow,
    CaseRelation,
    Delivery,
    DestructionRow,
    DocumentRow,
    FileScan,
    FormKey,
    OutboxRow,
    OwnAddress,
    Party,
    PersonPackage,
    PersonProfile,
    PostFile,
    UploadPart,
    UploadRow,
)
from processes.storage.tables.operations import LONG_ANSWER, SHORT_ANSWER
from processes.storage.trail.watching import unheard
from processes.storage.upload_room import waits_in_case, waits_whole_in_case
from processes.storage.words import DestructionState, TrailAction

REMAINS: Final = frozenset({"destruction"})  # every other table with a `case_id` is emptied, new ones included


def destroy(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `destroy`: `{"destruction": id}`. Does nothing for a case that is not approved or already gone."""
    destruction_id = int(payload["destruction"])
    if transact(services, SYSTEM, lambda work: _called_off(work, destruction_id)):
        return
    gone = _delete_files(services, destruction_id)
    number = transact(services, SYSTEM, lambda work: _delete_rows(work, destruction_id, gone))
    if number:
        security_event(SecurityEvent.CASE_DESTROYED, who=SYSTEM, whose_case=number)
    leave_mark(services, destruction_id)
    wipe_leftovers(services)


def case_tables() -> list[Table]:
    """Every table with rows of one case, those that point at others first."""
    return [
        table
        for table in reversed(Base.metadata.sorted_tables)
        if "case_id" in table.columns and table.name not in REMAINS
    ]


def _called_off(work: UnitOfWork, destruction_id: int) -> str:
    """The number of a case that may not go after all: its retention class changed since the approval, or a related case was
    taken up again. Its line goes back to the start. Once a file is gone there is no way back.
    """
    row = work.session.get(DestructionRow, destruction_id)
    case = work.session.scalar(select(Case).where(Case.id == row.case_id).with_for_update()) if row else None
    if row is None or case is None or row.state != DestructionState.APPROVED or _has_begun(work, case):
        return ""
    if term_is_over(work, case) and not why_held(work.session, case.id, work.today):
        return ""
    row.state, row.proposed_by, row.proposed_at = DestructionState.LISTED, None, None
    row.approved_by, row.approved_at = None, None
    keep_as_long_as_now(work, case)
    order = f"destroy:{destruction_id}"  # a later approval is another order, under the same key
    work.session.execute(
        update(OutboxRow).where(OutboxRow.key == order).values(key=f"{order}:called off {work.now.isoformat()}")
    )
    work.audit(case.id, "destruction_called_off", destruction=row.id)
    return row.case_number


def _has_begun(work: UnitOfWork, case: Case) -> bool:
    return not all(work.services.files.exists(blob) for blob in _blobs(work.session, case.id))


def _delete_files(services: Services, destruction_id: int) -> set[str]:
    with transaction(services.sessions) as session:
        row = session.get(DestructionRow, destruction_id)
        blobs = _blobs(session, row.case_id) if row and row.state == DestructionState.APPROVED else set()
    for blob in blobs:
        services.files.delete(blob)
    return blobs


def _blobs(session: Session, case_id: int) -> set[str]:
    """Blobs of its documents and drafts, of files that still come in, of its bundles and of the packages about its people; these are locked, so that none is finished meanwhile."""
    packages = select(PersonPackage.blob).where(about_people_of(case_id)).with_for_update()
    bundles = select(CaseBundle.blob).where(CaseBundle.case_id == case_id).with_for_update()
    made = {blob for wanted in (packages, bundles) for blob in session.scalars(wanted) if blob is not None}
    made |= {row.blob for row in bundles_with(session, case_id) if row.blob is not None}
    # one that was erased, or is not made yet, has no file: that must not look like a file that went
    documents = session.scalars(select(DocumentRow.blob).where(DocumentRow.case_id == case_id, DocumentRow.blob != ""))
    parts = session.scalars(select(UploadPart.blob).where(UploadPart.case_id == case_id))
    post = session.scalars(select(PostFile.blob).where(PostFile.case_id == case_id))
    waiting = [waits_in_case(case_id), waits_whole_in_case(case_id)]  # each by itself, so that an index finds it
    unsent = [blob for which in waiting for blob in session.scalars(select(UploadRow.blob).where(which))]
    return {*made, *documents, *parts, *post, *unsent}


def _delete_rows(work: UnitOfWork, destruction_id: int, gone: Collection[str]) -> str:
    session = work.session
    row = session.get(DestructionRow, destruction_id)
    case = session.scalar(select(Case).where(Case.id == row.case_id).with_for_update()) if row else None
    if row is None or case is None:
        return ""
    session.refresh(row)
    if row.state != DestructionState.APPROVED:
        return ""
    overwrite_deleted(session)
    for blob in _blobs(session, case.id).difference(gone):
        work.services.files.delete(
            blob
        )  # filed after the others went; this transaction holds the lock, so it is the last
    write_certificate(session, row, case, ground_of(case, work.services.law.book(session), work.today))
    row.certificate = {**(row.certificate or {}), "counts": _empty_tables(session, case)}
    row.state, row.exception, row.destroyed_at = DestructionState.DESTROYED, None, work.now
    work.audit(row.case_id, TrailAction.DESTROYED, destruction=row.id)
    return row.case_number


def _empty_tables(session: Session, case: Case) -> dict[str, int]:
    """Delete everything; how many rows went, by table."""
    documents = select(DocumentRow.blob).where(DocumentRow.case_id == case.id)
    waiting = (waits_in_case(case.id), waits_whole_in_case(case.id))
    for which in (UploadRow.blob.in_(documents), *waiting):  # each by itself, so that an index finds it
        session.execute(delete(FileScan).where(FileScan.blob.in_(select(UploadRow.blob).where(which))))
        session.execute(delete(UploadRow).where(which))
    session.execute(delete(FileScan).where(FileScan.blob.in_(documents)))
    session.execute(delete(FileScan).where(FileScan.blob.in_(select(PostFile.blob).where(PostFile.case_id == case.id))))
    counts = {"person_profile": _forget_profiles(session, case.id), "form_key": _forget_answers(session, case)}
    counts["person_package"] = _count(session.execute(delete(PersonPackage).where(about_people_of(case.id))))
    of_sessions = [row.id for row in bundles_with(session, case.id)]
    session.execute(delete(CaseBundle).where(CaseBundle.id.in_(of_sessions)))
    groups = session.scalars(select(CaseGroupMember.group_id).where(CaseGroupMember.case_id == case.id)).all()
    other_side = delete(CaseRelation).where(CaseRelation.other_id == case.id)
    session.execute(other_side)
    with unheard(session):  # the trail tells that all of it went
        for table in case_tables():
            counts[table.name] = _count(session.execute(delete(table).where(table.c.case_id == case.id)))
        # the name and reason of a group are words about its cases: they go with the last of them
        empty = CaseGroupRow.id.not_in(select(CaseGroupMember.group_id).where(CaseGroupMember.group_id.in_(groups)))
        counts["case_group"] = _count(session.execute(delete(CaseGroupRow).where(CaseGroupRow.id.in_(groups), empty)))
        counts["case"] = _count(session.execute(delete(Case).where(Case.id == case.id)))
    return {name: count for name, count in sorted(counts.items()) if count}


def _forget_profiles(session: Session, case_id: int) -> int:
    """Contact details of people who have no other case, with what they confirmed; how many profiles went."""
    people = select(Party.identity_index).where(Party.case_id == case_id, Party.identity_index.is_not(None))
    elsewhere = select(Party.identity_index).where(Party.case_id != case_id, Party.identity_index.in_(people))
    for table in (OwnAddress, PersonProfile):
        lonely = table.identity_index.in_(people) & table.identity_index.not_in(elsewhere)
        gone = _count(session.execute(delete(table).where(lonely)))
    return gone


def _forget_answers(session: Session, case: Case) -> int:
    """Kept answers of forms: the number of the case, references of documents, numbers of receipts."""
    receipts = session.scalars(select(Delivery.receipt).where(Delivery.case_id == case.id)).all()
    reference = FormKey.answer.startswith(f"{case.number}-", autoescape=True)
    mine = (
        (SHORT_ANSWER, or_(FormKey.answer == case.number, reference)),
        (SHORT_ANSWER, FormKey.answer.in_(receipts)),
        (LONG_ANSWER, reference),
    )  # each by itself, so that an index finds it
    return sum(_count(session.execute(delete(FormKey).where(text(length), which))) for length, which in mine)


def _count(result: object) -> int:
    return cast("CursorResult[Any]", result).rowcount
