"""The pages that show a played case to each person in it: whose they are, their address, and the sign-in behind which they lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.words import Side, SignInLevel
from processes.access.links import token_of
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.rehearsal.played_case import PlayedCase
from processes.rehearsal.sandbox import ACTORS
from processes.storage import web_sessions
from processes.storage.tables import DepartmentRow, Dossier, Party, TaskRow
from processes.storage.words import SessionKind, TaskState

CASE_PAGES: Final = "case"
TASK_PAGE: Final = "task-"  # and the place of the task among those that stand open
MOST_PEOPLE: Final = 8


@dataclass(frozen=True, slots=True)
class PlayedPage:
    """One page. `key` is the same at each step, so that two steps can be compared; `kind` is a SessionKind, empty for a page
    behind a link, which needs no `cookie`.
    """

    key: str
    side: str
    who: str
    address: str
    kind: str = ""
    cookie: str = ""


class SignIns:
    """The sign-ins of one played case, each made when it is first needed."""

    def __init__(self, played: PlayedCase) -> None:
        self._services, self._made = played.services, dict[str, str]()

    def of(self, actor: Actor) -> str:
        """The cookie of this person."""
        if actor.subject not in self._made:
            kind = SessionKind.CITIZEN if actor.kind == ActorKind.CITIZEN else SessionKind.STAFF
            told = {"level": actor.level} if actor.level else {}
            made = web_sessions.create(self._services, kind, actor.subject, actor.name, actor.roles, identity=told)
            self._made[actor.subject] = made.cookie
        return self._made[actor.subject]


def pages_of(played: PlayedCase, wanted: str, sign_ins: SignIns) -> list[PlayedPage]:
    """The pages that are asked for: of the case for everybody (CASE_PAGES), or of one open task; none for anything else."""
    with played.services.sessions() as session:
        if wanted == CASE_PAGES:
            found = [*_citizens(session, played), *_links(session, played), _staff(f"/werk/zaken/{played.case}")]
        elif wanted.startswith(TASK_PAGE):
            found = list(_task(session, played, wanted.removeprefix(TASK_PAGE)))
        else:
            found = []
    return [_page(one, sign_ins) for one in found[:MOST_PEOPLE]]


@dataclass(frozen=True, slots=True)
class _Seen:
    key: str
    side: str
    who: str
    address: str
    actor: Actor | None


def _page(seen: _Seen, sign_ins: SignIns) -> PlayedPage:
    actor = seen.actor
    if actor is None:
        return PlayedPage(seen.key, seen.side, seen.who, seen.address)
    kind = SessionKind.CITIZEN if actor.kind == ActorKind.CITIZEN else SessionKind.STAFF
    return PlayedPage(seen.key, seen.side, seen.who, seen.address, kind, sign_ins.of(actor))


def _citizens(session: Session, played: PlayedCase) -> Iterator[_Seen]:
    signed_in = (Party.case_id == played.case_id, Party.identity_index.is_not(None), Party.left_on.is_(None))
    for party in session.scalars(select(Party).where(*signed_in).order_by(Party.id)):
        yield _citizen(party, f"/mijn/zaken/{played.case}")


def _citizen(party: Party, address: str) -> _Seen:
    actor = Actor(ActorKind.CITIZEN, str(party.identity_index), party.name, level=SignInLevel.HIGH)
    return _Seen(f"citizen-{party.id}", Side.CITIZEN, party.name, address, actor)


def _links(session: Session, played: PlayedCase) -> Iterator[_Seen]:
    open_links = (Dossier.case_id == played.case_id, Dossier.revoked_at.is_(None))
    for dossier in session.scalars(select(Dossier).where(*open_links).order_by(Dossier.id)):
        yield _link(session, played, dossier, "")


def _link(session: Session, played: PlayedCase, dossier: Dossier, below: str) -> _Seen:
    department = session.get(DepartmentRow, dossier.department) if dossier.department else None
    party = session.get(Party, dossier.party_id) if dossier.party_id else None
    who = department.name if department else party.name if party else ""
    address = f"/verzoek/{token_of(played.services.secrets, dossier)}{below}"
    return _Seen(f"link-{dossier.id}", Side.DEPARTMENT, who, address, None)


def _staff(address: str, role: str = StaffRole.WORKER) -> _Seen:
    actor = ACTORS[role]
    side = Side.COMMITTEE if role == StaffRole.COMMITTEE else Side.WORKER
    return _Seen(role, side, actor.name, address, actor)


def _task(session: Session, played: PlayedCase, place: str) -> Iterator[_Seen]:
    """The page on which one open task is done, by the place of the task among those of the view."""
    mine = select(TaskRow).where(TaskRow.case_id == played.case_id, TaskRow.state == TaskState.OPEN)
    tasks = session.scalars(mine.order_by(TaskRow.opened_at)).all()
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else len(tasks)  # noqa: PLR2004
    for task in tasks[number : number + 1]:
        yield from _doer(session, played, task)


def _doer(session: Session, played: PlayedCase, task: TaskRow) -> Iterator[_Seen]:
    """Whoever does this task, with its page; nobody when no page of ours asks it."""
    if task.side == Side.CITIZEN:
        parties = select(Party).where(Party.case_id == played.case_id, Party.identity_index.is_not(None))
        mine = parties.where(Party.id == task.party_id) if task.party_id else parties.where(Party.filing)
        yield from (
            _citizen(one, f"/mijn/taken/{task.id}") for one in session.scalars(mine.order_by(Party.id).limit(1))
        )
    elif task.side == Side.DEPARTMENT:
        links = select(Dossier).where(Dossier.case_id == played.case_id, Dossier.revoked_at.is_(None))
        theirs = links.where(Dossier.party_id == task.party_id) if task.party_id else links
        yield from (_link(session, played, one, "") for one in session.scalars(theirs.order_by(Dossier.id).limit(1)))
    else:
        role = StaffRole.COMMITTEE if task.side == Side.COMMITTEE else StaffRole.WORKER
        yield _staff(f"/werk/taken/{task.id}", role)
