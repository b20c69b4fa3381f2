"""One hearing for the cases of a group: all on one time of a session's agenda, and the parties of each invited by the drawing of their case."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from processes.access.guards import only_staff
from processes.access.staff_scope import seen_cases
from processes.actions.agenda import PutOnAgenda, TellHearing, place_on_agenda, tell_hearing
from processes.actions.group_steps import end_step, enqueue_step, steps_for
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.execution.groups import members_now
from processes.execution.hearings import ends, heard_in_session, plans_of
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, CaseGroupMember, CaseGroupRow, CaseGroupStep, HearingSession, TaskRow
from processes.storage.words import CaseState, GroupStepState, HearingSessionState, TaskState

LEFT = "Deze zaak staat niet meer in de groep."


@dataclass(frozen=True, slots=True)
class PlanGroupHearing:
    """`tasks`: the open tasks that plan the hearing of cases of the group, `session` the session that hears them."""

    group: int
    session: int
    tasks: tuple[str, ...]


def plan_group_hearing(work: UnitOfWork, action: PlanGroupHearing) -> str:
    """Note for after the commit that each of these cases is planned. The answer is the id of the group. Raises NotFound, and Invalid
    without a session or a case that can be planned.
    """
    only_staff(work.actor, system=False)
    wrong = {}
    row = work.session.get(HearingSession, action.session)
    if row is None or row.state != HearingSessionState.PLANNED:
        wrong["session"] = "Kies een zitting die nog komt."
    if not action.tasks:
        wrong["tasks"] = "Kies minstens één zaak."
    if wrong:
        raise Invalid(wrong)
    group = work.session.get(CaseGroupRow, action.group)
    tasks = planning_tasks(work, action.group, action.tasks)
    if group is None or len(tasks) < len(set(action.tasks)):
        raise Invalid({"tasks": "Een van deze zaken wacht niet meer op een zitting. Laad de pagina opnieuw."})
    for step in steps_for(work, group, tasks, None, action.session):
        work.audit(step.case_id, "group_hearing", group=group.id, session=action.session)
        enqueue_step(work, step)
    return str(group.id)


def planning_tasks(work: UnitOfWork, group: int, wanted: Sequence[str]) -> list[TaskRow]:
    """Those of these tasks that a session may plan now, of cases of the group that who acts may see."""
    mine = (
        TaskRow.id.in_(wanted), TaskRow.state == TaskState.OPEN, Case.state == CaseState.RUNNING, Case.id.in_(members_now(group)),
        seen_cases(work.actor),
    )  # fmt: skip
    found = work.session.execute(select(TaskRow, Case).join(Case, Case.id == TaskRow.case_id).where(*mine)).all()
    rows = [(task, case) for task, case in found if task.element in plans_of(work.deployed(case.model_version_id))]
    return [task for task, _ in heard_in_session(work.session, work.services.models, rows, work.now)]


@dataclass(frozen=True, slots=True)
class PlanMember:
    """The hearing of one case of the group, by its task that plans it."""

    task: str


def plan_member(work: UnitOfWork, action: PlanMember) -> str:
    """The answer is the case number. Raises what `put_on_agenda` and `tell_hearing` raise, and NotNow for a case that left the group."""
    only_staff(work.actor)
    case = work.lock_case_of(action.task)
    step = work.session.scalar(select(CaseGroupStep).where(CaseGroupStep.task == action.task))
    if step is None or step.session_id is None:
        raise NotFound
    if step.state == GroupStepState.DONE:
        raise AlreadyDone("Deze zaak is al gepland.")
    if work.session.scalar(members_now(step.group_id).where(CaseGroupMember.case_id == case.id)) is None:
        raise NotNow(LEFT)
    item = place_on_agenda(work, PutOnAgenda(step.session_id, case.number), block=step.group_id)
    row = work.session.get_one(HearingSession, step.session_id)
    if ends(item) > row.ends_at:
        raise NotNow("In deze zitting is geen tijd meer vrij. Kies een andere zitting.")
    tell_hearing(work, TellHearing(item.id))
    end_step(work, step)
    return case.number
