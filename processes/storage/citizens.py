"""The blind index of a citizen while two secrets are in use: all rows of one person always stand under one index.

Whoever comes with an identity (a sign-in, a session, a registration) asks `index_of`. Rows that an older secret wrote then move to
the current index first, all of one person together, so that nobody has to look twice. A reseal moves the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from processes.base.actor import ActorKind, ForWhom
from processes.base.secrets import Secrets
from processes.base.security_log import FOR_ANOTHER, renamed
from processes.storage.sealed_columns import INDEXED, PROFILE_IDENTITY, IndexedColumn
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import DraftRow, Party, PersonProfile, SignInRow

KINDS: Final = ("bsn", "kvk", "eidas")  # the numbers by which a provider names somebody


@dataclass(frozen=True, slots=True)
class IndexMove:
    """A citizen, by identity such as `bsn:...`, whose rows go from one index to another."""

    identity: str
    old: str
    new: str


def identity_of(claims: Mapping[str, str]) -> str | None:
    """The identity, such as `bsn:...`, in what a provider said; None for staff. Who may act for one branch of the own company only is
    somebody else than the company: `kvk:.../<number of the branch>`, so that nothing of the company is theirs by mistake.
    """
    kind = next((kind for kind in KINDS if claims.get(kind)), None)
    if kind is None:
        return None
    number = f"{kind}:{claims[kind]}"
    return f"{number}/{claims['branch']}" if claims.get("branch") and claims.get("for") == number else number


def company_of(identity: str) -> str | None:
    """The company of which this identity is one branch; None for anybody else."""
    company, _, branch = identity.partition("/")
    return company if branch and company.startswith("kvk:") else None


def for_whom_in(services: Services, claims: Mapping[str, str]) -> ForWhom | None:
    """The one for whom somebody acts, in what is kept of a sign-in: `for`, an identity such as `bsn:...`, with `for_name` and `branch`."""
    if not claims.get("for"):
        return None
    kind = next((kind for kind in KINDS if claims.get(kind)), "")
    own = claims["for"] == f"{kind}:{claims.get(kind)}"
    subject, earlier = index_now(services, claims["for"]), services.secrets.indexes(claims["for"])[1:]
    return ForWhom(subject, claims.get("for_name", ""), claims.get("branch", ""), own, earlier)


def index_of(session: Session, secrets: Secrets, identity: str) -> str:
    """The index under which the rows of this person stand, from here on; in a session that may write."""
    moves = moves_of(secrets, identity)
    if any(_known(session, move.old) for move in moves):
        move_people(session, secrets, moves)
    return secrets.index(identity)


def index_now(services: Services, identity: str) -> str:
    """The same, in transactions of its own; without older secrets no database is asked."""
    moves = moves_of(services.secrets, identity)
    if moves:
        with transaction(services.sessions) as session:
            known = any(_known(read_only(session), move.old) for move in moves)
        if known:
            with transaction(services.sessions) as session:
                move_people(session, services.secrets, moves)
    return services.secrets.index(identity)


def moves_of(secrets: Secrets, identity: str) -> list[IndexMove]:
    """From each older index of this person to the current one."""
    current, *older = secrets.indexes(identity)
    return [IndexMove(identity, old, current) for old in older]


def move_people(session: Session, secrets: Secrets, moves: Iterable[IndexMove]) -> None:
    """Move every row that names these people, all tables in this transaction."""
    wanted = list(moves)
    if not wanted:
        return
    wanted += _of_branches(session, secrets, wanted)
    _move_under_mandates(session, wanted)
    for column in INDEXED:
        if column.of is PersonProfile:
            _move_profiles(session, secrets, wanted)
        else:
            _move(session, column, wanted)


def _move(session: Session, column: IndexedColumn, moves: Sequence[IndexMove]) -> None:
    table = column.value.table
    change = update(table).where(column.value == bindparam("was")).values({column.value: bindparam("becomes")})
    if column.of_case:
        cases = select(Party.case_id).where(Party.identity_index == bindparam("index"))
        change = change.where(table.c.case_id.in_(cases))
    more = [{"index": move.old} if column.of_case else {} for move in moves]
    named = [{"was": column.prefix + move.old, "becomes": column.prefix + move.new} for move in moves]
    if column.key_with:
        _drop_older(session, column, named)
    session.execute(change, [{**one, **other} for one, other in zip(named, more, strict=True)])


def _of_branches(session: Session, secrets: Secrets, moves: Sequence[IndexMove]) -> list[IndexMove]:
    """The same of each branch of these companies for which something was filed: who signs in for one has an index of its own."""
    identities = {index: move.identity for move in moves for index in (move.old, move.new)}
    theirs = select(Party.identity_index, Party.branch).where(Party.identity_index.in_(identities), Party.branch != "")
    found = {f"{identities[index]}/{branch}" for index, branch in session.execute(theirs.distinct()) if index}
    return [move for identity in sorted(found) for move in moves_of(secrets, identity)]


def _move_under_mandates(session: Session, moves: Sequence[IndexMove]) -> None:
    """Move forms and files that were begun by a mandate: their owner is called by both indexes, of which one or both may be of these people. Such rows are few."""
    moved = {move.old: move.new for move in moves}
    for column in (one for one in INDEXED if one.prefix):
        owners = session.scalars(
            select(column.value).where(column.value.like(f"{column.prefix}%{FOR_ANOTHER}%")).distinct()
        ).all()
        named = [{"was": one, "becomes": now} for one in owners if (now := renamed(one, moved)) != one]
        if named and column.key_with:
            _drop_older(session, column, named)
        if named:
            change = update(column.value.table).where(column.value == bindparam("was"))
            session.execute(change.values({column.value: bindparam("becomes")}), named)


def _drop_older(session: Session, column: IndexedColumn, named: Sequence[Mapping[str, str]]) -> None:
    """Delete the older of two rows that would get one key: the one under the current index was written last."""
    table = column.value.table
    newer = table.alias()
    mine = select(newer.c[column.key_with]).where(newer.c[column.column] == bindparam("becomes"))
    older = delete(table).where(column.value == bindparam("was"), table.c[column.key_with].in_(mine))
    session.execute(older, list(named))


def _move_profiles(session: Session, secrets: Secrets, moves: Sequence[IndexMove]) -> None:
    """The index is their key, and what they seal is bound to it. Of two, the one of the current secret was saved last."""
    table: Any = PersonProfile.__table__
    key = table.c.identity_index
    ends = {one for move in moves for one in (move.old, move.new)}
    there = set(session.scalars(select(key).where(key.in_(ends))))
    for move in (one for one in moves if one.old in there):
        if move.new in there:
            session.execute(delete(table).where(key == move.old))
            continue
        sealed = secrets.seal(move.identity.encode(), PROFILE_IDENTITY, move.new)
        session.execute(update(table).where(key == move.old).values(identity_index=move.new, identity=sealed))
        there.add(move.new)


def _known(session: Session, index: str) -> bool:
    """Whether rows stand under this index. A branch, and who only acts for others, may have signed in or begun a form and nothing else."""
    party, profile = (exists().where(table.identity_index == index) for table in (Party, PersonProfile))
    begun = exists().where(DraftRow.owner.startswith(f"{ActorKind.CITIZEN}:{index}"))
    came = exists().where(SignInRow.person == index)
    return bool(session.scalar(select(or_(party, profile, begun, came))))
