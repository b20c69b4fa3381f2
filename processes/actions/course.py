"""The course of a case: a button of the drawing, another handler, the remark for departments, a retry."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import select

from engine import NobodyListens, OnDemand, Refresh, Send
from processes.access.guards import LONGEST_REASON, only_staff, reason_wrong
from processes.access.leading import leads_only
from processes.access.staff_scope import CANNOT_HANDLE
from processes.actions.led import lock_led
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotFound, NotNow
from processes.base.marks import MEANWHILE, NOTHING_SHOWN, mark_of
from processes.effects.requests import departments_asked, open_request
from processes.effects.stopping import note_stopped, request_of, stop_text, tell_stopped
from processes.execution.case_execution import CaseExecution
from processes.execution.colleagues import tell_colleagues
from processes.execution.extending import extended_by, why_not_extend
from processes.execution.listed_columns import hand_over
from processes.execution.standing_aside import cannot_handle
from processes.execution.terms import deadline_of, variant_of
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.root_instance import root_of
from processes.storage.tables import Case, DepartmentRow, Instance, StaffRow
from processes.storage.words import InstancePhase, NewsKind

NOTHING: Final[Mapping[str, Collection[str]]] = MappingProxyType({})
STANDS_STILL = "Deze zaak staat nog steeds stil."


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
        _may_extend(run, instance, button)
        send_by_button(run, instance, button)
        _request_ended(run, instance)
    elif button.process and button.request:
        ask_departments(run, button, departments_asked(run, button.request, run.facts(instance)))
    elif button.process:
        run.launch(run.begin(work.services.models.current(work.session, button.process)))
    run.settle()
    return case.number


def _may_extend(run: CaseExecution, instance: Instance, button: OnDemand) -> None:
    """Raises NotNow with the reason of the law for a button that would extend a term once too often, or too late."""
    deployed = run.work.deployed(instance.model_version_id)
    row = run.data.deadlines().get(extended_by(deployed, str(button.message)) or "")
    if row is None:
        return
    setting, facts = run.root.model.deadlines[row.code], run.facts(run.root_instance())
    found = deadline_of(row, setting, variant_of(setting, facts, run.work.now), run.data.book())
    if reason := why_not_extend(found, run.work.today):
        raise NotNow(reason)


def _request_ended(run: CaseExecution, instance: Instance) -> None:
    """A button of a document request ended it: nothing is waited for any more."""
    row = request_of(run, instance)
    if row is None or instance.phase != InstancePhase.FINISHED or row.stopped_at is not None:
        return
    note_stopped(run, row, "")
    if stop_text(run.work.deployed(instance.model_version_id)) is None:
        tell_stopped(run, row, instance)


def send_by_button(run: CaseExecution, instance: Instance, button: OnDemand) -> None:
    """Send the message of a button, and let the case come to rest. Raises NotNow when nothing waits for it."""
    if instance.phase == InstancePhase.FINISHED:
        raise NotNow(f"'{button.label}' kan niet meer: dit is intussen klaar.")
    run.ask(instance, Send(str(button.message)))
    try:
        run.settle()
    except NobodyListens as cause:
        raise NotNow(f"'{button.label}' kan nu niet: op dit punt van de zaak wacht niets daarop.") from cause


def ask_departments(
    run: CaseExecution,
    button: OnDemand,
    departments: Sequence[DepartmentRow],
    without: Mapping[str, Collection[str]] = NOTHING,
) -> None:
    """Start what a button asks of departments, for each of them. `without`: by code of a department the types that are not asked of it."""
    deployed = run.work.services.models.current(run.work.session, str(button.process))
    for department in departments:
        started = run.begin(deployed)
        if button.request:
            open_request(run, started, button.request, department, without.get(department.code, ()))
        run.launch(started)


def _instance(work: UnitOfWork, case: Case, instance_id: int | None) -> Instance:
    if instance_id is None:
        return root_of(work.session, case.id)
    instance = work.session.get(Instance, instance_id)
    if instance is None or instance.case_id != case.id:
        raise NotFound("Dit proces hoort niet bij de zaak.")
    return instance


@dataclass(frozen=True, slots=True)
class AssignHandler:
    """`note`: what the new handler should know; it stands on the timeline of staff."""

    case: str
    handler: str
    note: str = ""


def assign_handler(work: UnitOfWork, action: AssignHandler) -> str:
    """Hand the case to somebody who has signed in before. Raises Invalid for an unknown name, and for who it is about; for the head of a team as
    `lock_led`, since the note is then the reason.
    """
    leads = leads_only(work.actor)
    if leads:
        case = lock_led(work, action.case, action.note, "handover", action.handler)
    else:
        only_staff(work.actor)
        case = work.lock_case(action.case)
    person = work.session.get(StaffRow, action.handler)
    if person is None or person.blocked_at is not None:
        raise Invalid({"handler": "Kies iemand uit de lijst."})
    if why_not := cannot_handle(work, case, person):
        raise Invalid({"handler": CANNOT_HANDLE if leads else why_not})
    if len(action.note) > LONGEST_REASON:
        raise Invalid({"handover": f"Maak dit korter: hoogstens {LONGEST_REASON} tekens."})
    if action.note.strip() and case.handler == action.handler:
        raise Invalid(
            {"handler": "Deze collega behandelt de zaak al. Schrijf een notitie op de tijdlijn, met @ en de naam."}
        )
    before = case.handler
    hand_over(work.session, case, action.handler)
    if before != action.handler:
        own = action.handler == work.actor.subject
        what = f"{person.name} behandelt de zaak nu." if own else f"De zaak is overgedragen aan {person.name}."
        note = work.own_note(case.id, f"{what}\n{action.note.strip()}".strip())
        work.session.flush()
        tell_colleagues(work, case, dict.fromkeys({before or action.handler, action.handler}, NewsKind.HANDOVER), note)
    work.audit(case.id, "assign", handler=work.services.secrets.digest(action.handler)[:16])
    return case.number


@dataclass(frozen=True, slots=True)
class ReturnToTeam:
    """Nobody handles the case any more, and everybody of the team may take it. `reason`: what the next one should know."""

    case: str
    reason: str


def return_to_team(work: UnitOfWork, action: ReturnToTeam) -> str:
    """Raises Invalid without a reason, and NotNow when nobody handles the case; for the head of a team as `lock_led`."""
    if leads_only(work.actor):
        case = lock_led(work, action.case, action.reason, "reason")
    else:
        only_staff(work.actor)
        case = work.lock_case(action.case)
    if wrong := reason_wrong(action.reason, "Schrijf waarom de zaak teruggaat naar het team."):
        raise Invalid(wrong)
    before = case.handler
    if before is None:
        raise NotNow("Niemand behandelt deze zaak: zij is al van het team.")
    hand_over(work.session, case, None)
    note = work.own_note(case.id, f"De zaak is teruggegeven aan het team.\n{action.reason.strip()}")
    work.session.flush()
    tell_colleagues(work, case, {before: NewsKind.HANDOVER}, note)
    work.audit(case.id, "return_to_team")
    return case.number


@dataclass(frozen=True, slots=True)
class ChangeRemark:
    """Opmerkingen: the text that departments read above the dossier (O14). `seen` is the mark of the text that stood on the page."""

    case: str
    text: str
    seen: str = NOTHING_SHOWN


def change_remark(work: UnitOfWork, action: ChangeRemark) -> str:
    """The text of before stays on the timeline. Raises Invalid for one that is too long, for no change, and when somebody changed it since."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    before, text = case.department_remark or "", action.text.strip()
    if text == before:
        raise Invalid({"": "U heeft niets veranderd. Zo staat het er al."})
    if action.seen != mark_of(before):
        raise Invalid({"remark": MEANWHILE})
    if len(text) > LONGEST_REASON:
        raise Invalid({"remark": f"Maak dit korter: hoogstens {LONGEST_REASON} tekens."})
    case.department_remark = text or None
    told = f"Daarvoor stond er:\n{before}" if before else "Daarvoor stond er niets."
    work.own_note(case.id, f"Opmerkingen voor de afdelingen {'veranderd' if text else 'weggehaald'}. {told}")
    work.audit(case.id, "remark")
    return case.number


@dataclass(frozen=True, slots=True)
class RetryCase:
    """A parked case tries again: an administrator says so, or the clock. `only_if_solved`: nothing changes unless its alarm goes."""

    case: str
    only_if_solved: bool = False


def retry_case(work: UnitOfWork, action: RetryCase) -> str:
    only_staff(work.actor, (StaffRole.ADMIN,))
    case = work.lock_case(action.case)
    case.alarm = None
    living = select(Instance).where(
        Instance.case_id == case.id, Instance.phase.in_((InstancePhase.STUCK, InstancePhase.RUNNING))
    )
    run = CaseExecution.of(work, case)
    stood_still = work.session.scalars(living.order_by(Instance.id)).all()
    for instance in stood_still:
        instance.phase, instance.error = InstancePhase.RUNNING, None
        run.ask(instance, Refresh())
    run.settle()
    if action.only_if_solved and (case.alarm or any(one.phase == InstancePhase.STUCK for one in stood_still)):
        raise NotNow(STANDS_STILL)
    work.audit(case.id, "retry")
    return case.number
