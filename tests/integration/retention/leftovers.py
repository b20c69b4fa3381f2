"""Looks everywhere for what may be left of a dossier: every column of every table, the raw database, every file."""

from pathlib import Path

from kit.dossiers import Made
from sqlalchemy import inspect, select, text
from sqlalchemy import table as table_named
from sqlalchemy.orm import Session

from processes.storage.services import Services
from processes.storage.session import read_only


def database_dump(services: Services) -> bytes:
    """Every column of every table, bytes as they are; of SQLite also the raw files, of PostgreSQL the whole catalogue."""
    engine = services.sessions.kw["bind"]
    found: list[bytes] = []
    with services.sessions() as session:
        read_only(session)
        for table in inspect(engine).get_table_names():
            for row in session.execute(select(text("*")).select_from(table_named(table))):
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
        if engine.dialect.name == "postgresql":
            found += _catalogue(session)
    if engine.dialect.name == "sqlite":
        base = Path(engine.url.database)
        found += [part.read_bytes() for part in base.parent.glob(f"{base.name}*")]
    return b"\n".join(found)


def _catalogue(session: Session) -> list[bytes]:
    """Every row of every table of every schema: also what the server keeps for itself, such as samples for its planner."""
    tables = session.scalars(text("SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'm')")).all()
    rows = (session.scalars(text(f"SELECT one::text FROM {name} one")) for name in tables)  # noqa: S608
    return [row.encode() for found in rows for row in found]


def files_dump(services: Services) -> bytes:
    places = [place for place in Path(services.settings.files).rglob("*") if place.is_file()]
    return b"\n".join(str(place).encode() + place.read_bytes() for place in places)


def left_of(services: Services, made: Made) -> list[str]:
    everything = (database_dump(services) + files_dump(services)).lower()
    return [word for word in (*made.words, *made.blobs) if word.lower().encode() in everything]
