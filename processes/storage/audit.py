"""Writing the audit trail: one row per change in a hash chain per case, with keyed digests of the rows that the change wrote.

Rows hold ids and keyed digests, never a name: of who acted, and in the detail of for whom and of who it was in a company. They go with the other writes of the change, at its end. An anchor, a row on chain
0 written at intervals, notes where the chains ended: so a chain that lost its last rows is recognised, and no case waits on
another. What is compared by `check`: processes.storage.trail; what it holds against whom: docs/audit-trail.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import structlog
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from processes.base.actor import SYSTEM, Actor, ActorKind
from processes.base.secrets import Secrets
from processes.storage.fast import insert_rows
from processes.storage.tables import AuditRow, Case, SettingRow
from processes.storage.trail.anchors import ANCHORED, sealed_state
from processes.storage.trail.checking import check
from processes.storage.trail.hashing import (
    FORMAT,
    INSTALLATION_CHAIN,
    KEYS,
    OWN_NAMES,
    PURPOSE,
    START,
    Content,
    Keys,
    chain_hash,
    make_seal,
)
from processes.storage.words import TrailAction

__all__ = ["FORMAT", "INSTALLATION_CHAIN", "START", "anchor", "check", "record"]

OPEN: Final = "open end of the audit trail"  # in the `info` of a session
IN_FLIGHT = 1000  # rows of a transaction that was open during an anchor may have lower ids than the last one seen
ENDS_AT_ONCE = 2000  # ends of chains in one anchor

log = structlog.get_logger(__name__)

Detail = Mapping[str, str | int | None]
End = tuple[int, str]  # the number of the last row of a chain, and its hash
Digests = dict[int, dict[str, dict[str, str | None]]]
"""By chain, table and key of a row: its digest, or None when the row is gone."""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A row of the trail that was asked for and is not written yet."""

    chain: int
    actor: str
    action: str
    detail: Mapping[str, Any]
    at: datetime


@dataclass(eq=False)
class _Open:
    """The ends of chains that one transaction knows, and its lines to write there: worth nothing after it."""

    transaction: object
    ends: dict[int, End] = field(default_factory=dict)
    lines: list[TrailLine] = field(default_factory=list)
    rebased: Digests = field(default_factory=dict)
    acting: tuple[Actor, datetime, Secrets] | None = None


def record(
    session: Session, chain: int, actor: Actor, action: str, detail: Detail, now: datetime, secrets: Secrets
) -> None:
    """Add one row to the chain of a case (its id) or of the installation (0); it is written with the commit. The caller holds
    the lock of the case. Raises ValueError for a detail that holds a name of the trail's own.
    """
    if taken := OWN_NAMES & detail.keys():
        raise ValueError(f"the name '{min(taken)}' in a detail is the trail's own")
    line = TrailLine(chain, _name(actor, secrets), action, {**detail, **_mandate(actor, secrets)}, now)
    if KEYS in session.info:
        _opened(session).lines.append(line)
    else:  # a session that digests nothing
        _write(session, [line], {}, secrets.mac_keys(PURPOSE))


def acting(session: Session, actor: Actor, now: datetime, secrets: Secrets) -> None:
    """Say who acts in this transaction, and at which moment: it stands on rows for changes that nobody recorded."""
    _opened(session).acting = actor, now, secrets


def remember(session: Session, chain: int, end: End | None) -> None:
    """Remember the end of a chain, read by a caller that holds its lock; None when it has no row yet."""
    _opened(session).ends.setdefault(chain, end or (0, START))


def hold(session: Session, chain: int | None) -> None:
    """Lock a case before a change of its rows that records nothing, so that its row of the trail need not wait at the end."""
    if chain:
        session.execute(select(Case.id).where(Case.id == chain).with_for_update())
        remember(session, chain, _end_of(session, chain))


def rebase(session: Session, chain: int, digests: dict[str, dict[str, str | None]]) -> None:
    """Put the digests of all rows of a chain on its next row, which is recorded with the action SEALED."""
    _opened(session).rebased[chain] = digests


def write_along(session: Session, digests: Digests, now: Callable[[Session], datetime]) -> None:
    """Write what this transaction recorded, each chain's digests on its last row; the session calls it before it commits."""
    opened = _opened(session) if digests else session.info.get(OPEN)
    if opened is None or opened.transaction is not session.get_transaction():
        return
    lines, opened.lines = opened.lines, []
    digests = {**digests, **opened.rebased}
    silent = sorted(digests.keys() - {line.chain for line in lines}, key=lambda chain: chain or 2**63)
    if silent:  # the installation last, as everybody does
        actor, detail, at = _acting(opened) or (str(SYSTEM.kind), {}, now(session))
        for chain in silent:
            if chain not in opened.ends:
                hold(session, chain)
            lines.append(TrailLine(chain, actor, TrailAction.CHANGED, dict(detail), at))
    if lines:
        _write(session, lines, digests, session.info[KEYS])


