"""The one place where everything is wired: settings in, a House out, which every door carries along."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from processes.clock import Clock
from processes.settings import Settings

if TYPE_CHECKING:
    from processes.actors import Doorbell
    from processes.files import FileStore
    from processes.law_shelf import LawShelf
    from processes.model_shelf import ModelShelf
    from processes.secrets import Secrets


@dataclass(frozen=True)
class House:
    settings: Settings
    sessions: sessionmaker[Session]
    clock: Clock
    files: "FileStore"
    secrets: "Secrets"
    models: "ModelShelf"
    law: "LawShelf"
    bell: "Doorbell | None" = None  # None: nobody is rung, and the outbox waits for a sweep
