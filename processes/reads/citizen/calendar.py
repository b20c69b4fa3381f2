"""The moments of a case that belong in a calendar (C3): the hearing with its place, and last days to answer or to object or appeal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.written import TypedText
from processes.execution.facts import to_fact
from processes.execution.hearings import plans_of
from processes.law.remedies import last_day_against
from processes.reads.citizen.entry import Entered, enter
from processes.reads.citizen.questions import notices
from processes.reads.citizen.terms import AskedOfCitizen, asked_in
from processes.reads.in_words import in_words, stored_of
from processes.reads.opening import reading
from processes.storage.asked_ahead import answer
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import NoticeRow, TaskRow
from processes.storage.words import CaseState, TaskState

HEARING = "hoorzitting"
AGAINST = {  # what may be done against a decision, by what stands in the template of its letter
    b"remedy.bezwaar": ("bezwaar te maken", "Bezwaar maken"),
    b"remedy.beroep": ("in beroep te gaan", "In beroep gaan"),
}


@dataclass(frozen=True, slots=True)
class CaseMoment:
    """`name` is the same for what moves, `sequence` higher each time it did. `begins`: a moment, or the last day of something.
    `cancelled`: it does not take place then, and no other moment is known yet. `against`: what this is the last day for after a
    decision, empty for another moment.
    """

    name: str
    sequence: int
    title: str
    begins: datetime | date
    place: TypedText = ""
    cancelled: bool = False
    against: str = ""

    @property
    def is_hearing(self) -> bool:
        return self.name == HEARING


def read_calendar(services: Services, actor: Actor, number: str) -> tuple[CaseMoment, ...]:
    """Raises NotFound as the page of the case does."""
    with reading(services) as (session, now):
        entered = enter(session, services, actor, number)
        return moments_of(session, entered, asked_in(session, entered), now)


def moments_of(
    session: Session, entered: Entered, waiting: Iterable[AskedOfCitizen], now: datetime
) -> tuple[CaseMoment, ...]:
    """The moments that are still to come, and the hearing also when it was cancelled. `waiting`: what is asked of the reader."""
    found = [*_hearing(session, entered), *_against(session, entered)]
    found += [CaseMoment(f"antwoord-{one.task}", 0, f"Laatste dag: {one.name}", one.due) for one in waiting if one.due]
    return tuple(one for one in found if _comes(one, now))


def _comes(one: CaseMoment, now: datetime) -> bool:
    return one.begins > now if isinstance(one.begins, datetime) else one.begins >= local_date(now)


def _hearing(session: Session, entered: Entered) -> list[CaseMoment]:
    """The hearing that the drawing planned and told, or that was planned and moves."""
    plans = plans_of(entered.deployed)
    if not plans or entered.case.published_at is None:
        return []
    planning = select(TaskRow.state, TaskRow.done_at).where(
        TaskRow.case_id == entered.case.id,
        TaskRow.element.in_(plans),
        TaskRow.state.in_((TaskState.OPEN, TaskState.DONE)),
    )
    rows = session.execute(planning).all()
    done = [row.done_at for row in rows if row.state == TaskState.DONE]
    plan, model = next(iter(plans.values())), entered.deployed.model
    if not done:
        return []
    stored = stored_of(session, root_of(session, entered.case.id).id, model.values)
    at = to_fact(model.values[plan.on], stored.get(plan.on))
    told = session.scalar(
        select(func.max(NoticeRow.created_at)).where(
            NoticeRow.case_id == entered.case.id, NoticeRow.party_id.in_(entered.viewpoints)
        )
    )
    if not isinstance(at, datetime):
        return []
    waits = any(row.state == TaskState.OPEN for row in rows)
    stands = not waits and told is not None and told >= max(done)
    if not stands and not (waits or done[1:]):  # nobody heard of it yet
        return []
    places = {code: model.values[code] for code in (plan.place, plan.room) if code and code in model.values}
    place = ", ".join(text for _, text in in_words(places, stored)) if stands else ""
    sequence = 2 * len(done) + (1 if waits else 0 if stands else -1)
    return [CaseMoment(HEARING, sequence, f"Hoorzitting, zaak {entered.case.number}", at, place, not stands)]


def _against(session: Session, entered: Entered) -> list[CaseMoment]:
    """The last day to object or appeal once it was decided, counted from the letter of the decision that this reader got."""
    if entered.case.state == CaseState.RUNNING:
        return []
    found = []
    book = entered.law.book(session)
    for notice in answer(session, notices(), **entered.named):
        text = entered.deployed.folder.mails.get(f"{notice.template}.txt", b"")
        which = next((word for word in AGAINST if word in text), None)
        if which and notice.sent_on:
            what, doing = AGAINST[which]
            title, day = f"Laatste dag om {what}, zaak {entered.case.number}", last_day_against(notice.sent_on, book)
            found.append(CaseMoment(f"rechtsmiddel-{notice.id}", 0, title, day, against=doing))
    return found
