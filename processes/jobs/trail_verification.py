"""The part of `verify` that looks at the audit trail: chains, seals and anchors, and every held row beside its digest.

It goes through the chains some at a time, each time at one moment of the database, so that it may run next to all other work
and its memory does not grow with the number of cases.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.storage.services import Services
from processes.storage.session import at_one_moment, read_only, transaction
from processes.storage.tables import AuditRow, Case, DestructionRow
from processes.storage.trail.anchors import broken_anchors
from processes.storage.trail.checking import Chain, walk
from processes.storage.trail.comparing import forged_rows, without_case, without_chain
from processes.storage.trail.hashing import INSTALLATION_CHAIN, PURPOSE
from processes.storage.trail.places import BrokenPlace, ForgedRow

CHAINS_AT_ONCE: Final = 100
CASES_AT_ONCE: Final = 500
OLD: Final = (
    "{} controlesporen zijn van voor de zegels: wie bij de database kon, kan er ongezien iets in hebben veranderd."
)
ONE_OLD: Final = (
    "Eén controlespoor is van voor de zegels: wie bij de database kon, kan er ongezien iets in hebben veranderd."
)

Said = tuple[str, str, str]
"""Code of a problem, where it is, and what it is in a Dutch sentence."""


def problems_of_trail(services: Services, tick: Callable[[int, int], None]) -> Iterator[Said]:
    """Everything that is wrong with the trail, or with rows that it holds digests of."""
    with transaction(services.sessions) as session:
        total = read_only(session).scalar(select(func.count()).select_from(AuditRow)) or 0
    tick(0, total)
    done, old, broken = 0, 0, set[int]()
    for chains in _pages(services):
        page = _looked_at(services, chains)
        yield from page.said
        broken |= page.broken
        old += page.old
        done += page.rows
        tick(min(done, total), total)
    yield from _said_of_all(services, broken)
    if old:
        yield "trail_unsealed", "controlespoor", ONE_OLD if old == 1 else OLD.format(old)
    tick(total, total)


class _Page:
    """The findings in some chains: problems, which chains are broken, how many rows and chains of before the seals."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.broken: set[int] = set()
        self.rows = 0
        self.old = 0


def _pages(services: Services) -> Iterator[Sequence[int]]:
    wanted = select(AuditRow.chain).distinct().order_by(AuditRow.chain).limit(CHAINS_AT_ONCE)
    after = -1
    while True:
        with transaction(services.sessions) as session:
            found = read_only(session).scalars(wanted.where(AuditRow.chain > after)).all()
        if not found:
            return
        yield found
        after = found[-1]


def _looked_at(services: Services, numbers: Sequence[int]) -> _Page:
    page, keys = _Page(), services.secrets.mac_keys(PURPOSE)
    with transaction(services.sessions) as session:
        at_one_moment(session)
        chains: dict[int, Chain] = {}
        places: list[BrokenPlace] = []
        for chain in walk(session, keys, numbers[0], numbers[-1]):
            chains[chain.chain] = chain
            places += chain.broken
            page.rows += chain.rows
            page.old += not chain.whole
        page.broken = {place.chain for place in places}
        places += without_case(session, list(chains.keys() - page.broken))
        page.said = _said(session, places) + _said(session, list(forged_rows(session, chains, keys)))
    return page


def _said_of_all(services: Services, broken: set[int]) -> Iterator[Said]:
    """The problems that only show when all chains are known: those that an anchor found longer, and cases that have none."""
    keys = services.secrets.mac_keys(PURPOSE)
    with transaction(services.sessions) as session:
        at_one_moment(session)
        places = list(broken_anchors(session, keys, broken))
        told = broken | {place.chain for place in places}
        places += [place for place in without_chain(session, CASES_AT_ONCE) if place.chain not in told]
        said = _said(session, places)
    yield from said


def _said(session: Session, found: Sequence[BrokenPlace | ForgedRow]) -> list[Said]:
    numbers = _numbers(session, {one.chain for one in found}) if found else {}
    said: list[Said] = []
    for one in found:
        number = numbers.get(one.chain, f"{one.chain}")
        if isinstance(one, BrokenPlace):
            said.append(("audit_broken", f"controlespoor {number}, regel {one.seq}", one.what))
        else:
            said.append(("row_forged", ", ".join(filter(None, (number, f"{one.title} {one.key}".strip()))), one.what))
    return said


def _numbers(session: Session, chains: set[int]) -> dict[int, str]:
    """The number of the case of each chain, of a destroyed one too."""
    found: dict[int, str] = {INSTALLATION_CHAIN: "van het huis"}
    for column, number in ((DestructionRow.case_id, DestructionRow.case_number), (Case.id, Case.number)):
        pairs: Any = session.execute(select(column, number).where(column.in_(chains))).all()
        found.update(dict(pairs))
    return found
