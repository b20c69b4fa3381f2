"""Anchors: rows of chain 0 that say where other chains ended, and the setting that says where chain 0 itself ended.

`broken_anchors` looks up every end that an anchor ever noted: what was cut off, rewritten or deleted as a whole is found, also
when nothing was written in that chain afterwards.
"""

import hmac
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from processes.storage.tables import AuditRow, SettingRow
from processes.storage.trail.hashing import INSTALLATION_CHAIN, Keys
from processes.storage.trail.places import BrokenPlace
from processes.storage.words import TrailAction

ANCHORED: Final = "audit.anchored"  # the name of the setting
PAGE: Final = 400  # ends per question, within the number of parameters that every database takes

End = tuple[int, int, str]
"""Chain, number of a row, its hash."""


def sealed_state(state: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    """The setting (the last row that was looked at, the ends noted with it, where chain 0 ends with this anchor) with its seal."""
    name, key = next(iter(keys.items()))
    return {**state, "seal": f"{name}:{_mac(state, key)}"}


def broken_anchors(session: Session, keys: Keys | None, known: Collection[int]) -> Iterator[BrokenPlace]:
    """Every place where a chain is not as an anchor found it, but for the chains in `known`, which are broken anyway."""
    told = set(known)
    for place in _ends_that_differ(session):
        if place.chain not in told:
            told.add(place.chain)
            yield place
    if keys is not None and INSTALLATION_CHAIN not in told:
        yield from _broken_state(session, keys)


def _broken_state(session: Session, keys: Keys) -> Iterator[BrokenPlace]:
    setting = session.get(SettingRow, ANCHORED)
    sealed = select(func.max(AuditRow.seq)).where(
        AuditRow.chain == INSTALLATION_CHAIN, AuditRow.action == TrailAction.ANCHOR, AuditRow.seal.is_not(None)
    )
    last = session.scalar(sealed)
    if last is None:
        return
    state = dict(setting.value) if setting else {}
    name, _, made = str(state.pop("seal", "")).partition(":")
    if setting is None:
        yield BrokenPlace(INSTALLATION_CHAIN, last, "Verwijderd: de plaats van het laatste anker is weg.")
    elif name not in keys or not hmac.compare_digest(made, _mac(state, keys[name])):
        yield BrokenPlace(
            INSTALLATION_CHAIN, last, "Veranderd: de plaats van het laatste anker klopt niet met haar zegel."
        )
    elif state["house"][0] < last:
        yield BrokenPlace(INSTALLATION_CHAIN, last, "Veranderd: de plaats van het laatste anker is een oude.")


def _ends_that_differ(session: Session) -> Iterator[BrokenPlace]:
    waiting: list[End] = []
    cut: dict[int, int] = {}  # by chain the highest row that is not there
    for end in _noted(session):
        waiting.append(end)
        if len(waiting) == PAGE:
            yield from _compare(session, waiting, cut)
            waiting = []
    yield from _compare(session, waiting, cut)
    for chain, seq in sorted(cut.items()):
        yield from _cut(session, chain, seq)


def _noted(session: Session) -> Iterator[End]:
    rows = select(AuditRow.detail).where(AuditRow.chain == INSTALLATION_CHAIN, AuditRow.action == TrailAction.ANCHOR)
    for detail in session.scalars(rows.order_by(AuditRow.seq).execution_options(yield_per=20)):
        for chain, (seq, hashed) in detail.get("ends", {}).items():
            yield int(chain), seq, hashed
    setting = session.get(SettingRow, ANCHORED)
    if setting:
        seq, hashed = setting.value["house"]
        yield INSTALLATION_CHAIN, seq, hashed


def _compare(session: Session, ends: Sequence[End], cut: dict[int, int]) -> Iterator[BrokenPlace]:
    places = tuple_(AuditRow.chain, AuditRow.seq).in_([(chain, seq) for chain, seq, _ in ends])
    wanted = select(AuditRow.chain, AuditRow.seq, AuditRow.hash).where(places)
    there = {(chain, seq): hashed for chain, seq, hashed in session.execute(wanted)}
    for chain, seq, hashed in ends:
        found = there.get((chain, seq))
        if found is None:
            cut[chain] = max(seq, cut.get(chain, 0))
        elif found != hashed:
            yield BrokenPlace(chain, seq, "Veranderd: de keten is herschreven na het laatste anker.")


def _cut(session: Session, chain: int, seq: int) -> Iterator[BrokenPlace]:
    last = session.scalar(select(func.max(AuditRow.seq)).where(AuditRow.chain == chain))
    if last is None:
        yield BrokenPlace(chain, 1, "Alle regels van deze keten zijn weg.")
    elif last < seq:  # else a row in the middle is missing, which the chain itself shows
        yield BrokenPlace(chain, last + 1, f"Afgekapt: regel {last + 1} tot en met {seq} ontbreekt.")


def _mac(state: Mapping[str, Any], key: bytes) -> str:
    words = json.dumps(["anchored", state], sort_keys=True, separators=(",", ":"))
    return hmac.digest(key, words.encode(), "sha256").hex()
