"""A department answers a request with something else than documents: not ours, pass on, more time (P4, P5); a worker decides."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from processes.access.dossier_link import open_dossier, tasks_of
from processes.access.guards import LONGEST_REASON, only_staff
from processes.base.dutch import date_in_words
from processes.base.errors import AlreadyDone, Invalid, LinkGone, NotFound, NotNow
from processes.effects.passing_on import pass_on
from processes.execution.case_execution import CaseExecution
from processes.execution.listed_columns import keep_waiting
from processes.execution.unit_of_work import UnitOfWork
from processes.post.reply_mail import mail_decision
from processes.storage.departments import standing_for
from processes.storage.tables import DepartmentRow, DocumentRequestRow, Dossier, Instance, RequestReply
from processes.storage.words import InstancePhase, ReplyKind

LONGEST_NAME: Final = 200  # what the column holds
ASKED: Final = {
    ReplyKind.NOT_OURS: "{name} schrijft dat het verzoek om stukken niet voor deze afdeling is.",
    ReplyKind.FORWARD: "{name} schrijft dat het verzoek om stukken voor een andere afdeling is.",
    ReplyKind.MORE_TIME: "{name} vraagt meer tijd voor het verzoek om stukken.",
}


@dataclass(frozen=True, slots=True)
class ReplyToRequest:
    """`task` is the task of the request that waits. `department`: the code of the one that it is for, with FORWARD; `until`: the day
    that is asked for, with MORE_TIME; `by`: the name of who writes.
    """

    token: str
    task: str
    kind: ReplyKind
    remark: str
    by: str
    department: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DecideReply:
    """A worker's decision. Granted: the request goes to `department`, or gets the term `due`; `note` is read by the department."""

    reply: int
    granted: bool | None
    note: str = ""
    department: str = ""
    due: date | None = None


def reply_to_request(work: UnitOfWork, action: ReplyToRequest) -> str:
    """The answer is the id of the reply. Raises LinkGone, AlreadyDone for a request that was closed, Invalid, and NotNow while an
    earlier reply of this kind waits.
    """
    dossier = open_dossier(work.session, work.services, action.token, work.today)
    case = work.lock_case_id(dossier.case_id)
    request = _asked(work, dossier, action.task)
    _refuse_unclear(work, dossier, request, action)
    _refuse_twice(work, request, action)
    reply = RequestReply(
        case_id=case.id, request_id=request.id, dossier_id=dossier.id, kind=action.kind, remark=action.remark.strip(),
        replied_by=action.by.strip(), department=action.department or None, until=action.until, sent_at=work.now, note="",
    )  # fmt: skip
    work.session.add(reply)
    keep_waiting(work.session, request.id)
    name = work.session.get_one(DepartmentRow, dossier.department).name
    work.system_note(case.id, f"{ASKED[action.kind].format(name=name)} Bij Verzoeken beslist u daarover.")
    work.audit(case.id, "reply_to_request", reply=reply.id, kind=action.kind)
    return str(reply.id)


def _asked(work: UnitOfWork, dossier: Dossier, task_id: str) -> DocumentRequestRow:
    if dossier.department is None:
        raise LinkGone
    task = next((one for one in work.session.scalars(tasks_of(work.session, dossier)) if one.id == task_id), None)
    if task is None:
        raise AlreadyDone("Dit verzoek wacht niet meer op een antwoord van u. Kijk in het dossier wat de stand is.")
    asked = select(DocumentRequestRow).where(DocumentRequestRow.instance_id == task.instance_id)
    request = work.session.scalar(asked)
    if request is None:
        raise LinkGone
    return request


def _refuse_unclear(work: UnitOfWork, dossier: Dossier, request: DocumentRequestRow, action: ReplyToRequest) -> None:
    wrong = {}
    if not action.by.strip():
        wrong["naam"] = "Vul uw naam in."
    elif len(action.by) > LONGEST_NAME:
        wrong["naam"] = f"Maak de naam korter: hoogstens {LONGEST_NAME} tekens."
    if not action.remark.strip():
        wrong["uitleg"] = "Schrijf erbij waarom. De behandelaar leest dit."
    elif len(action.remark) > LONGEST_REASON:
        wrong["uitleg"] = f"Maak de uitleg korter: hoogstens {LONGEST_REASON} tekens."
    if action.kind == ReplyKind.MORE_TIME and (action.until is None or action.until <= max(request.due, work.today)):
        day = date_in_words(max(request.due, work.today))
        wrong["tot"] = f"Kies een dag na {day}."
    if action.kind == ReplyKind.FORWARD and (
        action.department == dossier.department or not _can_be_asked(work, action.department)
    ):
        wrong["afdeling"] = "Kies een andere afdeling uit de lijst."
    if wrong:
        raise Invalid(wrong)


