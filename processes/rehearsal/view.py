"""The state that everybody sees after a step of a rehearsal: the clock, tasks, post, terms and values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.words import LinkTo, Side
from processes.access.links import MARKER
from processes.base.actor import ActorKind, StaffRole
from processes.base.clock import AMSTERDAM, local_date
from processes.base.dutch import long_date
from processes.execution.assessing import to_assess
from processes.execution.deciding_each import decisions_in
from processes.execution.deliveries import deliveries_to_judge
from processes.execution.forms import component_of, document_types_of
from processes.execution.term_days import DayPlace
from processes.jobs.timer_sweep import next_due
from processes.reads import workbench
from processes.reads.in_words import values_in_words
from processes.reads.workbench.overview import buttons_of
from processes.rehearsal.played_case import PlayedCase
from processes.rehearsal.sandbox import ACTORS
from processes.rehearsal.standing import places_of
from processes.rehearsal.steps import term_days
from processes.storage.model_cache import Deployed
from processes.storage.tables import (
    Case,
    CaseValue,
    DeadlineRow,
    DocumentRequestRow,
    DocumentRow,
    Instance,
    MailRow,
    NoticeRow,
    Party,
    TaskRow,
)
from processes.storage.words import CaseState, InstancePhase, PostChannel, TaskState

LINK = "[hier staat de link]"


@dataclass(frozen=True, slots=True)
class ViewedTask:
    """An open task. `by`: who may do it, as the script names them, the likeliest first; `whose` says it in words. `process` and
    `element` find its form; `known` is what is stored of its values. `judges`: it judges what was delivered;
    `papers`: the titles of what it says of each whether it becomes public.
    """

    element: str
    name: str
    process: str
    side: str
    whose: str
    by: tuple[str, ...]
    due: str | None
    known: dict[str, object]
    judges: bool
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ViewedPost:
    """A mail or letter. `way` says in words how it goes; `fresh`: since the last step but one; `held`: why it is not sent;
    `template`: the text that it was made of; `to_post`: it waits for somebody who prints it; `read_first`: for somebody who reads or agrees to it.
    """

    to: str
    way: str
    subject: str
    body: str
    day: str
    fresh: bool
    held: str
    template: str
    to_post: bool
    read_first: bool


@dataclass(frozen=True, slots=True)
class ViewedTerm:
    code: str
    title: str
    due: str | None
    met: str | None


@dataclass(frozen=True, slots=True)
class PlayView:
    """Days and moments are texts of ISO 8601, since this travels between processes. `next_at`: when something happens by itself;
    `stands`: the process and element of everything that waits; `days`: the code of a term, the key of a day of it, and both in words;
    `asked`: a department was asked for documents.
    """

    number: str
    today: str
    next_at: str | None
    status: str
    closed: bool
    result: str
    tasks: tuple[ViewedTask, ...]
    buttons: tuple[tuple[str, str], ...]
    may_withdraw: bool
    post: tuple[ViewedPost, ...]
    terms: tuple[ViewedTerm, ...]
    values: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]
    decisions: tuple[tuple[str, str], ...]
    stands: tuple[tuple[str, str], ...]
    status_code: str
    parties: tuple[str, ...]
    days: tuple[tuple[str, str, str], ...]
    asked: bool


def newest_post(played: PlayedCase) -> tuple[int, int]:
    """The ids of the last mail and the last notice: what comes after them is fresh."""
    with played.services.sessions() as session:
        mail, notice = select(func.max(MailRow.id)), select(func.max(NoticeRow.id))
        return session.scalar(mail) or 0, session.scalar(notice) or 0


def view_of(played: PlayedCase, before: tuple[int, int]) -> PlayView:
    """`before`: what `newest_post` gave before the last step."""
    overview = workbench.read_overview(played.services, ACTORS[StaffRole.WORKER], played.case)
    due = next_due(played.services)
    with played.services.sessions() as session:
        case = session.get_one(Case, played.case_id)
        model = played.services.models.version(session, case.model_version_id).model
        titles = {code: one.title for code, one in model.deadlines.items()}
        result = model.result_types.get(case.result or "")
        return PlayView(
            number=case.number,
            today=local_date(played.clock.moment).isoformat(),
            next_at=due.astimezone(AMSTERDAM).isoformat() if due else None,
            status=overview.head.status,
            closed=case.state == CaseState.CLOSED,
            result=result.description if result else case.result or "",
            tasks=tuple(_tasks(session, played)),
            buttons=(*((one.code, one.label) for one in overview.buttons), *_called_buttons(session, played, case)),
            may_withdraw=overview.may_withdraw,
            post=(*_mails(session, played, before[0]), *_notices(session, played, before[1])),
            terms=tuple(_terms(session, case, titles)),
            values=tuple(_values(session, played)),
            documents=tuple(session.scalars(
                select(DocumentRow.title).where(DocumentRow.case_id == case.id).order_by(DocumentRow.id)
            )),
            decisions=tuple((row.number, row.subject) for row in session.scalars(decisions_in(case.id))),
            stands=tuple(places_of(session, played.services, case.id)),
            status_code=case.status or "",
            parties=tuple(session.scalars(select(Party.name).where(Party.case_id == case.id).order_by(Party.id))),
            days=tuple(_days(session, played, case, titles)),
            asked=session.scalar(select(func.count()).where(DocumentRequestRow.case_id == case.id)) != 0,
        )  # fmt: skip


def _tasks(session: Session, played: PlayedCase) -> Iterator[ViewedTask]:
    found = select(TaskRow).where(TaskRow.case_id == played.case_id, TaskRow.state == TaskState.OPEN)
    for task in session.scalars(found.order_by(TaskRow.opened_at)):
        instance = session.get_one(Instance, task.instance_id)
        deployed = played.services.models.version(session, instance.model_version_id)
        party = session.get(Party, task.party_id) if task.party_id else None
        stored = select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == instance.id)
        whose, by = _who(task, party)
        yield ViewedTask(
            task.element, task.name, deployed.process, task.side, whose, by, _text(task.due),
            dict(session.execute(stored).all()),
            judges=task.side == Side.WORKER and bool(session.scalars(deliveries_to_judge(task.instance_id)).first()),
            papers=_papers(session, deployed, task),
        )  # fmt: skip


def _who(task: TaskRow, party: Party | None) -> tuple[str, tuple[str, ...]]:
    if task.side == Side.CITIZEN:
        return (party.name, (party.name,)) if party else ("de indiener", (ActorKind.CITIZEN,))
    if task.side == Side.DEPARTMENT:
        if party:
            return party.name, (party.name,)
        return (
            ("wie een eigen link heeft", (LinkTo.PERSON,))
            if task.party_role
            else ("de afdeling", (ActorKind.DEPARTMENT,))
        )
    if task.side == Side.COMMITTEE:
        return "de commissie", (StaffRole.COMMITTEE,)
    return "de behandelaar", (StaffRole.WORKER, StaffRole.DECIDER)


def _papers(session: Session, deployed: Deployed, task: TaskRow) -> tuple[str, ...]:
    field = component_of(deployed, task.element, "inventory")
    if field is None:
        return ()
    return tuple(row.title for row in session.scalars(to_assess(task.case_id, document_types_of(field))))


def _called_buttons(session: Session, played: PlayedCase, case: Case) -> Iterator[tuple[str, str]]:
    running = (Instance.case_id == case.id, Instance.phase == InstancePhase.RUNNING, Instance.is_root.is_(False))
    for instance in session.scalars(select(Instance).where(*running).order_by(Instance.id)):
        model = played.services.models.version(session, instance.model_version_id).model
        yield from ((one.code, one.label) for one in buttons_of(model.on_demand, case.state))


def _mails(session: Session, played: PlayedCase, before: int) -> Iterator[ViewedPost]:
    """Mails of themselves; one that announces a notice stands with that notice."""
    found = select(MailRow).where(MailRow.case_id == played.case_id, MailRow.notice_id.is_(None)).order_by(MailRow.id)
    for row in session.scalars(found):
        yield ViewedPost(
            row.recipient, "per mail", row.subject, MARKER.sub(LINK, row.body),
            local_date(row.created_at).isoformat(), row.id > before, _why(row.held), row.template, to_post=False, read_first=False,
        )  # fmt: skip


def _notices(session: Session, played: PlayedCase, before: int) -> Iterator[ViewedPost]:
    names = dict(session.execute(select(Party.id, Party.name).where(Party.case_id == played.case_id)).all())
    found = select(NoticeRow).where(NoticeRow.case_id == played.case_id).order_by(NoticeRow.id)
    for row in session.scalars(found):
        way = "brief per post" if row.channel == PostChannel.POST else "bericht in het portaal"
        yield ViewedPost(
            names.get(row.party_id, ""), way, row.subject, MARKER.sub(LINK, row.body),
            local_date(row.created_at).isoformat(), row.id > before, _why(row.held), row.template,
            to_post=row.channel == PostChannel.POST and row.sent_on is None and row.held is None,
            read_first=row.letter_id is not None and row.held is not None and row.stopped is None,
        )  # fmt: skip


def _why(held: dict[str, object] | None) -> str:
    reasons = (held or {}).get("reasons")
    return " ".join(map(str, reasons)) if isinstance(reasons, list) else ""


def _terms(session: Session, case: Case, titles: dict[str, str]) -> Iterator[ViewedTerm]:
    found = select(DeadlineRow).where(DeadlineRow.case_id == case.id).order_by(DeadlineRow.id)
    for row in session.scalars(found):
        yield ViewedTerm(row.code, titles.get(row.code, row.code), _text(row.due), _text(row.met_on))


def _days(session: Session, played: PlayedCase, case: Case, titles: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """The days of terms that a worker can correct with the term itself."""
    for row in session.scalars(select(DeadlineRow).where(DeadlineRow.case_id == case.id).order_by(DeadlineRow.id)):
        for day in term_days(session, played, row.code):
            if day.place == DayPlace.HERE:
                yield row.code, day.key, f"{titles.get(row.code, row.code)}: {day.title} ({long_date(day.day)})"


def _values(session: Session, played: PlayedCase) -> Iterator[tuple[str, str]]:
    for instance in session.scalars(select(Instance).where(Instance.case_id == played.case_id).order_by(Instance.id)):
        model = played.services.models.version(session, instance.model_version_id).model
        yield from values_in_words(session, instance.id, {**model.inputs, **model.outputs, **model.values})


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
