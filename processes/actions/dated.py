"""Settings that hold from a day on, kept up to date by an administrator. Rows are only added, one edit at a time.

What runs is computed again after the commit, for kinds that say so (`processes.jobs.law_recompute`).
"""

from dataclasses import dataclass
from datetime import date

from processes.access.guards import only_staff, reason_wrong
from processes.base.actor import StaffRole
from processes.base.errors import Invalid
from processes.dated.kinds import KINDS
from processes.dated.shelf import SettingShelf
from processes.dated.typed_settings import TypedSetting, setting_of, taken_back
from processes.execution.unit_of_work import UnitOfWork
from processes.law.edits import Saved
from processes.storage.tables import LawRuleRow
from processes.storage.words import OutboxKind


@dataclass(frozen=True, slots=True)
class SaveSetting:
    """A setting as it holds from a day on. The version before it holds until the day before."""

    setting: TypedSetting


def save_setting(work: UnitOfWork, action: SaveSetting) -> str:
    """The answer is `kind:code`. Raises Invalid per field, NotFound for a code that must be in the list."""
    typed = action.setting
    shelf = _alone(work, "setting", typed.kind, typed.code)
    read = setting_of(typed, shelf, work.today)
    _add(work, read.saved, read.reason)
    return f"{typed.kind}:{typed.code}"


@dataclass(frozen=True, slots=True)
class TakeBackSetting:
    """Take back what was saved for a day: what came along for that day, or the version before it, then holds on."""

    kind: str
    code: str
    valid_from: date
    reason: str


def take_back_setting(work: UnitOfWork, action: TakeBackSetting) -> str:
    """The answer is `kind:code`. Raises NotFound, and Invalid without a reason or for what cannot be taken back."""
    shelf = _alone(work, "setting_back", action.kind, action.code)
    if wrong := reason_wrong(action.reason, "Schrijf waarom u dit terugneemt."):
        raise Invalid(wrong)
    _add(work, taken_back(shelf, action.kind, action.code, action.valid_from), action.reason.strip())
    return f"{action.kind}:{action.code}"


def _alone(work: UnitOfWork, what: str, kind: str, code: str) -> SettingShelf:
    """One edit at a time, as of the law: the row in the trail of the installation holds its lock until the commit, so that the
    shelf that is checked is the newest.
    """
    only_staff(work.actor, (StaffRole.ADMIN,))
    work.audit(0, what, kind=kind[:20], code=code[:40])
    return work.services.law.shelf(work.session)


def _add(work: UnitOfWork, saved: Saved, reason: str) -> None:
    record = dict(saved.record) if saved.record else None
    row = LawRuleRow(
        kind=saved.kind, code=saved.code, variant=saved.variant, valid_from=saved.valid_from, record=record,
        saved_at=work.now, saved_by=work.actor.subject, reason=reason,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    if KINDS[saved.kind].recomputes:
        work.enqueue(OutboxKind.LAW, f"law:{row.id}", {"row": row.id, "after": 0, "again": True})
