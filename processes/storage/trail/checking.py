"""Reading the trail back: each chain is walked row by row, and every place is named where it does not hold.

Nothing is kept but what one chain says of its rows, so memory does not grow with the number of cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.storage.tables import AuditRow
from processes.storage.trail.anchors import broken_anchors
from processes.storage.trail.hashing import (
    FORMATS,
    KEYS,
    OWN_NAMES,
    START,
    Content,
    Keys,
    chain_hash,
    key_of,
    seal_holds,
)
from processes.storage.trail.places import BrokenPlace
from processes.storage.words import TrailAction

ROWS_AT_ONCE: Final = 200

MISSING = "Verwijderd: {} ontbreekt."
LOOSE = "Veranderd: deze regel sluit niet aan op de vorige."
OTHER = "Veranderd: de inhoud van deze regel klopt niet met haar controlegetal."
FORGED = "Vervalst: het zegel van deze regel is niet met de sleutel van deze installatie gemaakt."
BARE = "Vervalst: deze regel heeft geen zegel, en de regels ervoor wel."
UNKNOWN = "Onbekend: deze regel is verzegeld met een sleutel die deze installatie niet heeft."


@dataclass(eq=False)
class Chain:
    """One chain, as far as it was walked.

    `digests`: by table and key of a row the id of the key and the digest that the trail last held (None: gone). `unsealed` counts
    the rows without a seal, of before the trail had any; `rebased`: a later row holds the digests of all rows.
    """

    chain: int
    rows: int = 0
    unsealed: int = 0
    rebased: bool = False
    destroyed: bool = False
    broken: list[BrokenPlace] = field(default_factory=list)
    digests: dict[tuple[str, str], tuple[str, str | None]] = field(default_factory=dict)
    before: tuple[int, str] = (0, START)
    _vouched: bool = False  # a seal held, so what comes after needs one
    _unknown: int | None = None  # the last row with a seal of a key that is not known

    @property
    def whole(self) -> bool:
        """Whether the trail holds a digest of every row."""
        return self.rebased or not self.unsealed

    def take(self, row: Any, keys: Keys | None) -> None:
        """Look at the next row."""
        content = Content(row.chain, row.seq, row.at, row.actor, row.action, row.detail, row.previous, row.rows)
        what, seq = self._fault(row, content, keys)
        if what:
            self.broken.append(BrokenPlace(self.chain, seq, what))
        self.rows += 1
        self.before = (row.seq, row.hash)
        if not what and row.seal:
            self._keep(row)

    def end(self) -> None:
        """Say that it has no more rows. A seal of a key that is gone holds when a later one, of a known key, stands on it."""
        if self._unknown is not None and not self.broken:
            self.broken.append(BrokenPlace(self.chain, self._unknown, UNKNOWN))

    def _fault(self, row: Any, content: Content, keys: Keys | None) -> tuple[str, int]:
        expected = self.before[0] + 1
        if row.seq != expected:
            missing = f"regel {expected}" if row.seq == expected + 1 else f"regel {expected} tot en met {row.seq - 1}"
            return MISSING.format(missing), expected
        if row.previous != self.before[1]:
            return LOOSE, row.seq
        if row.format not in FORMATS or OWN_NAMES & row.detail.keys():
            return OTHER, row.seq
        if row.hash != _hash(row, content):
            return OTHER, row.seq
        return self._fault_of_seal(row, content, keys), row.seq

    def _fault_of_seal(self, row: Any, content: Content, keys: Keys | None) -> str:
        if not row.seal:
            self.unsealed += 1
            return BARE if self._vouched else ""
        self._vouched = True
        holds = seal_holds(content, row.seal, keys) if keys is not None else True
        if holds is False:
            return FORGED
        self._unknown = row.seq if holds is None else None
        return ""

    def _keep(self, row: Any) -> None:
        if row.action == TrailAction.SEALED:
            self.rebased = True
            self.digests.clear()
        self.destroyed = self.destroyed or row.action == TrailAction.DESTROYED
        key = key_of(row.seal)
        for table, digests in (row.rows or {}).items():
            self.digests.update({(table, name): (key, digest) for name, digest in digests.items()})


def check(session: Session) -> list[BrokenPlace]:
    """Every place where a chain does not hold; an empty list is a sound trail. Seals are looked at when the session has the keys."""
    keys: Keys | None = session.info.get(KEYS)
    broken = [place for chain in walk(session, keys) for place in chain.broken]
    return broken + list(broken_anchors(session, keys, {place.chain for place in broken}))


def walk(session: Session, keys: Keys | None, first: int | None = None, last: int | None = None) -> Iterator[Chain]:
    """Each chain from number `first` to `last`, looked at from its first row to its last."""
    rows = select(AuditRow.__table__).order_by(AuditRow.chain, AuditRow.seq)
    if first is not None:
        rows = rows.where(AuditRow.chain >= first)
    if last is not None:
        rows = rows.where(AuditRow.chain <= last)
    chain: Chain | None = None
    for row in session.execute(rows.execution_options(yield_per=ROWS_AT_ONCE)):
        if chain is None or chain.chain != row.chain:
            if chain is not None:
                chain.end()
                yield chain
            chain = Chain(row.chain)
        chain.take(row, keys)
    if chain is not None:
        chain.end()
        yield chain


def _hash(row: Any, content: Content) -> str:
    return chain_hash(content, row.seal, row.format)
