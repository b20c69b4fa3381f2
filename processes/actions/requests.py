"""A worker asks departments for documents, reminds them, changes the term of a request, or stops one. Links: `processes.actions.dossier_links`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine import DocumentRequest, OnDemand
from processes.access.guards import only_staff, reason_wrong
from processes.actions.course import ask_departments, send_by_button
from processes.base.dutch import date_in_words, enumeration
from processes.base.errors import Invalid, NotFound, NotNow
from processes.effects.stopping import note_stopped, stop_text, tell_stopped
from processes.execution.case_execution import CaseExecution
from processes.execution.requested import came_from, requested
from processes.execution.unit_of_work import UnitOfWork
from processes.post.reminding import asked_lately, mail_reminder, why_no_reminder
from processes.storage.departments import in_use
from processes.storage.root_instance import root_of
from processes.storage.tables import Case, DepartmentRow, DocumentRequestRow, Dossier, Instance
from processes.storage.words import InstancePhase

UNKNOWN = "Dit verzoek bestaat niet."


@dataclass(frozen=True, slots=True)
class AskDepartments:
    """Ask these departments (codes) for the documents of a button of the drawing, each for its own decisions (P11).

    `again`: also those that are asked already and did not answer yet. What came of a department before is not asked of it again, but for
    `also`: code of a department and type of document.
    """

    case: str
    button: str
    departments: tuple[str, ...]
    again: bool = False
    also: tuple[tuple[str, str], ...] = ()


def ask_for_documents(work: UnitOfWork, action: AskDepartments) -> str:
    """The answer is the case number. Raises Invalid without a department, or for one that is asked already; NotNow for a button
    that does not ask documents now.
    """
    only_staff(work.actor)
    case = work.lock_case(action.case)
    model = work.deployed(root_of(work.session, case.id).model_version_id).model
    button = model.on_demand.get(action.button)
    if button is None or button.when != case.state or button.request is None:
        raise NotNow("Deze knop hoort niet bij deze zaak of kan nu niet.")
    known = select(DepartmentRow).where(DepartmentRow.code.in_(action.departments), in_use())
    chosen = work.session.scalars(known.order_by(DepartmentRow.name)).all()
    if not chosen or len(chosen) != len(set(action.departments)):
        raise Invalid({"departments": "Kruis minstens één afdeling aan."})
    if not action.again:
        _none_twice(work, case, [one.code for one in chosen])
    without = {one.code: _came_before(work, case, button.request, one, action) for one in chosen}
    work.audit(case.id, "press", button=button.code)
    run = CaseExecution.of(work, case)
    ask_departments(run, button, chosen, without)
    run.settle()
    return case.number


def _came_before(
    work: UnitOfWork, case: Case, asked: DocumentRequest, department: DepartmentRow, action: AskDepartments
) -> set[str]:
    """The types that this department sent before. Raises Invalid when nothing is left to ask of it."""
    again = {kind for code, kind in action.also if code == department.code}
    came = set(came_from(work.session, case.id, department.code)) - again
    if all(one.type in came for one in asked.documents):
        raise Invalid(
            {
                "departments": f"Van {department.name} is alles er al. Kruis aan wat u opnieuw vraagt, of kies {department.name} niet."
            }
        )
    return came


def _none_twice(work: UnitOfWork, case: Case, codes: list[str]) -> None:
    running = (
        select(DepartmentRow.name)
        .join(Dossier, Dossier.department == DepartmentRow.code)
        .join(DocumentRequestRow, DocumentRequestRow.dossier_id == Dossier.id)
        .join(Instance, Instance.id == DocumentRequestRow.instance_id)
        .where(Dossier.case_id == case.id, DepartmentRow.code.in_(codes), Instance.phase != InstancePhase.FINISHED)
    )
    names = sorted(set(work.session.scalars(running)))
    if names:
        what = f"Bij {enumeration(names)} loopt al een verzoek. Zet het kruisje daar uit, of kruis aan dat u toch nog een keer vraagt."
        raise Invalid({"departments": what})


@dataclass(frozen=True, slots=True)
class StopRequest:
    """Go on without these documents. The department reads the reason, on its page and in a mail (P13)."""

    request: int
    reason: str


def stop_request(work: UnitOfWork, action: StopRequest) -> str:
    """The answer is the case number. Raises Invalid without a reason, NotNow for a request that has ended or that its drawing
    cannot stop at this point.
    """
    only_staff(work.actor)
    row, case, instance = _locked(work, action.request)
    if instance.phase != InstancePhase.RUNNING:
        raise NotNow("Dit verzoek is al klaar; het hoeft niet meer te stoppen.")
    if wrong := reason_wrong(action.reason, "Schrijf waarom de stukken niet meer nodig zijn. De afdeling leest dit."):
        raise Invalid(wrong)
    deployed = work.deployed(instance.model_version_id)
    button = stop_button(tuple(deployed.model.on_demand.values()))
    if button is None:
        raise NotNow("Dit verzoek heeft in de tekening geen knop om te stoppen. Vraag het de beheerder.")
    run = CaseExecution.of(work, case)
    note_stopped(run, row, action.reason.strip())
    work.audit(case.id, "press", button=button.code)
    send_by_button(run, instance, button)
    if stop_text(deployed) is None:
        tell_stopped(run, row, instance)
    return case.number


def stop_button(offered: tuple[OnDemand, ...]) -> OnDemand | None:
    """The button of a request's drawing that sends a message: by it the request ends without documents."""
    return next((one for one in offered if one.message), None)


