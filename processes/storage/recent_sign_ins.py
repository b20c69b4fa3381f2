"""Sign-ins as their person sees them later (C20): when, on which device, by which means, for whom, and until when. In real time, as sessions.

A row is written with the session, in the same transaction, and stays ninety days; the session itself goes within a day. Visitors have
none, since nobody knows who they are, and neither has the mailbox of a department, which is of many.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Row, Select, case, delete, literal, or_, select, update
from sqlalchemy.orm import Session

from processes.base.actor import ForWhom
from processes.base.secrets import SealBroken
from processes.storage.base import Moment
from processes.storage.citizens import KINDS, identity_of
from processes.storage.sealed_columns import OWN_SIGN_IN
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import SignInRow, WebSession
from processes.storage.words import SessionKind

KEPT: Final = timedelta(
    days=90
)  # who was ill or away for a season finds them still; a longer list would be of no use to anybody
MOST_READ: Final = (
    2_000  # of one person or company, so that no page reads more; who signs in that often is a large company
)
WAYS: Final[Mapping[str, str]] = {"bsn": "DigiD", "kvk": "eHerkenning", "eidas": "eIDAS"}
LEVELS: Final[Mapping[str, str]] = {"substantial": "substantieel", "high": "hoog"}  # those of eIDAS
OF_PEOPLE: Final = frozenset({SessionKind.CITIZEN, SessionKind.STAFF})


@dataclass(frozen=True, slots=True)
class OwnSignIn:
    """A sign-in as its person sees it. `id_hash` tells which one is theirs of now. `way`: such as `DigiD`, empty for staff; `means`: with the
    level, such as `DigiD substantieel`. `company`: its name, when one signed in for it; `for_whom`: the one for whom somebody acted, as pages call
    them; `acting`: the pseudonym of who signed in for a company. `seen` and `ended`: None when that is not known.
    """

    id_hash: str
    device: str
    way: str
    means: str
    company: str
    for_whom: str
    acting: str
    began: datetime
    seen: datetime | None
    ended: datetime | None
    lives: bool


def note(session: Session, services: Services, row: WebSession, plain: Mapping[str, Any], whom: ForWhom | None) -> None:
    """Write down the sign-in of a new session, in its transaction. `plain`: what the session seals; `whom`: for whom somebody acts in it."""
    if row.kind not in OF_PEOPLE:
        return
    told = plain["identity"]
    kept = {
        "identity": identity_of(told), "means": _means(told), "level": told.get("level", ""), "device": plain["device"],
        "company": plain["name"] if _is_company(told) else "", "for_whom": whom.called if whom else "", "acting": told.get("acting", ""),
    }  # fmt: skip
    sealed = services.secrets.seal(orjson.dumps(kept), OWN_SIGN_IN, row.id_hash)
    session.add(
        SignInRow(
            id_hash=row.id_hash, kind=row.kind, person=plain["subject"], company=whom.subject if whom and whom.own else None, data=sealed,
            began_at=row.seen_at,
        )
    )  # fmt: skip


def was_signed_in_as(services: Services, cookie: str, kind: str, person: str) -> bool:
    """Whether this cookie is or was a session of that citizen or member of staff, also one that went weeks ago."""
    with transaction(services.sessions) as session:
        row = read_only(session).get(SignInRow, services.secrets.token_hash(cookie))
        return row is not None and (row.kind, row.person) == (kind, person)


def keep_ends(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    """Write down when these sessions were last used and when they ended, before their rows go."""
    still = literal(now, Moment())
    told = case((WebSession.ended_at.is_not(None), WebSession.ended_at), else_=WebSession.expires_at)
    ended = case((told < still, told), else_=still)
    gone = select(WebSession.id_hash).where(which)
    session.execute(
        update(SignInRow)
        .where(SignInRow.id_hash.in_(gone))
        .values(seen_at=_of_session(WebSession.seen_at), ended_at=_of_session(ended))
        .execution_options(synchronize_session=False)
    )


def recent(services: Services, kind: str, subjects: Collection[str]) -> list[OwnSignIn]:
    """The sign-ins of one person of the last months: all that are open, and then the newest others. `subjects`: all names of this person."""
    now = datetime.now(UTC)
    lives = (WebSession.ended_at.is_(None)) & (WebSession.expires_at > now)
    wanted = _all(SignInRow.person.in_(subjects), kind).where(SignInRow.began_at >= now - KEPT)
    open_first = wanted.order_by(case((lives, 0), else_=1), SignInRow.began_at.desc()).limit(MOST_READ)
    with transaction(services.sessions) as session:
        rows = read_only(session).execute(open_first).all()
    return [_told(services, row, now) for row in rows]


def all_sign_ins(session: Session, services: Services, subjects: Collection[str]) -> Iterator[OwnSignIn]:
    """Every sign-in of a citizen or company that is kept, of a company also those for one branch of it, the oldest first."""
    now = datetime.now(UTC)
    wanted = _all(or_(SignInRow.person.in_(subjects), SignInRow.company.in_(subjects)), SessionKind.CITIZEN)
    wanted = wanted.order_by(SignInRow.began_at, SignInRow.id_hash)
    return (_told(services, row, now) for row in session.execute(wanted))


def forget_sign_ins(services: Services) -> None:
    """Delete those of more than ninety days ago."""
    with transaction(services.sessions) as session:
        session.execute(delete(SignInRow).where(SignInRow.began_at < datetime.now(UTC) - KEPT))


def identity_in(services: Services, id_hash: str, sealed: bytes) -> str | None:
    """The identity, such as `bsn:...`, in what a row seals; None for staff. Raises SealBroken."""
    told: dict[str, Any] = orjson.loads(services.secrets.open(sealed, OWN_SIGN_IN, id_hash))
    return told["identity"] or None


def _is_company(told: Mapping[str, str]) -> bool:
    """Whether this is a company: of a foreign one it is told who acts for it; of a person nobody else does."""
    return "kvk" in told or ("eidas" in told and bool(told.get("acting")))


def _means(told: Mapping[str, str]) -> str:
    """One of KINDS; of somebody with a BSN who came by eIDAS it is eIDAS. Empty for staff."""
    return next((kind for kind in (KINDS[-1], *KINDS) if told.get(kind)), "")


def _of_session(value: Any) -> Any:
    return select(value).where(WebSession.id_hash == SignInRow.id_hash).scalar_subquery()


def _all(whose: ColumnElement[bool], kind: str) -> Select[SignInRow, WebSession]:
    theirs = select(SignInRow, WebSession).outerjoin(WebSession, WebSession.id_hash == SignInRow.id_hash)
    return theirs.where(whose, SignInRow.kind == kind)


def _told(services: Services, found: Row[SignInRow, WebSession], now: datetime) -> OwnSignIn:
    row, living = found
    try:
        told = orjson.loads(services.secrets.open(row.data, OWN_SIGN_IN, row.id_hash))
    except SealBroken:
        told = {}  # when and until when is told all the same
    seen, ended = (living.seen_at, living.ended_at) if living else (row.seen_at, row.ended_at)
    if living and ended is None and living.expires_at <= now:
        ended = living.expires_at
    words = {name: told.get(name, "") for name in ("device", "company", "for_whom", "acting")}
    way = WAYS.get(told.get("means", ""), "")
    return OwnSignIn(
        id_hash=row.id_hash, way=way, means=" ".join(filter(None, (way, LEVELS.get(told.get("level", ""), "")))), **words,
        began=row.began_at, seen=seen, ended=ended, lives=living is not None and ended is None,
    )  # fmt: skip
