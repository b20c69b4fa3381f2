"""Opening the house: settings in, a wired House out, with its database at the newest schema where that is wanted."""

from processes.clock import Clock
from processes.corridor import effects
from processes.database.session import make_sessions, upgrade
from processes.dispatcher import make_doorbell
from processes.files import FileStore
from processes.house import House
from processes.law_shelf import LawShelf
from processes.model_shelf import ModelShelf
from processes.secrets import Secrets, read_secret
from processes.settings import Settings


def open_house(settings: Settings, *, migrate: bool = False, clock: Clock | None = None) -> House:
    """Everything wired. `migrate` first brings the database to the newest schema: the demo does, production says so."""
    if migrate:
        upgrade(settings.database)
    return House(
        settings=settings,
        sessions=make_sessions(settings.database),
        clock=clock or Clock(),
        files=FileStore(settings.files, settings.data / "incoming"),
        secrets=Secrets(read_secret(settings)),
        models=ModelShelf(),
        law=LawShelf(),
        reactions=effects.REACTIONS,
        bell=make_doorbell(settings),
    )


def close_house(house: House) -> None:
    """Give back connections. The house is of no use afterwards."""
    if house.bell is not None:
        house.bell.close()
    engine = house.sessions.kw["bind"]
    engine.dispose()
