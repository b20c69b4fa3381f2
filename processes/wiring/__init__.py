"""The one place where everything is wired: settings in, `Services` out, which every page, command and process carries along.

The database is brought to the newest schema where that is wanted.
"""

from functools import partial

from processes import effects
from processes.base.clock import Clock
from processes.base.secrets import secrets_of
from processes.base.settings import Settings
from processes.storage.business_time import business_now
from processes.storage.dispatcher import make_dispatcher
from processes.storage.file_scans import refuse_unscanned
from processes.storage.files import FileStore
from processes.storage.law_cache import LawCache
from processes.storage.model_cache import ModelCache
from processes.storage.services import Services
from processes.storage.session import make_sessions, upgrade
from processes.storage.sign_in import note_issuer
from processes.storage.trail.hashing import PURPOSE
from processes.storage.trail.watching import watch_rows


def open_services(settings: Settings, *, migrate: bool = False, clock: Clock | None = None) -> Services:
    """Everything wired. `migrate` first brings the database to the newest schema: the demo does, production says so."""
    if migrate:
        upgrade(settings.database)
    sessions = make_sessions(settings.database, fast=settings.fast_database)
    secrets = secrets_of(settings)
    if migrate:
        note_issuer(sessions, settings)
    services = Services(
        settings=settings,
        sessions=sessions,
        clock=clock or Clock(),
        files=FileStore(
            settings.files,
            settings.data / "incoming",
            secrets,
            encrypt=settings.encrypt_files,
            gate=partial(refuse_unscanned, sessions),
        ),
        secrets=secrets,
        models=ModelCache(),
        law=LawCache(),
        reactions=effects.REACTIONS,
        dispatcher=make_dispatcher(settings),
    )
    watch_rows(sessions, secrets.mac_keys(PURPOSE), partial(business_now, services))
    return services


def close_services(services: Services) -> None:
    """Give back connections. The services are of no use afterwards."""
    if services.dispatcher is not None:
        services.dispatcher.close()
    engine = services.sessions.kw["bind"]
    engine.dispose()
