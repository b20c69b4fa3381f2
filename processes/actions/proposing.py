"""A version that is not in use yet: it waits for a second administrator, and then for its day.

What was agreed to is exactly what goes into use: the row holds the folder, its id is new for every proposal, and a later save of the
draft that it came from withdraws it. Whoever proposed it cannot agree to it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from processes.access.guards import LONGEST_REASON, only_staff, reason_wrong
from processes.actions.by_two import ask_second, drop_change, second_needed
from processes.actions.putting_in_use import Plan, ReadyFolder, Responsible, check_moves, put_in_use, ready_folder
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.base import new_id
from processes.storage.model_cache import fingerprint, pack, unpack
from processes.storage.tables import ModelDraft, VersionProposal
from processes.storage.words import CaseTypeChangeKind, ProposalState
from processes.studio.revisions import newest_revision

LAST_YEAR: Final = 5  # years ahead: a later day is a slip of the pen


@dataclass(frozen=True, slots=True)
class ApproveVersion:
    """The second administrator agrees to the proposal with this id, which goes into use at once or on its day."""

    process: str
    proposal: str


@dataclass(frozen=True, slots=True)
class SendBackVersion:
    """The second administrator does not agree, and says why."""

    process: str
    proposal: str
    answer: str


@dataclass(frozen=True, slots=True)
class WithdrawVersion:
    """A version that is not in use yet does not go into use."""

    process: str
    proposal: str


@dataclass(frozen=True, slots=True)
class StartVersion:
    """The day of a planned version has come, says the system."""

    process: str


@dataclass(frozen=True, slots=True)
class StopVersion:
    """A planned version cannot go into use on its day, and why, says the system."""

    process: str
    answer: str


def approve_version(work: UnitOfWork, action: ApproveVersion) -> str:
    """The answer is `process:version`, or `process:` when it waits for its day.

    Raises NotFound, NotAllowed for who proposed it, NotNow for another proposal than was seen, and Refused with all findings.
    """
    row = _seen(work, action.process, action.proposal)
    _only_second(work, row)
    row.decided_by, row.decided_at = work.actor.subject, work.now
    work.audit(0, "version_approved", process=row.process, sha256=row.sha256)
    if row.starts_on is not None and row.starts_on > work.today:
        row.state = ProposalState.PLANNED
        return f"{row.process}:"
    return _into_use(work, row)


def send_back_version(work: UnitOfWork, action: SendBackVersion) -> str:
    """The answer is the process. Raises NotFound, NotAllowed, NotNow, and Invalid without a reason."""
    row = _seen(work, action.process, action.proposal)
    _only_second(work, row)
    if wrong := reason_wrong(action.answer, "Schrijf op wat er anders moet."):
        raise Invalid({"answer": wrong["reason"]})
    row.state, row.answer = ProposalState.SENT_BACK, action.answer
    row.decided_by, row.decided_at = work.actor.subject, work.now
    work.audit(0, "version_sent_back", process=row.process, sha256=row.sha256)
    return row.process


def withdraw_version(work: UnitOfWork, action: WithdrawVersion) -> str:
    """The answer is the process, or `process:wacht`: what two agreed to, one does not undo alone. Raises NotFound, NotNow."""
    row = _seen(work, action.process, action.proposal)
    if _of_two(work, row):
        return ask_second(work, row.process, CaseTypeChangeKind.WITHDRAW_VERSION, {"proposal": row.id})
    withdraw_open(work, row.process)
    return row.process


def drop_planned(work: UnitOfWork, process: str, proposal: str) -> None:
    """The version that was planned does not go into use. Raises NotNow when that is another one by now, or in use already."""
    row = _locked(work, process)
    if row is None or row.id != proposal:
        raise NotNow("Deze versie staat niet meer klaar: zij is al in gebruik, of er is een andere voorgesteld.")
    withdraw_open(work, process)


def start_version(work: UnitOfWork, action: StartVersion) -> str:
    """The answer is `process:version`; empty when there is nothing to do (any more). Raises Refused with all findings."""
    only_staff(work.actor, ())
    row = _locked(work, action.process)
    if row is None or row.state != ProposalState.PLANNED or row.starts_on is None or row.starts_on > work.today:
        return ""
    return _into_use(work, row)


def stop_version(work: UnitOfWork, action: StopVersion) -> str:
    """Nothing when it is not planned any more."""
    only_staff(work.actor, ())
    row = _locked(work, action.process)
    if row is not None and row.state == ProposalState.PLANNED:
        row.state, row.answer, row.decided_by, row.decided_at = (
            ProposalState.SENT_BACK, action.answer, work.actor.subject, work.now,
        )  # fmt: skip
        work.audit(0, "version_stopped", process=row.process, sha256=row.sha256)
    return action.process


def propose(work: UnitOfWork, ready: ReadyFolder, plan: Plan) -> str:
    """The answer is `process:`. Another proposal for the process makes place. Raises Invalid for a day or reason that cannot be, and
    NotNow when that was one to which two agreed.
    """
    _check(plan, work.today)
    check_moves(work, ready, plan)
    if (before := _locked(work, ready.model.process)) is not None and _of_two(work, before):
        raise NotNow(
            "Er staat al een versie klaar waar een tweede beheerder akkoord op gaf. Vraag eerst om die in te trekken."
        )
    withdraw_open(work, ready.model.process)
    waits = second_needed(work)
    row = VersionProposal(
        id=new_id(), process=ready.model.process, title=ready.title, folder=pack(ready.folder), sha256=ready.sha256,
        draft=plan.draft, revision=plan.revision, from_version=plan.from_version, starts_on=plan.starts_on, moves=plan.moves,
        reason=plan.reason, state=ProposalState.WAITING if waits else ProposalState.PLANNED,
        proposed_by=work.actor.subject, proposed_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(0, "version_proposed" if waits else "version_planned", process=row.process, sha256=row.sha256)
    if not waits and plan.starts_on == work.today:
        return _into_use(work, row)
    return f"{row.process}:"


def withdraw_open(work: UnitOfWork, process: str) -> None:
    """The version of a process that is not in use yet, if any, goes."""
    row = _locked(work, process)
    if row is not None:
        work.session.delete(row)
        drop_change(work, process, CaseTypeChangeKind.WITHDRAW_VERSION)
        work.session.flush()
        work.audit(0, "version_withdrawn", process=row.process, sha256=row.sha256)


def saved_again(work: UnitOfWork, draft: str, revision: str) -> None:
    """A draft has a newer save than the one that waits for a second administrator: nobody may agree to the old one any more."""
    wanted = select(VersionProposal).where(
        VersionProposal.draft == draft, VersionProposal.state == ProposalState.WAITING,
        VersionProposal.revision != revision,
    )  # fmt: skip
    for row in work.session.scalars(wanted):
        withdraw_open(work, row.process)


def _into_use(work: UnitOfWork, row: VersionProposal) -> str:
    folder = unpack(row.process, row.folder)
    if fingerprint(folder) != row.sha256:
        raise NotNow("Wat is voorgesteld, is niet meer wat er is bewaard. Trek het voorstel in en doe het opnieuw.")
    plan = Plan(row.reason, from_version=row.from_version, moves=row.moves)
    second = row.decided_by if row.decided_by != row.proposed_by else None
    answer = put_in_use(work, ready_folder(work, folder), plan, Responsible(row.proposed_by, second))
    _tell_draft(work, row, int(answer.partition(":")[2]))
    work.session.delete(row)
    drop_change(work, row.process, CaseTypeChangeKind.WITHDRAW_VERSION)
    return answer


def _of_two(work: UnitOfWork, row: VersionProposal) -> bool:
    """Whether it waits for its day with the agreement of a second one, in an installation that wants two."""
    return row.state == ProposalState.PLANNED and row.decided_by is not None and second_needed(work)


def _tell_draft(work: UnitOfWork, row: VersionProposal, version: int) -> None:
    draft = work.session.get(ModelDraft, row.draft) if row.draft else None
    if draft is not None:
        draft.based_on = version
        if newest_revision(work.session, draft.name).id == row.revision:
            draft.deployed_at = work.now


def _seen(work: UnitOfWork, process: str, proposal: str) -> VersionProposal:
    """The proposal that somebody looked at. Raises NotFound, and NotNow when it is another one by now."""
    only_staff(work.actor, (StaffRole.ADMIN,), system=False)
    row = _locked(work, process)
    if row is None:
        raise NotFound("Er wacht geen nieuwe versie van dit zaaktype (meer). Misschien was een collega u voor.")
    if row.id != proposal:
        raise NotNow("Er staat nu een ander voorstel dan op uw pagina. Open de pagina opnieuw en bekijk het eerst.")
    return row


def _only_second(work: UnitOfWork, row: VersionProposal) -> None:
    if row.state != ProposalState.WAITING:
        raise NotNow("Dit voorstel wacht niet op akkoord.")
    if row.proposed_by == work.actor.subject:
        raise NotAllowed("U stelde deze versie zelf voor. Een andere beheerder moet akkoord geven.")


def _locked(work: UnitOfWork, process: str) -> VersionProposal | None:
    return work.session.scalar(select(VersionProposal).where(VersionProposal.process == process).with_for_update())


def _check(plan: Plan, today: date) -> None:
    wrong = {}
    if plan.starts_on is not None and plan.starts_on < today:
        wrong["starts_on"] = "Kies vandaag of een latere dag."
    elif plan.starts_on is not None and plan.starts_on.year > today.year + LAST_YEAR:
        wrong["starts_on"] = f"Kies een dag binnen {LAST_YEAR} jaar."
    if len(plan.reason) > LONGEST_REASON:
        wrong["reason"] = f"Maak dit korter: hoogstens {LONGEST_REASON} tekens."
    if wrong:
        raise Invalid(wrong)
