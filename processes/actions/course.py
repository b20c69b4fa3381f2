"""The course of a case: a button of the drawing, another handler, the remark for departments, a retry."""

from dataclasses import dataclass

from sqlalchemy import select

from engine import NobodyListens, Refresh, Send
from processes.access.barred import is_barred
from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotFound, NotNow
from processes.effects.requests import open_request
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.root_instance import root_of
from processes.storage.tables import Case, Instance, StaffRow
from processes.storage.words import InstancePhase


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
