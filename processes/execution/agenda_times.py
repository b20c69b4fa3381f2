"""Times on the agenda of a session: where a case still fits, and cases of one group, which are heard together as one block."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from processes.execution.hearings import ends
from processes.storage.tables import HearingItem, HearingSession


def in_blocks(items: Sequence[HearingItem]) -> list[list[HearingItem]]:
    """The agenda in its order; cases of one block that are heard at one time stand together, every other case by itself."""
    blocks: list[list[HearingItem]] = []
    for item in items:
        last = blocks[-1][0] if blocks else None
        if last and last.block == item.block is not None and last.begins_at == item.begins_at:
            blocks[-1].append(item)
        else:
            blocks.append([item])
    return blocks


def begins_on(row: HearingSession, items: Sequence[HearingItem], minutes: int, block: int | None) -> datetime:
    """When cases of this block are heard already, or else the first time at which so many minutes are free; after the last case when
    there is none between.
    """
    beside = [one.begins_at for one in items if one.block == block is not None]
    if beside:
        return beside[0]
    at, length = row.begins_at, timedelta(minutes=minutes)
    for item in sorted(items, key=lambda one: one.begins_at):
        if item.begins_at - at >= length:
            return at
        at = max(at, ends(item) + timedelta(minutes=item.pause))
    return at


def begin_at(block: Sequence[HearingItem], at: datetime) -> None:
    """Give all cases of a block this time."""
    for item in block:
        item.begins_at = at


def in_order(items: Sequence[HearingItem]) -> None:
    """Set the place of each on the agenda by its time."""
    for position, item in enumerate(sorted(items, key=lambda one: one.begins_at)):
        item.position = position
