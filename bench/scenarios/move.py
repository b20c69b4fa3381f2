"""`move`: running cases go to a new version of their case type, against completing a task in the same database.

Half of the cases wait for a look and half for an answer with its timer, as copies of played ones. The whole way is measured: the
press of an administrator, and the outbox work that takes a case at a time under its lock until the last one has gone.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from bench.figures import Effort, Figure, alternate, at_most, milliseconds
from bench.ground import HOME, Ground, ground
from bench.postgres import PostgresServer
from bench.scenarios.complete import next_of
from bench.scenarios.studio import ADMIN
from bench.seed import seed
from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.moving import StartMove
from processes.base.actor import SYSTEM
from processes.jobs.workers import drain
from processes.storage.tables import Case, CaseMove
from processes.storage.words import CaseMoveState, CaseState

NAME: Final = "rondje"
AGAINST_COMPLETE: Final = 2.0  # at least half of its throughput
CHANGED: Final = b'name="Geef antwoord"'


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    with ground(server, "move") as here:
        seed(here, effort.moved * 10 // 8)  # of ten, two are closed
        complete = _complete(here, effort)
        running = _running(here)
        _new_version(here)
        taken = milliseconds(lambda: _moved(here, running))
        went = _went(here)
        if went != running:
            raise RuntimeError(f"{went} of {running} cases were moved")
        told = {"cases": running, "per_case_ms": taken / running, "complete_ms": complete}
        yield at_most("move", [taken / running / complete], AGAINST_COMPLETE, told)


def _complete(here: Ground, effort: Effort) -> float:
    """Milliseconds of a completed task, before anything is moved."""
    many = effort.times + 5
    for _ in range(many):
        here.register()
    return alternate([next_of(here, "Look", many, route="verder")], effort.times)[0]


def _new_version(here: Ground) -> None:
    folder = read_folder(HOME / "drawings" / NAME)
    changed = replace(folder, drawing=folder.drawing.replace(CHANGED, CHANGED[:-1] + b' nu"'))
    act(here.services, SYSTEM, DeployFolder(changed))


def _moved(here: Ground, running: int) -> None:
    act(here.services, ADMIN, StartMove(NAME, 1))
    drain(here.services, rounds=running)  # a batch of cases to a round


def _running(here: Ground) -> int:
    with here.services.sessions() as session:
        return session.scalar(select(func.count()).where(Case.state == CaseState.RUNNING)) or 0


def _went(here: Ground) -> int:
    with here.services.sessions() as session:
        return session.scalar(select(func.count()).where(CaseMove.state == CaseMoveState.MOVED)) or 0
