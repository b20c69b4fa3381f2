"""A case type goes out of use on a day, with a message and the case type that comes in its place; and that is taken back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.actions.by_two import ask_second, drop_change, second_needed
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotFound, NotNow
from processes.dated import begun_forms_on
from processes.execution.out_of_use import end_of_use
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import ModelVersion, OutOfUse
from processes.storage.words import CaseTypeChangeKind

LONGEST_MESSAGE: Final = 1000
REPLACED: Final = "Vervangen door een nieuw besluit."


@dataclass(frozen=True, slots=True)
class EndUse:
    """From `from_on` no new cases begin. Without `finish_until` a form that was begun can be sent for as long as one is kept."""

    process: str
    from_on: date | None
    message: str
    reason: str
    message_en: str = ""
    successor: str = ""
    finish_until: date | None = None


@dataclass(frozen=True, slots=True)
class KeepInUse:
    """The end is taken back, before its day or after it."""

    process: str
    reason: str


def end_use(work: UnitOfWork, action: EndUse) -> str:
    """The answer is the process, or `process:wacht`; an earlier end is replaced. Raises NotFound and Invalid."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    _checked_end(work, action)
    if second_needed(work):
        days = {name: day.isoformat() if day else "" for name, day in _days(action).items()}
        said = {name: getattr(action, name) for name in ("message", "message_en", "reason", "successor")}
        return ask_second(work, action.process, CaseTypeChangeKind.END_USE, {**days, **said})
    return set_end(work, action, work.actor.subject)


def set_end(work: UnitOfWork, action: EndUse, by: str) -> str:
    """The end holds, as `by` decided. Raises NotFound and Invalid."""
    before = _checked_end(work, action)
    drop_change(work, action.process, CaseTypeChangeKind.END_USE)
    assert action.from_on is not None  # noqa: S101 - it would be wrong
    if before is not None:
        _take_back(work, before, REPLACED, by)
    kept = begun_forms_on(work.services.law.shelf(work.session), work.today)
    row = OutOfUse(
        process=action.process, from_on=action.from_on, finish_until=action.finish_until or action.from_on + kept,
        successor=action.successor or None, message=action.message.strip(), message_en=action.message_en.strip(),
        reason=action.reason.strip(), set_at=work.now, set_by=by,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(0, "out_of_use", process=row.process, since=row.from_on.isoformat())
    return row.process


def keep_in_use(work: UnitOfWork, action: KeepInUse) -> str:
    """The answer is the process, or `process:wacht`. Raises NotFound, Invalid without a reason, and NotNow when there is nothing
    to take back.
    """
    only_staff(work.actor, (StaffRole.ADMIN,))
    if wrong := reason_wrong(action.reason):
        raise Invalid(wrong)
    _locked_end(work, action.process)
    if second_needed(work):
        return ask_second(work, action.process, CaseTypeChangeKind.KEEP_IN_USE, {"reason": action.reason.strip()})
    return set_kept(work, action, work.actor.subject)


def set_kept(work: UnitOfWork, action: KeepInUse, by: str) -> str:
    """The end is taken back, as `by` decided. Raises NotFound and NotNow."""
    row = _locked_end(work, action.process)
    drop_change(work, action.process, CaseTypeChangeKind.KEEP_IN_USE)
    _take_back(work, row, action.reason.strip(), by)
    work.audit(0, "kept_in_use", process=row.process)
    return row.process


def _checked_end(work: UnitOfWork, action: EndUse) -> OutOfUse | None:
    """The end that holds now, which makes place. Raises NotFound and Invalid."""
    _locked_newest(work, action.process)
    before = _in_force(work, action.process)
    if wrong := _wrong(work, action, before):
        raise Invalid(wrong)
    return before


def _locked_end(work: UnitOfWork, process: str) -> OutOfUse:
    _locked_newest(work, process)
    row = _in_force(work, process)
    if row is None:
        raise NotNow("Dit zaaktype is in gebruik. Er is niets om terug te draaien.")
    return row


def _days(action: EndUse) -> dict[str, date | None]:
    return {"from_on": action.from_on, "finish_until": action.finish_until}


def _take_back(work: UnitOfWork, row: OutOfUse, reason: str, by: str) -> None:
    row.ended_at, row.ended_by, row.ended_reason = work.now, by, reason
    work.session.flush()


def _wrong(work: UnitOfWork, action: EndUse, before: OutOfUse | None) -> dict[str, str]:
    wrong = {**reason_wrong(action.reason), **_days_wrong(work, action, before), **_successor_wrong(work, action)}
    if not action.message.strip():
        wrong["message"] = "Schrijf op wat mensen lezen die dit willen indienen."
    for name in ("message", "message_en"):
        if len(getattr(action, name)) > LONGEST_MESSAGE:
            wrong[name] = f"Maak dit korter: hoogstens {LONGEST_MESSAGE} tekens."
    return wrong


def _days_wrong(work: UnitOfWork, action: EndUse, before: OutOfUse | None) -> dict[str, str]:
    if action.from_on is None:
        return {"from_on": "Vul in vanaf welke dag er geen nieuwe zaken meer komen."}
    if action.from_on < work.today and (before is None or before.from_on != action.from_on):
        return {"from_on": "Deze dag is voorbij. Kies vandaag of een latere dag."}
    if action.finish_until is not None and action.finish_until < action.from_on - timedelta(1):
        return {"finish_until": "Deze dag ligt voor de dag waarop het zaaktype uit gebruik gaat. Kies een latere dag."}
    return {}


def _successor_wrong(work: UnitOfWork, action: EndUse) -> dict[str, str]:
    if not action.successor:
        return {}
    if action.successor == action.process:
        return {"successor": "Kies een ander zaaktype: dit zaaktype kan zichzelf niet opvolgen."}
    found = work.session.scalar(
        select(ModelVersion.id).where(ModelVersion.process == action.successor, ModelVersion.is_case_type).limit(1)
    )
    if found is None:
        return {"successor": "Dit zaaktype is niet in gebruik. Kies een ander."}
    if end_of_use(work.session, action.successor):
        return {"successor": "Dit zaaktype gaat zelf uit gebruik. Kies een ander."}
    return {}


def _in_force(work: UnitOfWork, process: str) -> OutOfUse | None:
    wanted = select(OutOfUse).where(OutOfUse.process == process, OutOfUse.ended_at.is_(None))
    return work.session.scalar(wanted.order_by(OutOfUse.id.desc()).limit(1))


def _locked_newest(work: UnitOfWork, process: str) -> None:
    """The newest version of the case type, so that one administrator at a time decides about it."""
    found = select(ModelVersion).where(ModelVersion.process == process).order_by(ModelVersion.version.desc()).limit(1)
    version = work.session.scalar(found.with_for_update())
    if version is None or not version.is_case_type:
        raise NotFound("Dit zaaktype bestaat niet.")