def _acting(opened: _Open) -> tuple[str, Mapping[str, str], datetime] | None:
    if opened.acting is None:
        return None
    actor, now, secrets = opened.acting
    return _name(actor, secrets), _mandate(actor, secrets), now


def anchor(session: Session, now: datetime) -> bool:
    """Note on chain 0 where the chains that moved since the last anchor now end. False when none moved."""
    keys: Keys = session.info[KEYS]
    write_along(session, {}, lambda _: now)  # what this transaction recorded itself is noted too
    _lock_installation_chain(session)
    setting = session.get(SettingRow, ANCHORED) or SettingRow(name=ANCHORED, value={"up_to": 0, "ends": {}})
    known: dict[str, int] = setting.value["ends"]
    since = setting.value["up_to"] - IN_FLIGHT
    ends = {str(row.chain): row for row in session.execute(_ends_since(since))}
    moved = {chain: [row.seq, row.hash] for chain, row in ends.items() if known.get(chain) != row.seq}
    if not moved:
        return False
    told = list(moved.items())
    parts = [dict(told[start : start + ENDS_AT_ONCE]) for start in range(0, len(told), ENDS_AT_ONCE)]
    lines = [TrailLine(INSTALLATION_CHAIN, str(SYSTEM.kind), TrailAction.ANCHOR, {"ends": part}, now) for part in parts]
    seq, hashed = _write(session, lines, {}, keys)[INSTALLATION_CHAIN]
    up_to = max(row.id for row in ends.values())
    setting.value = {"up_to": up_to, "ends": {chain: row.seq for chain, row in ends.items()}, "house": [seq, hashed]}
    setting.value = sealed_state(setting.value, keys)
    session.add(setting)
    # a log kept elsewhere is the witness of the database: `zaakspoor verify --witness`
    log.info("audit.anchor", seq=seq, hash=hashed, at=now.isoformat())
    return True


def _write(session: Session, lines: Sequence[TrailLine], digests: Digests, keys: Keys) -> dict[int, End]:
    """Append them to their chains; where these end then."""
    ends = _opened(session).ends
    last = {line.chain: line for line in lines}
    rows = []
    for line in lines:
        rows_digested = digests.get(line.chain) if last[line.chain] is line else None
        if line.chain == INSTALLATION_CHAIN and line.chain not in ends:
            _lock_installation_chain(session)
        seq, previous = ends.get(line.chain) or _end_of(session, line.chain)
        content = Content(line.chain, seq + 1, line.at, line.actor, line.action, line.detail, previous, rows_digested)
        seal = make_seal(content, keys)
        ends[line.chain] = (seq + 1, chain_hash(content, seal))
        rows.append(_row(content, seal, ends[line.chain][1]))
    insert_rows(session, AuditRow.__table__, rows)
    return ends


def _row(content: Content, seal: str, hashed: str) -> dict[str, Any]:
    return {
        "chain": content.chain, "seq": content.seq, "at": content.at, "actor": content.actor, "action": content.action,
        "detail": content.detail, "previous": content.previous, "hash": hashed, "format": FORMAT, "rows": content.rows,
        "seal": seal,
    }  # fmt: skip


def _opened(session: Session) -> _Open:
    transaction = session.get_transaction() or session.begin()
    kept: _Open | None = session.info.get(OPEN)
    if kept is None or kept.transaction is not transaction:
        kept = session.info[OPEN] = _Open(transaction)
    return kept


def _end_of(session: Session, chain: int) -> End:
    last = select(AuditRow.seq, AuditRow.hash).where(AuditRow.chain == chain).order_by(AuditRow.seq.desc()).limit(1)
    found = session.execute(last).first()
    return (found.seq, found.hash) if found else (0, START)


def _name(actor: Actor, secrets: Secrets) -> str:
    return actor.kind if actor.kind == ActorKind.SYSTEM else f"{actor.kind}:{secrets.digest(actor.subject)}"


def _mandate(actor: Actor, secrets: Secrets) -> dict[str, str]:
    """For whom somebody acts, for which branch only, and who it is that acts for a company: keyed digests, as that of the actor."""
    whom = actor.for_whom
    told = {
        "acts_for": whom.subject if whom else "", "acts_for_branch": whom.branch if whom else "", "acted_by": actor.acted_by,
    }  # fmt: skip
    return {name: secrets.digest(value) for name, value in told.items() if value}


def _lock_installation_chain(session: Session) -> None:
    # a case is locked by its row; the installation has none, and on SQLite a transaction is alone anyway
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(7412202)"))


def _ends_since(row_id: int) -> Any:
    """The last row of each chain that moved; it is itself among the rows that were written since."""
    recent = (AuditRow.id > row_id, AuditRow.chain != INSTALLATION_CHAIN)
    last = (
        select(AuditRow.chain, func.max(AuditRow.seq).label("seq")).where(*recent).group_by(AuditRow.chain).subquery()
    )
    wanted = select(AuditRow.id, AuditRow.chain, AuditRow.seq, AuditRow.hash).where(*recent)
    return wanted.join(last, (AuditRow.chain == last.c.chain) & (AuditRow.seq == last.c.seq))
