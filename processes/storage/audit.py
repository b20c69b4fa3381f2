"""The audit trail: one row per change in a hash chain per case; `check` names what was changed, deleted or cut off.

Rows hold ids and keyed digests, never a name, and the number of the format that was hashed. An anchor, a row on chain 0 written at intervals, notes where the chains
ended: so a chain that lost its last rows is recognised, and no case waits on another.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from processes.base.actor import SYSTEM, Actor, ActorKind
from processes.base.secrets import Secrets
from processes.storage.fast import insert_rows
from processes.storage.tables import AuditRow, SettingRow

INSTALLATION_CHAIN = 0
START = "0" * 64
ANCHOR = "anchor"
ANCHORED = "audit.anchored"
ENDS = "audit.ends"
FORMAT = 2  # of new rows; 1 hashed no number. Whoever changes what is hashed, or how, takes the next one
FORMATS = (1, 2)
NUMBER = "format"  # the number stands under this name in the detail that is hashed
IN_FLIGHT = 1000  # rows of a transaction that was open during an anchor may have lower ids than the last one seen

log = structlog.get_logger(__name__)

Detail = Mapping[str, str | int | None]
End = tuple[int, str]  # the number of the last row of a chain, and its hash


@dataclass(frozen=True, slots=True)
class BrokenPlace:
    """A place where a chain does not hold: `seq` is the row at fault, `what` a Dutch sentence."""

    chain: int
    seq: int
    what: str


def record(
    session: Session, chain: int, actor: Actor, action: str, detail: Detail, now: datetime, secrets: Secrets
) -> None:
    """Append one row to the chain of a case (its id) or of the installation (0). The caller holds the lock of the case."""
    _append(session, chain, _name(actor, secrets), action, dict(detail), now)


def remember(session: Session, chain: int, end: End | None) -> None:
    """Remember the end of a chain, read by a caller that holds its lock; None when it has no row yet."""
    _ends(session).setdefault(chain, end or (0, START))


def anchor(session: Session, now: datetime) -> bool:
    """Note on chain 0 where the chains that moved since the last anchor now end. False when none moved."""
    _lock_installation_chain(session)
    setting = session.get(SettingRow, ANCHORED) or SettingRow(name=ANCHORED, value={"up_to": 0, "ends": {}})
    known: dict[str, int] = setting.value["ends"]
    since = setting.value["up_to"] - IN_FLIGHT
    ends = {str(row.chain): row for row in session.scalars(_ends_since(since))}
    moved = {chain: [row.seq, row.hash] for chain, row in ends.items() if known.get(chain) != row.seq}
    if not moved:
        return False
    seq, hashed = _append(session, INSTALLATION_CHAIN, SYSTEM.kind, ANCHOR, {"ends": moved}, now)
    up_to = max(row.id for row in ends.values())
    installation = {"house": [seq, hashed]}
    setting.value = {"up_to": up_to, "ends": {chain: row.seq for chain, row in ends.items()}, **installation}
    session.add(setting)
    log.info("audit.anchor", seq=seq, hash=hashed)  # a log kept elsewhere is the witness of the database
    return True


def check(session: Session) -> list[BrokenPlace]:
    """Every place where a chain does not hold; an empty list is a sound trail."""
    broken: list[BrokenPlace] = []
    anchors = dict(_anchors(session))
    seen: set[int] = set()
    rows = session.scalars(select(AuditRow).order_by(AuditRow.chain, AuditRow.seq).execution_options(yield_per=500))
    chain: list[AuditRow] = []
    for row in rows:
        if chain and row.chain != chain[-1].chain:
            broken += _check_end(chain[-1], anchors)
            chain = []
        before = chain[-1] if chain else None
        broken += _check_row(row, before)
        broken += _check_anchor(row, anchors)
        seen.add(row.chain)
        chain = [row]
        session.expunge(row)
    if chain:
        broken += _check_end(chain[-1], anchors)
    gone = sorted(set(anchors) - seen)
    return broken + [BrokenPlace(one, 1, "Alle regels van deze keten zijn weg.") for one in gone]


def _append(session: Session, chain: int, actor: str, action: str, detail: dict[str, Any], now: datetime) -> End:
    if chain == INSTALLATION_CHAIN:
        _lock_installation_chain(session)
    ends = _ends(session)
    seq, previous = ends.get(chain) or _end_of(session, chain)
    made = chain_hash(chain, seq + 1, now, actor, action, detail, previous)
    row = {"chain": chain, "seq": seq + 1, "at": now, "actor": actor, "action": action, "detail": detail}
    insert_rows(session, AuditRow.__table__, [{**row, "previous": previous, "hash": made, "format": FORMAT}])
    ends[chain] = (seq + 1, made)
    return ends[chain]


def _ends(session: Session) -> dict[int, End]:
    """Where the chains end that this transaction has met: what it knows is worth nothing after it."""
    transaction = session.get_transaction() or session.begin()
    kept: tuple[object, dict[int, End]] = session.info.get(ENDS, (None, {}))
    if kept[0] is not transaction:
        kept = session.info[ENDS] = (transaction, {})
    return kept[1]


def _end_of(session: Session, chain: int) -> End:
    last = select(AuditRow.seq, AuditRow.hash).where(AuditRow.chain == chain).order_by(AuditRow.seq.desc()).limit(1)
    found = session.execute(last).first()
    return (found.seq, found.hash) if found else (0, START)


def _hash(row: AuditRow) -> str | None:
    """The hash that the row must have; None when no hash can be right, since no format makes such a row."""
    if row.format not in FORMATS or NUMBER in row.detail:
        return None
    return chain_hash(row.chain, row.seq, row.at, row.actor, row.action, row.detail, row.previous, row.format)


def chain_hash(
    chain: int, seq: int, at: datetime, actor: str, action: str, detail: Any, previous: str, written_as: int = FORMAT
) -> str:
    """The hash that binds a row to everything before it in its chain, 64 hexadecimal digits (SHA-256).

    Raises ValueError for a detail that holds the format's number under its own name.

    The number is hashed inside the detail, not beside it, so that a release that knows no formats hashes it too:
    release 0.1 finds a row of format 2 sound when the downgrade to its schema has written the number there.
    """
    if NUMBER in detail:
        raise ValueError(f"the name '{NUMBER}' in a detail is the trail's own")
    numbered = {**detail, NUMBER: written_as} if written_as > 1 else detail
    content = [chain, seq, at.astimezone(UTC).isoformat(timespec="microseconds"), actor, action, numbered, previous]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _name(actor: Actor, secrets: Secrets) -> str:
    return actor.kind if actor.kind == ActorKind.SYSTEM else f"{actor.kind}:{secrets.digest(actor.subject)}"


def _lock_installation_chain(session: Session) -> None:
    # a case is locked by its row; the installation has none, and on SQLite a transaction is alone anyway
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(7412202)"))


def _ends_since(row_id: int) -> Any:
    moved = select(AuditRow.chain).where(AuditRow.id > row_id, AuditRow.chain != INSTALLATION_CHAIN).distinct()
    last = (
        select(AuditRow.chain, func.max(AuditRow.seq).label("seq"))
        .where(AuditRow.chain.in_(moved))
        .group_by(AuditRow.chain)
        .subquery()
    )
    return select(AuditRow).join(last, (AuditRow.chain == last.c.chain) & (AuditRow.seq == last.c.seq))


def _anchors(session: Session) -> Iterator[tuple[int, End]]:
    """The last noted end per chain; what stands first is replaced by what stands later."""
    rows = select(AuditRow.detail).where(AuditRow.chain == INSTALLATION_CHAIN, AuditRow.action == ANCHOR)
    for detail in session.scalars(rows.order_by(AuditRow.seq).execution_options(yield_per=500)):
        for chain, (seq, hashed) in detail.get("ends", {}).items():
            yield int(chain), (seq, hashed)
    setting = session.get(SettingRow, ANCHORED)
    if setting:
        seq, hashed = setting.value["house"]
        yield INSTALLATION_CHAIN, (seq, hashed)


def _check_row(row: AuditRow, before: AuditRow | None) -> Iterator[BrokenPlace]:
    expected = before.seq + 1 if before else 1
    if row.seq != expected:
        missing = f"regel {expected}" if row.seq == expected + 1 else f"regel {expected} tot en met {row.seq - 1}"
        yield BrokenPlace(row.chain, expected, f"Verwijderd: {missing} ontbreekt.")
    elif row.previous != (before.hash if before else START):
        yield BrokenPlace(row.chain, row.seq, "Veranderd: deze regel sluit niet aan op de vorige.")
    if row.hash != _hash(row):
        yield BrokenPlace(row.chain, row.seq, "Veranderd: de inhoud van deze regel klopt niet met haar controlegetal.")


def _check_anchor(row: AuditRow, anchors: Mapping[int, End]) -> Iterator[BrokenPlace]:
    seq, hashed = anchors.get(row.chain, (None, ""))
    if row.seq == seq and row.hash != hashed:
        yield BrokenPlace(row.chain, row.seq, "Veranderd: de keten is herschreven na het laatste anker.")


def _check_end(last: AuditRow, anchors: Mapping[int, End]) -> Iterator[BrokenPlace]:
    seq, _ = anchors.get(last.chain, (0, ""))
    if last.seq < seq:
        yield BrokenPlace(last.chain, last.seq + 1, f"Afgekapt: regel {last.seq + 1} tot en met {seq} ontbreekt.")
