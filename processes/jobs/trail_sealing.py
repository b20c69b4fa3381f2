"""Taking all rows of a chain into the trail as they are now: for chains of before the seals, or after a new secret.

It says that what stands there is right, so it is only done when an operator asks, and not for a chain in which something is
wrong. Each chain is one transaction under the lock of its case; killed half way, the next run goes on with what is left.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from processes.base.actor import SYSTEM
from processes.base.security_log import SecurityEvent, security_event
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage import audit
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import at_one_moment, read_only, transaction
from processes.storage.tables import AuditRow
from processes.storage.trail.anchors import broken_anchors
from processes.storage.trail.checking import walk
from processes.storage.trail.comparing import digests_of_all, forged_rows
from processes.storage.trail.hashing import PURPOSE
from processes.storage.words import TrailAction

PAGE: Final = 500
DONE, WRONG = "done", "wrong"


@dataclass(frozen=True, slots=True)
class Sealing:
    """How many chains were sealed, and the numbers of those in which something is wrong: these were left alone."""

    done: int
    wrong: Sequence[int]


def seal_trail(
    services: Services, tick: Callable[[int], None] = lambda _: None, *, every: bool = False, accept: bool = False
) -> Sealing:
    """Seal the chains of before the seals, or with `every` all of them, so that each digest has the present key. Raises Busy.

    With `accept` also a chain whose rows are not as it says, as after a migration that changed them; never one that is broken itself.
    """
    with transaction(services.sessions) as session:
        wrong = {place.chain for place in broken_anchors(at_one_moment(session), None, ())}
    done = 0
    for chain in _chains(services, every=every):
        if chain in wrong or _seal(services, chain, accept=accept) == WRONG:
            wrong.add(chain)
            continue
        done += 1
        tick(done)
        if done % PAGE == 0:
            _anchor(services)
    _anchor(services)
    if done or wrong:
        security_event(SecurityEvent.SETTING_CHANGED, who=SYSTEM, setting="trail_sealed", done=done, wrong=len(wrong))
    return Sealing(done, sorted(wrong))


def _chains(services: Services, *, every: bool) -> Iterator[int]:
    after = -1
    while True:
        with transaction(services.sessions) as session:
            found = read_only(session).scalars(_wanted(after, every=every)).all()
        if not found:
            return
        yield from found
        after = found[-1]


def _wanted(after: int, *, every: bool) -> Select[Any]:
    first = select(AuditRow.chain).where(AuditRow.seq == 1, AuditRow.chain > after).order_by(AuditRow.chain).limit(PAGE)
    if every:
        return first
    later = aliased(AuditRow)
    sealed = select(later.id).where(later.chain == AuditRow.chain, later.action == TrailAction.SEALED).exists()
    return first.where(AuditRow.seal.is_(None), ~sealed)


def _seal(services: Services, chain: int, *, accept: bool) -> str:
    return transact(services, SYSTEM, lambda work: _rebase(work, chain, accept=accept))


def _rebase(work: UnitOfWork, chain: int, *, accept: bool) -> str:
    session, keys = work.session, work.services.secrets.mac_keys(PURPOSE)
    audit.hold(session, chain)
    chains = {one.chain: one for one in walk(session, keys, chain, chain)}
    broken = any(one.broken for one in chains.values())
    if broken or (not accept and list(forged_rows(session, chains, keys))):
        return WRONG
    audit.rebase(session, chain, digests_of_all(session, chain, keys))
    work.audit(chain, TrailAction.SEALED)
    return DONE


def _anchor(services: Services) -> None:
    with transaction(services.sessions) as session:
        audit.anchor(session, business_now(services, session))
