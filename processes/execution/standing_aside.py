"""Members of staff whom a case turns out to be about are shut out of it, and give up its work (Awb 9:7)."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import select

from processes.access.barred import HOLDS, is_barred, sign_in_of, signs_in_as
from processes.access.staff_scope import CANNOT_HANDLE, why_not_handling
from processes.execution.listed_columns import hand_over
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Bar, Case, Party, StaffRow, TaskRow
from processes.storage.words import TaskState


def shut_out(work: UnitOfWork, case: Case, *parties: Party) -> None:
    """Bar every colleague who has the mail address that one of these parties has by now, and any who comes to have it. What was barred stays so.

    The parties are stored, and `notParty` of the drawing names the roles to which this goes.
    """
    roles = work.deployed(case.model_version_id).model.barred_roles()
    found = {party: address for party in parties if party.role in roles and (address := sign_in_of(party.email))}
    if not found:
        return
    bars = [one for party, address in found.items() for one in _lacking(work, case, party, address)]
    if bars:
        work.session.add_all(bars)
        tell_bars(work, case, bars)


def _lacking(work: UnitOfWork, case: Case, party: Party, address: str) -> Iterator[Bar]:
    """New bars by this address. One that was lifted under the same address stays lifted."""
    mine = work.session.scalars(select(Bar).where(Bar.case_id == case.id)).all()
    held = {bar.staff for bar in mine if bar.staff and bar.lifted_at is None}
    known = {(bar.staff, bar.address) for bar in mine}
    colleagues = work.session.scalars(select(StaffRow.number).where(signs_in_as([address]))).all()
    waiting: list[str | None] = [None]
    for number in [*colleagues] or waiting:
        if number not in held and (number, address) not in known:
            yield Bar(case_id=case.id, staff=number, address=address, party_id=party.id, made_at=work.now)


def take_bars(work: UnitOfWork, before: Case, after: Case, taken: Mapping[int, Party]) -> None:
    """The bars of a case hold in the one that follows on it: those that somebody made, and those of a party with a role that is barred there.

    `taken`: the parties of the new case, by the ids that they had before.
    """
    roles = work.deployed(after.model_version_id).model.barred_roles()
    rows = work.session.scalars(select(Bar).where(Bar.case_id == before.id, HOLDS).order_by(Bar.id)).all()
    bars = []
    for row in rows:
        party = taken.get(row.party_id or 0)
        if row.party_id is None or (party and party.role in roles):
            bars.append(Bar(
                case_id=after.id, staff=row.staff, address=row.address, party_id=party.id if party else None, made_at=work.now,
                made_by=row.made_by, reason=row.reason,
            ))  # fmt: skip
    if bars:
        work.session.add_all(bars)
        tell_bars(work, after, bars)
    shut_out(work, after, *taken.values())


def tell_bars(work: UnitOfWork, case: Case, bars: Collection[Bar]) -> None:
    """The steps that belong to new bars: a line in the trail for each, and their colleagues give up the work of the case."""
    work.session.flush()
    for bar in bars:
        work.audit(case.id, "bar", bar=bar.id)
    stand_aside(work, case)


def stand_aside(work: UnitOfWork, case: Case) -> None:
    """Whoever the case turns out to be about no longer handles it, and has none of its tasks (Awb 9:7)."""
    if case.handler and is_barred(work.session, case.id, case.handler):
        hand_over(work.session, case, None)
        work.system_note(
            case.id, "De behandelaar is zelf bij deze zaak betrokken. De zaak heeft nu geen behandelaar meer."
        )
        work.audit(case.id, "stand_aside")
    taken = select(TaskRow).where(
        TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN, TaskRow.assignee.is_not(None)
    )
    for task in work.session.scalars(taken).all():
        if is_barred(work.session, case.id, str(task.assignee)):
            task.assignee = None


def cannot_handle(work: UnitOfWork, case: Case, person: StaffRow) -> str:
    """The sentence of `why_not_handling`. Where who acts may not know the reason, the try itself is told afterwards (`processes.actions.tried`)."""
    said = why_not_handling(work.session, work.actor, case, person)
    if said == CANNOT_HANDLE:
        work.tried_in = case.id
    return said
