"""The state at a moment of a rehearsal, and how it differs from what was expected."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from processes.access.visibility import documents_of, viewpoints_of
from processes.base.actor import ActorKind
from processes.base.clock import local_date
from processes.execution.penalties import reckon
from processes.execution.relations import related_to
from processes.rehearsal.played_case import PlayedCase
from processes.rehearsal.script_words import ScriptWords
from processes.storage.tables import Case, CaseRelation, DeadlineRow, DocumentRow, FiledRow, MailRow, NoticeRow, TaskRow
from processes.storage.words import CaseState, Relation, TaskState

NOT_OF_THE_DRAWING = ("news-", "receipt", "department-document", "department-reply", "deadline-warning")


def look(played: PlayedCase, expect: Mapping[str, Any]) -> dict[str, Any]:
    """The state now, by the words of EXPECTED; of dates, penalties and documents only what `expect` names.

    Mails are those since the last look.
    """
    asked = expect.get("sees") or {}
    readers = {name: played.actor(name).subject for name in asked if name != ActorKind.DEPARTMENT}
    with played.services.sessions() as session:
        case = session.get_one(Case, played.case_id)
        return {
            "status": case.status,
            "result": case.result,
            "finished": case.state == CaseState.CLOSED,
            "tasks": _tasks(session, case),
            "mails": _mails(session, played),
            "deadlines": _deadlines(session, case, expect.get("deadlines") or {}),
            "met": _met(session, case, expect.get("met") or {}),
            "penalties": _penalties(session, played, case, expect.get("penalties") or {}),
            "follows": _follows(session, case),
            "held": _held(session, case),
            "sees": {
                **{name: _sees(session, case, subject) for name, subject in readers.items()},
                **{name: _given_to_departments(session, case) for name in asked if name == ActorKind.DEPARTMENT},
            },
        }


def differences(seen: Mapping[str, Any], expect: Mapping[str, Any], words: Callable[[], ScriptWords]) -> Iterator[str]:
    """One Dutch sentence for each thing that is not as expected. `words` are asked for when there is such a thing."""
    for name, wanted in expect.items():
        found = seen[name]
        want = _sorted(wanted) if name in {"tasks", "mails", "sees", "held"} else wanted
        if found != want:
            yield from words().difference(name, found, want)


def _sorted(wanted: Any) -> Any:
    return {name: sorted(items) for name, items in wanted.items()} if isinstance(wanted, dict) else sorted(wanted)


def _sees(session: Session, case: Case, subject: str) -> list[str]:
    """The titles of the documents that a citizen finds on the page of the case; letters and what was filled in apart."""
    viewpoints = session.scalars(viewpoints_of(subject, case.id)).all()
    letters = select(NoticeRow.document_id).where(NoticeRow.case_id == case.id, NoticeRow.document_id.is_not(None))
    filed = select(FiledRow.document_id).where(FiledRow.case_id == case.id)
    found = documents_of(case, viewpoints).where(DocumentRow.id.not_in(letters), DocumentRow.id.not_in(filed))
    return sorted(row.title for row in session.scalars(found))


def _given_to_departments(session: Session, case: Case) -> list[str]:
    """The titles of the documents that some department may read behind its link."""
    rows = session.scalars(select(DocumentRow).where(DocumentRow.case_id == case.id))
    return sorted(row.title for row in rows if any(item.get("department") for item in row.to_departments))


def _tasks(session: Session, case: Case) -> list[str]:
    found = session.scalars(select(TaskRow.element).where(TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN))
    return sorted(found)


def _mails(session: Session, played: PlayedCase) -> list[str]:
    """Templates that the drawing sent since the last look: each mail to a department, and each notice once for all parties."""
    mails = select(MailRow.id, MailRow.template).where(
        MailRow.case_id == played.case_id,
        MailRow.id > played.last_mail,
        MailRow.template.not_in(_noticed(played)),
        MailRow.held.is_(None),
    )
    fresh = or_(NoticeRow.id > played.last_notice, NoticeRow.id.in_(played.held))
    notices = select(NoticeRow).where(NoticeRow.case_id == played.case_id, fresh)
    sent, made = session.execute(mails).all(), session.scalars(notices).all()
    told = [row for row in made if row.held is None]
    played.last_mail = max((row.id for row in sent), default=played.last_mail)
    played.last_notice = max((played.last_notice, *(row.id for row in made)))
    played.held = {row.id for row in made if row.held is not None}
    names = [row.template for row in sent if not row.template.startswith(NOT_OF_THE_DRAWING)]
    return sorted([*names, *(template for template, _ in {(row.template, row.created_at) for row in told})])


def _held(session: Session, case: Case) -> list[str]:
    """Templates of the letters and mails that are not sent, because they would say what is not so, each once."""
    held = [
        *session.scalars(select(NoticeRow.template).where(NoticeRow.case_id == case.id, NoticeRow.held.is_not(None))),
        *session.scalars(select(MailRow.template).where(MailRow.case_id == case.id, MailRow.held.is_not(None))),
    ]
    return sorted(set(held))


def _noticed(played: PlayedCase) -> Select[str]:
    """A mail that only says that a notice waits in the portal carries the notice's name and does not count twice."""
    return select(NoticeRow.template).where(NoticeRow.case_id == played.case_id)


def _deadlines(session: Session, case: Case, wanted: Mapping[str, Any]) -> dict[str, Any]:
    rows = session.execute(select(DeadlineRow.code, DeadlineRow.due).where(DeadlineRow.case_id == case.id))
    due = dict(rows.all())
    return {code: due.get(code) for code in wanted}


def _met(session: Session, case: Case, wanted: Mapping[str, Any]) -> dict[str, Any]:
    rows = session.execute(select(DeadlineRow.code, DeadlineRow.met_on).where(DeadlineRow.case_id == case.id))
    met = dict(rows.all())
    return {code: met.get(code) for code in wanted}


def _penalties(session: Session, played: PlayedCase, case: Case, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The euros of the penalty for each named deadline, up to today."""
    model = played.services.models.version(session, case.model_version_id).model
    found = reckon(session, case, model, local_date(played.clock.moment), played.services.law.book(session))
    euros = {one.row.code: one.penalty.cents // 100 for one in found}
    return {code: euros.get(code, 0) for code in wanted}


def _follows(session: Session, case: Case) -> str | None:
    """The case type that began because this case ended."""
    found = related_to(case.id).with_only_columns(Case.case_type).where(CaseRelation.kind == Relation.VERVOLG)
    return session.scalar(found)
