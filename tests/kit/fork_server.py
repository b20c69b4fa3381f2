"""The process that has loaded the whole program once, and forks where a test wants a real process of it: loading takes seconds each time."""

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from portal.app import FACES
from portal.commands import main
from processes import wiring

ROOT: Final = Path(__file__).parents[2]
CONTEXT: Final = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        "portal.commands.web",
        "portal.commands.background",
        "portal.commands.logs",
        *FACES.values(),
        "portal.demo",
        "processes.actions",
        "psycopg",
        "alembic",
    ]
)


def run(words: Sequence[str], environment: Mapping[str, str], log: str) -> None:
    """A command as an operator gives it, in a fork: all of the test that it could meet is left behind."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for number in (1, 2):
        os.dup2(told, number)
    wiring.upgrade = lambda _: None  # the installation made the schema
    main(words)
