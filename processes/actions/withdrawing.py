"""Withdrawal (Awb 6:21): by who filed the case, or recorded by a worker. Of several who filed, each withdraws for themselves; the case
ends when the last of them did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine import Withdrawal
from engine.words import Recipient, Side
from processes.access.guards import only_staff, own_case, own_party
from processes.access.withdrawal import filers_left, withdrawal_too_late
from processes.actions.answers import ReceiptDays, withdrawal_wrong
from processes.base.actor import ActorKind
from processes.base.errors import Invalid, NotAllowed, NotNow
from processes.effects.children import stop
from processes.effects.endings import case_ended
from processes.effects.statuses import set_status
from processes.effects.withdrawing import names_of, tell_withdrawn, withdraw_parties
from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import WITHDRAWN
from processes.execution.unit_of_work import UnitOfWork
from processes.post.notices import send_notices
from processes.post.receipts import mail_citizen_receipt
from processes.post.standard.received import What
from processes.post.telling import AskedNotice
from processes.storage.root_instance import root_of
from processes.storage.tables import Case, Instance, NoteRow, Party
from processes.storage.words import InstancePhase, NoteKind

FOR_WHOM = "Kies wie de zaak intrekt."


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The citizen withdraws (Awb 6:21), or a worker records it with the reason.

    `parties`: ids of those who withdraw. Without them it is everybody for whom the citizen acts; a worker says for whom when
    several filed the case. `received`: of one that staff enter, the days of the letter (None: it came in today).
    """

    case: str
    reason: str = ""
    parties: tuple[int, ...] = ()
    received: ReceiptDays | None = None


def withdraw(work: UnitOfWork, action: Withdraw) -> str:
    """Let these parties go, and when nobody is left who filed the case, end it with the result and the notice that the
    drawing names. Raises NotNow when it is too late, Invalid with the field `parties` or those of the days of receipt.
    """
    case = work.lock_case(action.case, running=True)
    setting = _withdrawal(work, case)
    filers = filers_left(work.session, case.id, work.deployed(case.model_version_id).model)
    leaving = _leaving(work, case, filers, action.parties)
    party = own_party(work, case) if work.actor.kind == ActorKind.CITIZEN else None
    received = _received(work, case, action.received)
    run, root = CaseExecution.of(work, case), root_of(work.session, case.id)
    if withdrawal_too_late(work.session, root, setting):
        raise NotNow("Intrekken kan niet meer: de beslissing is al genomen.")
    reason = action.reason.strip() or f"{names_of(leaving)} trekt de zaak in."
    work.session.add(NoteRow(case_id=case.id, kind=NoteKind.MESSAGE if party else NoteKind.NOTE, author=work.actor.signed, text=reason,
                             at=work.now, party_id=party.id if party else None))  # fmt: skip
    if party:
        whose = " ".join(str(one.id) for one in leaving)  # who acts for several may withdraw for one after the other
        mail_citizen_receipt(work, case, party, What.WITHDRAWAL, f"withdraw:{whose}")
    work.audit(case.id, "withdraw", party=party.id if party else None, of=" ".join(str(one.id) for one in leaving))
    run.withdrawn_on = received.received_on
    _keep_days(work, leaving, received)
    if len(leaving) < len(filers):
        withdraw_parties(run, leaving, dict.fromkeys([one.id for one in leaving], received.received_on))
        run.settle()
        tell_withdrawn(run, leaving)
    else:
        _end(run, root, setting, leaving, received.received_on)
    return case.number


def _received(work: UnitOfWork, case: Case, given: ReceiptDays | None) -> ReceiptDays:
    """The days of a withdrawal on paper; one by a citizen came in today."""
    found = given if given and work.actor.kind == ActorKind.STAFF else ReceiptDays(work.today)
    if wrong := withdrawal_wrong(case, found, work.today):
        raise Invalid(wrong)
    return found


def _keep_days(work: UnitOfWork, leaving: Sequence[Party], received: ReceiptDays) -> None:
    if work.actor.kind == ActorKind.STAFF:
        for party in leaving:
            party.withdrawal_entered_on, party.withdrawal_postmarked_on = work.today, received.postmarked_on


def _end(run: CaseExecution, root: Instance, setting: Withdrawal, leaving: Sequence[Party], day: date) -> None:
    before = _withdrew_before(run)
    run.ended_by = {WITHDRAWN: [*before, *(party.id for party in leaving)]}
    run.ended_on = max([day, *before.values()])  # the last of them ends it
    _stop_all(run)
    run.settle()
    run.case.alarm = None
    run.case.result = setting.result
    if setting.status:
        set_status(run, root, setting.status, "withdrawal")
    if setting.mail:
        send_notices(run, root, AskedNotice("withdrawal", setting.mail, "correspondence", Recipient.PARTIES))
    for party in leaving:  # after the notice, which they still get
        party.withdrawn_on = day
    case_ended(run)


def _withdrew_before(run: CaseExecution) -> dict[int, date]:
    """The days on which others who filed the case withdrew, by their ids."""
    filed = (Party.case_id == run.case.id, Party.filing, Party.withdrawn_on.is_not(None))
    found = run.work.session.execute(select(Party.id, Party.withdrawn_on).where(*filed).order_by(Party.id))
    return {party: day for party, day in found if day is not None}


def _leaving(work: UnitOfWork, case: Case, filers: Sequence[Party], chosen: Sequence[int]) -> list[Party]:
    """Those who withdraw, of those who filed the case and still take part. A third party cannot end it for the others."""
    if work.actor.kind == ActorKind.CITIZEN:
        viewpoints = own_case(work, case)
        mine = [party for party in filers if party.id in viewpoints]
        if not mine:
            raise NotAllowed("U kunt deze zaak niet intrekken. Stuur een bericht of bel de behandelaar.")
    else:
        only_staff(work.actor)
        mine = list(filers)
        if len(mine) > 1 and not chosen:
            raise Invalid({"parties": FOR_WHOM})
    if not set(chosen) <= {party.id for party in mine}:
        raise Invalid({"parties": FOR_WHOM})
    return [party for party in mine if not chosen or party.id in chosen]


def _withdrawal(work: UnitOfWork, case: Case) -> Withdrawal:
    setting = work.deployed(case.model_version_id).model.withdrawal
    side = Side.CITIZEN if work.actor.kind == ActorKind.CITIZEN else Side.WORKER
    if setting is None or side not in setting.by:
        raise NotNow("Deze zaak kan niet zo worden ingetrokken. Neem contact op met de gemeente.")
    return setting


def _stop_all(run: CaseExecution) -> None:
    living = select(Instance).where(
        Instance.case_id == run.case.id, Instance.phase.in_((InstancePhase.RUNNING, InstancePhase.STUCK))
    )
    for instance in run.work.session.scalars(living.order_by(Instance.id)).all():
        stop(run, instance)
