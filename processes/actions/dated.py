"""Settings that hold from a day on, kept up to date by an administrator. Rows are only added, one edit at a time.

A change that takes away what guards against one administrator alone (`DatedKind.weakens`) waits for a second one, at most DAYS. What runs is computed again after the commit, for kinds that say so (`processes.jobs.law_recompute`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import delete, select

from processes.access.guards import only_staff, reason_wrong
from processes.actions.by_two import AGREED, WAITS
from processes.base.actor import ActorKind, StaffRole
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.dated.kinds import KINDS
from processes.dated.shelf import SettingShelf
from processes.dated.typed_settings import TypedSetting, setting_of, taken_back
from processes.dated.weakening import weakened
from processes.execution.asked_kinds import asked_kind
from processes.execution.unit_of_work import UnitOfWork
from processes.law.edits import Saved
from processes.storage.base import new_id
from processes.storage.tables import LawRuleRow, SettingChange
from processes.storage.words import OutboxKind

DAYS: Final = 7  # as for the mailbox of a department


@dataclass(frozen=True, slots=True)
class SaveSetting:
    """A setting as it holds from a day on. The version before it holds until the day before."""

    setting: TypedSetting


def save_setting(work: UnitOfWork, action: SaveSetting) -> str:
    """The answer is `kind:code`, with WAITS behind it when a second administrator must agree. Raises Invalid per field, NotFound for a
    code that must be in the list.
    """
    typed = action.setting
    shelf = _alone(work, "setting", typed.kind, typed.code)
    read = setting_of(typed, shelf, work.today, asked_kind(work.session, work.services, typed.kind))
    return _add_or_propose(work, shelf, read.saved, read.reason)


@dataclass(frozen=True, slots=True)
class TakeBackSetting:
    """Take back what was saved for a day: what came along for that day, or the version before it, then holds on."""

    kind: str
    code: str
    valid_from: date
    reason: str


def take_back_setting(work: UnitOfWork, action: TakeBackSetting) -> str:
    """The answer is that of `save_setting`. Raises NotFound, and Invalid without a reason or for what cannot be taken back."""
    shelf = _alone(work, "setting_back", action.kind, action.code)
    if wrong := reason_wrong(action.reason, "Schrijf waarom u dit terugneemt."):
        raise Invalid(wrong)
    saved = taken_back(shelf, action.kind, action.code, action.valid_from)
    return _add_or_propose(work, shelf, saved, action.reason.strip())


@dataclass(frozen=True, slots=True)
class ConfirmSetting:
    """The second administrator agrees to the change with this id, which a first one proposed."""

    kind: str
    code: str
    proposal: str


def confirm_setting(work: UnitOfWork, action: ConfirmSetting) -> str:
    """The answer is `kind:code`. Raises NotFound, NotAllowed for who proposed it, and NotNow when it was too long ago or another change
    was proposed meanwhile: nobody agrees to what they did not see.
    """
    row = _proposed(work, "setting_confirmed", action.kind, action.code, action.proposal)
    if row.proposed_by == work.actor.subject:
        raise NotAllowed("U stelde deze wijziging zelf voor. Een andere beheerder moet akkoord geven.")
    if work.now - row.proposed_at > timedelta(days=DAYS):
        raise NotNow(f"Dit voorstel is ouder dan {DAYS} dagen. Stel de wijziging opnieuw voor.")
    saved = Saved(row.kind, row.valid_from, row.record, row.code)
    add_version(work, saved, f"{row.reason} {AGREED}", by=row.proposed_by)
    work.session.delete(row)
    return f"{row.kind}:{row.code}"


@dataclass(frozen=True, slots=True)
class WithdrawSetting:
    """The proposed change with this id goes; the setting stays as it is."""

    kind: str
    code: str
    proposal: str


def withdraw_setting(work: UnitOfWork, action: WithdrawSetting) -> str:
    """The answer is `kind:code`. Raises NotFound and NotNow."""
    row = _proposed(work, "setting_withdrawn", action.kind, action.code, action.proposal)
    work.session.delete(row)
    return f"{row.kind}:{row.code}"


def _add_or_propose(work: UnitOfWork, shelf: SettingShelf, saved: Saved, reason: str) -> str:
    answer = f"{saved.kind}:{saved.code}"
    if work.actor.kind != ActorKind.STAFF or not weakened(shelf, saved, work.today):
        add_version(work, saved, reason)
        return answer
    work.session.execute(
        delete(SettingChange).where(SettingChange.kind == saved.kind, SettingChange.code == saved.code)
    )
    record = dict(saved.record) if saved.record else None
    row = SettingChange(
        id=new_id(), kind=saved.kind, code=saved.code, valid_from=saved.valid_from, record=record, reason=reason,
        proposed_by=work.actor.subject, proposed_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(0, "setting_proposed", kind=saved.kind, code=saved.code)
    return f"{answer}:{WAITS}"


def _proposed(work: UnitOfWork, what: str, kind: str, code: str, proposal: str) -> SettingChange:
    """The change that somebody looked at, under the lock of all edits. Raises NotFound, and NotNow when it is another one by now."""
    only_staff(work.actor, (StaffRole.ADMIN,), system=False)
    work.audit(0, what, kind=kind[:20], code=code[:40])
    row = work.session.scalar(select(SettingChange).where(SettingChange.kind == kind, SettingChange.code == code))
    if row is None:
        raise NotFound("Er wacht geen wijziging van deze instelling (meer). Misschien was een collega u voor.")
    if row.id != proposal:
        raise NotNow("Er staat nu een ander voorstel dan op uw pagina. Open de pagina opnieuw en bekijk het eerst.")
    return row


def _alone(work: UnitOfWork, what: str, kind: str, code: str) -> SettingShelf:
    """One edit at a time, as of the law: the row in the trail of the installation holds its lock until the commit, so that the
    shelf that is checked is the newest.
    """
    only_staff(work.actor, (StaffRole.ADMIN,))
    work.audit(0, what, kind=kind[:20], code=code[:40])
    return work.services.law.shelf(work.session)


def add_version(work: UnitOfWork, saved: Saved, reason: str, by: str = "") -> None:
    """`by` is the number of who decided it: who acts, unless it is named."""
    record = dict(saved.record) if saved.record else None
    row = LawRuleRow(
        kind=saved.kind, code=saved.code, variant=saved.variant, valid_from=saved.valid_from, record=record,
        saved_at=work.now, saved_by=by or work.actor.subject, reason=reason,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.services.law.look_again()
    if KINDS[saved.kind].recomputes:
        work.enqueue(OutboxKind.LAW, f"law:{row.id}", {"row": row.id, "after": 0, "again": True})
