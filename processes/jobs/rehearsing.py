"""Rehearsals are played and their answers kept: a few at once for who waits, many by the workers (outbox kind `rehearse`).

An order is played in parts, so that mail and other work get their turn in between, and a part that was broken off is done again
without harm: what was played is known, and only the rest is played.
"""

from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any, Final

from processes.base.actor import SYSTEM
from processes.base.isolated_play import AT_ONCE, PlayedThrough, PlayedWith
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.jobs.seeking import seek
from processes.reads.admin.uploading import in_use, own_law, reading_of
from processes.reads.studio.guarding import DeployGuard, Guarded, guard_of
from processes.reads.studio.ways_there import search_name
from processes.storage.model_cache import unpack
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.words import OutboxKind
from processes.studio.kept_rehearsals import forget, keep, read_kept, touch

PART: Final = 6  # rehearsals in one piece of work: a few seconds, far within its lease
Answers = Mapping[str, PlayedThrough]


def play_missing(services: Services, guard: DeployGuard) -> DeployGuard:
    """The guard after all that was missing is played and kept. Raises StageBusy."""
    while guard.missing:
        guard = guard.with_answers(_play(services, guard.missing))
    return guard


def keep_answers(services: Services, answers: Answers) -> None:
    """Keep how rehearsals went, each by the digest of all that it was played with."""
    transact(services, SYSTEM, lambda work: _keep(work, answers))


def play_ordered(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"order": name, "turn": id, "part": number}`. Raises StageBusy when it must be tried again."""
    name = str(payload["order"])
    with services.sessions() as session:
        order = read_kept(read_only(session), services.secrets, [name]).get(name)
    if order is None or order["turn"] != payload["turn"]:
        return  # it was done, or ordered again
    guard = guard_of(services, unpack(order["process"], b64decode(order["packed"])))
    if order["seek"]:
        _seek(services, guard, name, order["seek"])
        return
    answers = _play(services, guard.missing[:PART])
    if guard.with_answers(answers).missing:
        transact(services, SYSTEM, lambda work: _go_on(work, payload))
    else:
        transact(services, SYSTEM, lambda work: _end(work, name))


def _seek(services: Services, guard: DeployGuard, order: str, element: str) -> None:
    """Search for a way to an element, and keep what came of it."""
    played_with = PlayedWith(guard.folder, in_use(services)[0], own_law(services))
    drawing = reading_of(guard.folder.drawing).drawing
    if drawing is not None and element in drawing.nodes:
        found = asdict(seek(played_with, drawing, element, [one.steps for one in guard.rehearsals]))
        name = search_name(played_with, guard, element)
        transact(services, SYSTEM, lambda work: _keep_found(work, name, found))
    transact(services, SYSTEM, lambda work: _end(work, order))


def _keep_found(work: UnitOfWork, name: str, found: Mapping[str, Any]) -> str:
    keep(work.session, work.services.secrets, name, found)
    return ""


def _play(services: Services, missing: Sequence[Guarded]) -> Answers:
    """Each is kept as soon as it is played, which is what a page shows of the progress."""

    def answer(one: Guarded) -> tuple[str, PlayedThrough]:
        played = one.play()
        keep_answers(services, {one.content: played})
        return one.content, played

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(pool.map(answer, _once(missing)))


def _once(missing: Iterable[Guarded]) -> Iterable[Guarded]:
    return {one.content: one for one in missing}.values()


def _keep(work: UnitOfWork, answers: Answers) -> str:
    for content, played in answers.items():
        keep(work.session, work.services.secrets, content, played.outcome)
    return ""


def _go_on(work: UnitOfWork, payload: Mapping[str, Any]) -> str:
    turn, part = payload["turn"], int(payload["part"]) + 1
    touch(work.session, payload["order"])
    work.enqueue(
        OutboxKind.REHEARSE, f"rehearse:{turn}:{part}", {"order": payload["order"], "turn": turn, "part": part}
    )
    return ""


def _end(work: UnitOfWork, name: str) -> str:
    forget(work.session, name)
    return ""
