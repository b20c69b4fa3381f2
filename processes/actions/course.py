"""The course of a case: a button of the drawing, withdrawal, another handler, the remark for departments, a retry."""

from dataclasses import dataclass

from sqlalchemy import select

from engine import NobodyListens, Refresh, Send, Withdrawal
from engine.words import Side
from processes.access.barred import is_barred
from processes.access.guards import only_staff, own_case, own_party
from processes.access.withdrawal import filed_alone, withdrawal_too_late
from processes.base.actor import ActorKind, StaffRole
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.effects.children import stop
from processes.effects.endings import case_ended
from processes.effects.requests import open_request
from processes.effects.statuses import set_status
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork
from processes.post.notices import send_notices
from processes.post.receipts import mail_citizen_receipt
from processes.storage.root_instance import root_of
from processes.storage.tables import Case, Instance, NoteRow, Party, StaffRow
from processes.storage.words import InstancePhase, NoteKind


@dataclass(frozen=True, slots=True)
class PressButton:
    """A button that the drawing offers (`case:onDemand`): on the case, or with `instance` on a called process."""

    case: str
    button: str
    instance: int | None = None


def press_button(work: UnitOfWork, action: PressButton) -> str:
    """Start the process or send the message that the button names. Raises NotNow when nothing waits for it."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    instance = _instance(work, case, action.instance)
    button = work.deployed(instance.model_version_id).model.on_demand.get(action.button)
    if button is None or button.when != case.state:
        raise NotNow("Deze knop hoort niet bij deze zaak of kan nu niet.")
    run = CaseExecution.of(work, case)
    work.audit(case.id, "press", button=button.code)
    if button.message:
        if instance.phase == InstancePhase.FINISHED:
            raise NotNow(f"'{button.label}' kan niet meer: dit is intussen klaar.")
        run.ask(instance, Send(button.message))
    elif button.process:
        started = run.begin(work.services.models.current(work.session, button.process))
        if button.request:
            open_request(run, started, button.request, run.facts(instance))
        run.launch(started)
    try:
        run.settle()
    except NobodyListens as cause:
        raise NotNow(f"'{button.label}' kan nu niet: op dit punt van de zaak wacht niets daarop.") from cause
    return case.number


def _instance(work: UnitOfWork, case: Case, instance_id: int | None) -> Instance:
    if instance_id is None:
        return root_of(work.session, case.id)
    instance = work.session.get(Instance, instance_id)
    if instance is None or instance.case_id != case.id:
        raise NotFound("Dit proces hoort niet bij de zaak.")
    return instance


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The citizen withdraws (Awb 6:21), or a worker records it with the reason."""

    case: str
    reason: str = ""


def withdraw(work: UnitOfWork, action: Withdraw) -> str:
    """End the case with the result and the notice that the drawing names. Raises NotNow when it is too late."""
    case = work.lock_case(action.case, running=True)
    setting = _withdrawal(work, case)
    party = _withdrawing_party(work, case)
    run, root = CaseExecution.of(work, case), root_of(work.session, case.id)
    if withdrawal_too_late(work.session, root, setting):
        raise NotNow("Intrekken kan niet meer: de beslissing is al genomen.")
    reason = action.reason.strip() or "De indiener heeft de zaak ingetrokken."
    work.session.add(NoteRow(case_id=case.id, kind=NoteKind.MESSAGE if party else NoteKind.NOTE, author=work.actor.name, text=reason,
                             at=work.now, party_id=party.id if party else None))  # fmt: skip
    if party:
        mail_citizen_receipt(work, case, party, "u trekt de zaak in", "withdraw")
    work.audit(case.id, "withdraw", party=party.id if party else None)
    _stop_all(run)
    run.settle()
    case.alarm = None
    case.result = setting.result
    if setting.status:
        set_status(run, root, setting.status, "withdrawal")
    if setting.mail:
        send_notices(run, root, "withdrawal", setting.mail, "parties", "correspondence")
    case_ended(run)
    return case.number


def _withdrawing_party(work: UnitOfWork, case: Case) -> Party | None:
    """The citizen who withdraws; None for staff. A third party, or one of several, cannot end it for the others."""
    if work.actor.kind != ActorKind.CITIZEN:
        only_staff(work.actor)
        return None
    if not filed_alone(work.session, case.id, work.deployed(case.model_version_id).model, own_case(work, case)):
        raise NotAllowed("U kunt deze zaak niet alleen intrekken. Stuur een bericht of bel de behandelaar.")
    return own_party(work, case)


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


@dataclass(frozen=True, slots=True)
class AssignHandler:
    case: str
    handler: str


def assign_handler(work: UnitOfWork, action: AssignHandler) -> str:
    """Hand the case to somebody who has signed in before. Raises Invalid for an unknown name, and for who it is about."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    person = work.session.get(StaffRow, action.handler)
    if person is None or person.blocked_at is not None:
        raise Invalid({"handler": "Kies iemand uit de lijst."})
    if is_barred(work.session, case.id, action.handler):
        raise Invalid({"handler": "Deze collega is zelf bij de zaak betrokken. Kies iemand anders (Awb 9:7)."})
    case.handler = action.handler
    work.audit(case.id, "assign", handler=work.services.secrets.digest(action.handler)[:16])
    return case.number


@dataclass(frozen=True, slots=True)
class ChangeRemark:
    """Opmerkingen: the text that departments read above the dossier (O14)."""

    case: str
    text: str


def change_remark(work: UnitOfWork, action: ChangeRemark) -> str:
    only_staff(work.actor)
    case = work.lock_case(action.case)
    case.department_remark = action.text.strip() or None
    work.audit(case.id, "remark")
    return case.number


@dataclass(frozen=True, slots=True)
class RetryCase:
    """An administrator lets a parked case try again."""

    case: str


def retry_case(work: UnitOfWork, action: RetryCase) -> str:
    only_staff(work.actor, (StaffRole.ADMIN,))
    case = work.lock_case(action.case)
    case.alarm = None
    living = select(Instance).where(
        Instance.case_id == case.id, Instance.phase.in_((InstancePhase.STUCK, InstancePhase.RUNNING))
    )
    run = CaseExecution.of(work, case)
    for instance in work.session.scalars(living.order_by(Instance.id)).all():
        instance.phase, instance.error = InstancePhase.RUNNING, None
        run.ask(instance, Refresh())
    run.settle()
    work.audit(case.id, "retry")
    return case.number
