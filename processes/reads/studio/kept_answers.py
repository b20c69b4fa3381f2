"""Answers of rehearsals that were played before, by the digest of all that they were played with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from processes.base.isolated_play import PlayedThrough, played_as
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.studio.kept_rehearsals import STALLED, order_name, read_kept

STOPPED_FOR: Final = timedelta(minutes=5)  # what was stopped is played again: the machine may have been busy


def read_answers(services: Services, contents: Collection[str]) -> dict[str, PlayedThrough]:
    """The answers that are known: how each went and what it came past, without what was to be seen."""
    with reading(services) as (session, _now):
        found = read_kept(session, services.secrets, contents)
    answers = ((name, _answer(one)) for name, one in found.items())
    return {name: one for name, one in answers if one is not None}


def _answer(kept: Mapping[str, Any]) -> PlayedThrough | None:
    played = played_as({name: one for name, one in kept.items() if name != "kept_at"})
    old = datetime.now(UTC) - kept["kept_at"] > STOPPED_FOR
    return None if played.of_the_machine and old else played


@dataclass(frozen=True, slots=True)
class PlayingNow:
    """Workers are at it: how many rehearsals are played, of how many."""

    done: int
    total: int


def at_work(services: Services, about: str) -> bool:
    """Whether what has this digest was ordered, and workers are at it; not when nothing was heard of them for a while."""
    name = order_name(about)
    with reading(services) as (session, _now):
        order = read_kept(session, services.secrets, [name]).get(name)
    return order is not None and datetime.now(UTC) - order["kept_at"] < STALLED
