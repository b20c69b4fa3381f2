"""The services of one process as one value: settings, database sessions, clock, files, secrets, caches, dispatcher.

`processes.wiring` makes it once per process; every action, read and job gets it handed.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.orm import Session, sessionmaker

from engine import Effect
from processes.base.clock import Clock
from processes.base.registers import Registers
from processes.base.secrets import Secrets
from processes.base.settings import Settings
from processes.storage.dispatcher import Dispatcher
from processes.storage.files import FileStore
from processes.storage.law_cache import LawCache
from processes.storage.model_cache import ModelCache
from processes.storage.style_cache import StyleCache
from processes.storage.tables import Instance


class Reactions(Protocol):
    """The interface that carries out the effects of a step. The layer `effects` implements it; `wiring` hands it over.

    `run` is the `CaseExecution`, of a layer above this one.
    """

    def carry_out(self, run: Any, instance: Instance, effect: Effect) -> None:
        """Turn one effect of the engine into rows and, where needed, further commands."""

    def outputs_to_parent(self, run: Any, child: Instance, parent: Instance) -> None:
        """Hand the outputs of a called process to its caller."""

    def person_ended(self, run: Any, child: Instance, parent: Instance) -> None:
        """One of several people is done with a task that each of them got, or is gone."""

    def case_ended(self, run: Any) -> None:
        """Close the case."""


@dataclass(frozen=True)
class Services:
    settings: Settings
    sessions: sessionmaker[Session]
    clock: Clock
    files: FileStore
    secrets: Secrets
    models: ModelCache
    law: LawCache
    reactions: Reactions
    dispatcher: Dispatcher | None = None  # None: nobody is told, and the outbox waits for a sweep
    styles: StyleCache = field(default_factory=StyleCache)
    registers: Registers | None = None  # None: this installation is connected to no register
