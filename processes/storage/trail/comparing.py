"""Rows compared with the digests that the trail last held of them; and the digests of all rows of a chain, to begin with."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.storage.tables import AuditRow, Case, DestructionRow
from processes.storage.trail.checking import Chain
from processes.storage.trail.digests import row_digest, row_key
from processes.storage.trail.hashing import INSTALLATION_CHAIN, Keys
from processes.storage.trail.held import BY_NAME, HELD, HeldTable
from processes.storage.trail.places import BrokenPlace, ForgedRow
from processes.storage.words import DestructionState

ROWS_AT_ONCE: Final = 100
NO_CASE: Final = "Van deze keten is er geen zaak en geen verklaring van vernietiging."
NO_CHAIN: Final = "Van deze zaak is er geen controlespoor."
NO_CHAIN_LEFT: Final = "Van deze verklaring van vernietiging is er geen controlespoor."
NO_HOUSE: Final = "Het controlespoor van de installatie zelf is weg."
CHANGED: Final = "Veranderd buiten het programma om: deze regel is niet zoals het controlespoor haar kent."
ADDED: Final = "Toegevoegd buiten het programma om: het controlespoor kent deze regel niet."
GONE: Final = "Verwijderd buiten het programma om: het controlespoor kent deze regel nog wel."
NO_KEY: Final = (
    "Niet te vergelijken: het controlespoor van deze regel is van een sleutel die deze installatie niet heeft."
)


Place = tuple[str, str]
"""A row: its table, and the name by which the trail calls it."""


class _Expected:
    """The rows that one chain says to be there, and those of them that were met."""

    def __init__(self, chain: Chain) -> None:
        self.whole = chain.whole
        self.digests = chain.digests
        if chain.destroyed:  # of a destroyed case only its certificate
            self.digests = {
                place: said for place, said in chain.digests.items() if place[0] == DestructionRow.__tablename__
            }
        self.met: set[Place] = set()

    def missing(self) -> Iterator[Place]:
        """The rows that the trail knows and nobody met."""
        return (place for place, (_, digest) in self.digests.items() if digest is not None and place not in self.met)


def forged_rows(session: Session, chains: Mapping[int, Chain], keys: Keys) -> Iterator[ForgedRow]:
    """Every row of these chains that is not as the trail left it. Read within one moment with the chains. Chains that are broken
    are left out: nothing can be said of their rows. A chain of before the seals is compared as far as it holds digests.
    """
    expected = {number: _Expected(chain) for number, chain in chains.items() if not chain.broken}
    for held in HELD:
        for values in rows_of(session, held, list(expected)):
            if held.exempt(values):
                continue
            chain = held.chain_of(values)
            if what := _compared(held, values, expected[chain], keys):
                yield ForgedRow(chain, held.title, _shown(held, values), what)
    for chain, left in expected.items():
        for table, key in left.missing():
            yield ForgedRow(chain, BY_NAME[table].title if table in BY_NAME else table, key, GONE)


def _compared(held: HeldTable, values: Mapping[str, Any], expected: _Expected, keys: Keys) -> str | None:
    names = {row_key(held, values, key) for key in keys.values()} if held.private else {row_key(held, values, b"")}
    place = next(((held.name, name) for name in names if (held.name, name) in expected.digests), None)
    if place is None:
        return ADDED if expected.whole else None
    expected.met.add(place)  # and perhaps again: a drawing that goes round reaches a status twice at one moment
    name, digest = expected.digests[place]
    if digest is None:
        return ADDED
    key = keys.get(name)
    if key is None:
        return NO_KEY
    return None if row_digest(held, values, key) == digest else CHANGED


def _shown(held: HeldTable, values: Mapping[str, Any]) -> str:
    """How a report names a row: never by who somebody is."""
    return "" if held.private else row_key(held, values, b"")


def rows_of(session: Session, held: HeldTable, chains: Sequence[int]) -> Iterator[Any]:
    """The rows of a table in these chains."""
    wanted = select(held.table)
    if held.chain_column:
        column = held.table.c[held.chain_column]
        mine = column.in_([chain for chain in chains if chain != INSTALLATION_CHAIN])
        wanted = wanted.where(mine | column.is_(None) if INSTALLATION_CHAIN in chains else mine)
    elif INSTALLATION_CHAIN not in chains:
        return
    yield from session.execute(wanted.execution_options(yield_per=ROWS_AT_ONCE)).mappings()


def digests_of_all(session: Session, chain: int, keys: Keys) -> dict[str, dict[str, str | None]]:
    """By table and key the digests of all rows of a chain, as they are now."""
    key = next(iter(keys.values()))
    found: dict[str, dict[str, str | None]] = {}
    for held in HELD:
        for values in rows_of(session, held, [chain]):
            if not held.exempt(values):
                found.setdefault(held.name, {})[row_key(held, values, key)] = row_digest(held, values, key)
    return found


def without_case(session: Session, chains: Sequence[int]) -> Iterator[BrokenPlace]:
    """Those of these chains whose case is not there, and was not destroyed."""
    cases = set(session.scalars(select(Case.id).where(Case.id.in_(chains))))
    gone = select(DestructionRow.case_id).where(
        DestructionRow.case_id.in_(chains), DestructionRow.state == DestructionState.DESTROYED
    )
    known = cases | set(session.scalars(gone))
    yield from (BrokenPlace(chain, 1, NO_CASE) for chain in chains if chain not in known | {INSTALLATION_CHAIN})


def without_chain(session: Session, page: int) -> Iterator[BrokenPlace]:
    """Every case and every certificate that has no chain; and that the installation has none while there are cases."""
    for what, column in ((NO_CHAIN, Case.id), (NO_CHAIN_LEFT, DestructionRow.case_id)):
        bare = ~select(AuditRow.id).where(AuditRow.chain == column).exists()
        yield from (BrokenPlace(case, 1, what) for case in _paged(session, column, bare, page))
    house = select(AuditRow.id).where(AuditRow.chain == INSTALLATION_CHAIN).limit(1)
    if session.scalar(house) is None and session.scalar(select(Case.id).limit(1)) is not None:
        yield BrokenPlace(INSTALLATION_CHAIN, 1, NO_HOUSE)


def _paged(session: Session, column: Any, which: Any, page: int) -> Iterator[int]:
    after = 0
    wanted = select(column).where(which).order_by(column).limit(page)
    while found := session.scalars(wanted.where(column > after)).all():
        yield from found
        after = found[-1]