def _can_be_asked(work: UnitOfWork, code: str) -> bool:
    row = work.session.get(DepartmentRow, code) if code else None
    return row is not None and row.ended_on is None


def _refuse_twice(work: UnitOfWork, request: DocumentRequestRow, action: ReplyToRequest) -> None:
    waits = select(RequestReply.id).where(RequestReply.request_id == request.id, RequestReply.granted.is_(None))
    alike = [action.kind] if action.kind == ReplyKind.MORE_TIME else [ReplyKind.NOT_OURS, ReplyKind.FORWARD]
    if work.session.scalar(waits.where(RequestReply.kind.in_(alike)).limit(1)) is not None:
        raise NotNow("U schreef dit al. De behandelaar beslist er nog over; u krijgt daar een mail van.")


def decide_reply(work: UnitOfWork, action: DecideReply) -> str:
    """The answer is the case number. Raises NotNow for what was decided already or a request that ended, and Invalid."""
    only_staff(work.actor)
    reply = work.session.get(RequestReply, action.reply)
    if reply is None:
        raise NotFound("Dit antwoord van een afdeling bestaat niet.")
    case = work.lock_case_id(reply.case_id)
    work.session.refresh(reply)
    request = work.session.get_one(DocumentRequestRow, reply.request_id)
    instance = work.session.get_one(Instance, request.instance_id)
    if reply.granted is not None:
        raise NotNow("Hierover is al beslist.")
    if instance.phase != InstancePhase.RUNNING:
        raise NotNow("Dit verzoek is al klaar. U hoeft niets meer te beslissen.")
    _refuse_half_decided(work, reply, action)
    run = CaseExecution.of(work, case)
    reply.granted, reply.note = action.granted, action.note.strip()
    reply.decided_at, reply.decided_by = work.now, work.actor.subject
    if action.granted:  # the mail to the next department is about the decisions of this one
        _carry_out(run, reply, request, instance, action)
    keep_waiting(work.session, request.id)
    mail_decision(work, case, reply)
    work.audit(case.id, "decide_reply", reply=reply.id, granted=str(action.granted))
    run.settle()
    return case.number


def _refuse_half_decided(work: UnitOfWork, reply: RequestReply, action: DecideReply) -> None:
    wrong, at = {}, f"-{reply.id}"
    if action.granted is None:
        wrong[f"besluit{at}"] = "Kies ja of nee."
    elif not action.granted and not action.note.strip():
        wrong[f"bericht{at}"] = "Schrijf waarom niet. De afdeling leest dit."
    if len(action.note) > LONGEST_REASON:
        wrong[f"bericht{at}"] = f"Maak het bericht korter: hoogstens {LONGEST_REASON} tekens."
    if action.granted and (action.due is None or action.due < work.today):
        wrong[f"termijn{at}"] = "Kies een datum vanaf vandaag."
    if action.granted and reply.kind != ReplyKind.MORE_TIME:
        asked = work.session.get_one(Dossier, reply.dossier_id).department
        if not _can_be_asked(work, action.department) or action.department == asked:
            wrong[f"afdeling{at}"] = "Kies de afdeling die het verzoek krijgt."
    if wrong:
        raise Invalid(wrong)


def _carry_out(
    run: CaseExecution, reply: RequestReply, request: DocumentRequestRow, instance: Instance, action: DecideReply
) -> None:
    assert action.due is not None  # noqa: S101 - it was refused
    run.work.audit(run.case.id, "term", request=request.id, was=request.due.isoformat(), now=action.due.isoformat())
    request.due = reply.until = action.due
    run.facts_changed = True
    if reply.kind != ReplyKind.MORE_TIME:
        department = standing_for(run.work.session, action.department)
        assert department is not None  # noqa: S101 - it was refused
        reply.department = department.code
        pass_on(run, instance, request, department)