@dataclass(frozen=True, slots=True)
class ChangeTerm:
    """More time, or less: the waiting reminders move along."""

    request: int
    due: date


def change_term(work: UnitOfWork, action: ChangeTerm) -> str:
    """The answer is the case number. Raises Invalid for a date in the past, NotNow for a request that has ended."""
    only_staff(work.actor)
    request, case, instance = _locked(work, action.request)
    if instance.phase != InstancePhase.RUNNING:
        raise NotNow("Dit verzoek is al klaar; de termijn kan niet meer veranderen.")
    if action.due < work.today:
        raise Invalid({"due": "Kies een datum vanaf vandaag."})
    work.audit(case.id, "term", request=request.id, was=request.due.isoformat(), now=action.due.isoformat())
    request.due = action.due
    run = CaseExecution.of(work, case)
    run.facts_changed = True
    run.settle()
    return case.number


@dataclass(frozen=True, slots=True)
class RemindDepartment:
    """Mail the department once more what it still has to send, beside the reminders of the drawing."""

    request: int


def remind_department(work: UnitOfWork, action: RemindDepartment) -> str:
    """The answer is the case number. Raises NotNow for a request that waits for no department, or of which it was mailed within a day."""
    only_staff(work.actor)
    request, case, instance = _locked(work, action.request)
    work.session.refresh(request)
    dossier = work.session.get_one(Dossier, request.dossier_id, populate_existing=True)
    missing = bool(requested(work.session, request).missing)
    lately = asked_lately(work.session, work.services.models, case.id, work.now)
    if wrong := why_no_reminder(request, instance, dossier, missing=missing, lately=lately):
        raise NotNow(wrong)
    name = mail_reminder(work, case, request)
    work.own_note(case.id, f"{name} kreeg met de hand een herinnering: uiterlijk {date_in_words(request.due)}.")
    work.audit(case.id, "remind", request=request.id)
    return case.number


def _locked(work: UnitOfWork, request_id: int) -> tuple[DocumentRequestRow, Case, Instance]:
    request = work.session.get(DocumentRequestRow, request_id)
    if request is None:
        raise NotFound(UNKNOWN)
    case = work.lock_case_id(request.case_id)
    return request, case, work.session.get_one(Instance, request.instance_id, populate_existing=True)
