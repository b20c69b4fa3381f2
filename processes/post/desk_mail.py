"""News by mail for members of staff (W4): how much of which kind, in which cases, and where to read it; nothing of their content.

It counts what a colleague or a department did and what citizens sent (D46, D47, O20, D62), as long as nobody read it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from processes.access.staff_scope import handles, in_own_work, seen_cases
from processes.access.substitution import replaced_by, stand_ins
from processes.base.actor import Actor, ActorKind
from processes.base.clock import local_date
from processes.base.dutch import enumeration
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.staff import DESK_NEWS
from processes.post.templates import render
from processes.storage import staff
from processes.storage.tables import Case, DeskMail, NewsRow, NoteRow, StaffRow
from processes.storage.words import DeskMailKind, NewsKind, NoteKind

TEMPLATE: Final = "desk-news"
AWAY: Final = timedelta(days=60)  # of sign-on: somebody whose account ended there is not told of here
MOST_NUMBERS: Final = 20  # of cases in one mail
OF_CITIZENS: Final = (NoteKind.MESSAGE, NoteKind.UPLOAD)
# in this order: one, and more than one
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    NewsKind.HANDOVER: ("overgedragen zaak", "overgedragen zaken"),
    NoteKind.MESSAGE: ("bericht van een betrokkene", "berichten van betrokkenen"),
    NoteKind.UPLOAD: ("inzending met documenten van een betrokkene", "inzendingen met documenten van betrokkenen"),
    NewsKind.ANSWER: ("veranderd antwoord van een betrokkene", "veranderde antwoorden van betrokkenen"),
    NewsKind.DELIVERY: ("aanlevering van een afdeling", "aanleveringen van afdelingen"),
    NewsKind.MENTION: ("notitie waarin iemand u noemt", "notities waarin iemand u noemt"),
    NewsKind.ASKED: ("nieuwe taak voor u", "nieuwe taken voor u"),
    NewsKind.TASK: ("bericht over een taak", "berichten over taken"),
    NewsKind.NOTE: ("notitie van een collega", "notities van collega's"),
}


@dataclass(frozen=True, slots=True)
class Digest:
    """How much of which kind (the keys of WORDS) nobody read yet, and the numbers of the cases, in order. Without cases it is empty."""

    kinds: Mapping[str, int]
    cases: tuple[str, ...]


def reached_by_mail(session: Session, number: str) -> tuple[Actor, str] | None:
    """The member of staff with this number and the mail address that sign-on gave; None for who has none, may not come in any
    more, does not handle cases any more, or has long stayed away.
    """
    row = session.get(StaffRow, number)
    if row is not None and row.signed_in_at is not None and row.signed_in_at < datetime.now(UTC) - AWAY:
        return None
    return _handling(session, number)


def reached_for(session: Session, case: Case, today: date) -> list[str]:
    """Mail addresses of the handler of a case and of who stands in for that one today, of those who may come in and see the case."""
    numbers = [case.handler, *session.scalars(stand_ins(case.handler, today))] if case.handler else []
    found = filter(None, (_handling(session, number) for number in numbers))
    this = select(Case.id).where(Case.id == case.id)
    return [address for actor, address in found if session.scalar(this.where(seen_cases(actor))) is not None]


def _handling(session: Session, number: str) -> tuple[Actor, str] | None:
    """A member of staff who handles cases now, with the address; None for anybody else."""
    row, address = session.get(StaffRow, number), staff.email_of(session, number)
    if row is None or not address:
        return None
    actor = Actor(ActorKind.STAFF, row.number, row.name, frozenset(row.roles))
    return (actor, address) if handles(actor) else None


def read_digest(session: Session, actor: Actor, since: datetime, until: datetime) -> Digest:
    """Everything unread that came after `since` and not after `until`, in cases that this reader may see now. Three statements."""
    kinds, numbers = Counter[str](), set[str]()
    for kind, number, many in [*_news(session, actor, since, until), *_messages(session, actor, since, until)]:
        kinds[kind] += many
        numbers.add(number)
    return Digest(kinds, tuple(sorted(numbers)))


def mail_digest(work: UnitOfWork, row: DeskMail, address: str, digest: Digest) -> None:
    """Queue the mail of this period: `row.next_at` says which, so that it is one mail however often it is made."""
    settings = settings_of(work)
    page = f"{settings.public_url}/werk"
    words = {
        "organisation.name": settings.organisation, "kinds": _in_words(digest), "cases": _numbers(digest.cases),
        "link": f"{page}/nieuws", "messages": f"{page}/berichten" if digest.kinds.keys() & {*OF_CITIZENS} else "",
        "how": _how(row),
    }  # fmt: skip
    made = render(DESK_NEWS, words)
    key = f"desk-news:{row.staff}:{row.next_at.astimezone(UTC).isoformat()}"
    queue_mail(work, None, TEMPLATE, address, made.subject, made.body, key)


def _news(session: Session, actor: Actor, since: datetime, until: datetime) -> list[Any]:
    unread = (NewsRow.staff == actor.subject, NewsRow.read_at.is_(None))
    return _counted(session, actor, NewsRow.kind, NewsRow.case_id, (*unread, *_between(NewsRow.at, since, until)))


def _messages(session: Session, actor: Actor, since: datetime, until: datetime) -> list[Any]:
    handlers = (actor.subject, *replaced_by(session, actor, local_date(until)))  # their news comes as own rows
    unread = (NoteRow.read_by_handler.is_(False), NoteRow.kind.in_(OF_CITIZENS), in_own_work(actor, handlers))
    return _counted(session, actor, NoteRow.kind, NoteRow.case_id, (*unread, *_between(NoteRow.at, since, until)))


def _counted(session: Session, actor: Actor, kind: Any, case_id: Any, conditions: tuple[Any, ...]) -> list[Any]:
    found = select(kind, Case.number, func.count()).join(Case, Case.id == case_id).where(*conditions, seen_cases(actor))
    return list(session.execute(found.group_by(kind, Case.number)))


def _between(at: InstrumentedAttribute[datetime], since: datetime, until: datetime) -> tuple[Any, ...]:
    return at > since, at <= until


def _in_words(digest: Digest) -> str:
    lines = [(digest.kinds[kind], words) for kind, words in WORDS.items() if digest.kinds.get(kind)]
    return "\n".join(f"- {many} {words[many > 1]}" for many, words in lines)


def _numbers(cases: tuple[str, ...]) -> str:
    shown, others = list(cases[:MOST_NUMBERS]), len(cases) - MOST_NUMBERS
    if others > 0:
        shown.append("nog een andere" if others == 1 else f"nog {others} andere")
    return f"{'zaak' if len(cases) == 1 else 'de zaken'} {enumeration(shown)}"


def _how(row: DeskMail) -> str:
    return "zodra er nieuws is" if row.kind == DeskMailKind.AT_ONCE else f"één keer per dag, om {row.hour} uur"
