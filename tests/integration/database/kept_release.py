"""A database that an earlier release filled, loaded on each kind of server, with its files and its own clock and secret."""

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import zstandard
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy import table as sql_table
from sqlalchemy.pool import NullPool

from processes.base.settings import Settings
from processes.rehearsal.sandbox import StandingClock
from processes.storage.services import Services
from processes.wiring import close_services, open_services

RELEASES: Final = Path(__file__).parents[2] / "data" / "releases"
NAMES: Final = sorted(place.parent.name for place in RELEASES.glob("*/about.json"))

# columns of which PostgreSQL keeps no samples: what people write must not stay behind after its rows
UNSAMPLED: Final = """
    SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attstattarget = 0 AND relkind = 'r' AND relnamespace = 'public'::regnamespace"""


@dataclass(frozen=True)
class Kept:
    """One loaded release: the address of its database, still at its own schema, and what its README says."""

    address: str
    folder: Path
    schema: str
    now: datetime
    secret: str

    @contextmanager
    def opened(self) -> Iterator[tuple[Services, StandingClock]]:
        """The installation as today's code wires it, at the moment at which the release was left."""
        clock = StandingClock()
        clock.moment = self.now
        settings = Settings(
            database=self.address, files=f"{self.folder}/files", data=self.folder, secret=self.secret, demo=True
        )
        services = open_services(settings, clock=clock)
        try:
            yield services, clock
        finally:
            close_services(services)


def load(release: str, address: str, folder: Path) -> Kept:
    """Put a release in an empty database and its files in a folder."""
    source = RELEASES / release
    if address.startswith("sqlite"):
        Path(address.removeprefix("sqlite:///")).write_bytes(_unpacked(source / "database.sqlite.zst"))
    else:
        _run(address, _unpacked(source / "database.sql.zst").decode())
    with tarfile.open(fileobj=io.BytesIO(_unpacked(source / "files.tar.zst"))) as tar:
        for member in tar:  # our own archive; Python before 3.11.4 has no filter for what is extracted
            if member.isfile() and (content := tar.extractfile(member)):
                place = folder / "files" / member.name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content.read())
    about = json.loads((source / "about.json").read_text())
    return Kept(address, folder, about["schema"], datetime.fromisoformat(about["now"]), about["secret"])


def shape(address: str) -> dict[str, Any]:
    """Every table with its columns, keys and indexes, without the order in which the database happens to keep them."""
    engine = create_engine(address, poolclass=NullPool)
    looking = inspect(engine)
    parts = {
        "columns": _by_table(
            looking.get_multi_columns(), lambda one: (str(one["type"]), one["nullable"], one["default"])
        ),
        "keys": _by_table(
            looking.get_multi_foreign_keys(), lambda one: (one["constrained_columns"], one["referred_table"])
        ),
        "unique": _by_table(looking.get_multi_unique_constraints(), lambda one: one["column_names"]),
        "indexes": _by_table(looking.get_multi_indexes(), lambda one: (one["column_names"], one["unique"])),
    }
    primary = {table: one["constrained_columns"] for (_, table), one in looking.get_multi_pk_constraint().items()}
    found: dict[str, Any] = {
        table: {"primary": key, **{part: of.get(table, {}) for part, of in parts.items()}}
        for table, key in primary.items()
    }
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            for table, column in connection.execute(text(UNSAMPLED)):
                found[table].setdefault("unsampled", set()).add(column)
    engine.dispose()
    return found


def _by_table(found: Any, shown: Callable[[Any], Any]) -> dict[str, dict[str, Any]]:
    return {table: {one["name"]: shown(one) for one in rows} for (_, table), rows in found.items()}


def rows_of(address: str) -> dict[str, list[tuple[str, ...]]]:
    """The rows of every table as text, in their order of this text."""
    engine = create_engine(address, poolclass=NullPool)
    with engine.connect() as connection:
        found = {
            name: sorted(
                tuple(f"{column}={row[column]!r}" for column in sorted(row.keys()))
                for row in connection.execute(select(text("*")).select_from(sql_table(name))).mappings()
            )
            for name in inspect(connection).get_table_names()
        }
    engine.dispose()
    return found


def _unpacked(place: Path) -> bytes:
    return zstandard.ZstdDecompressor().decompress(place.read_bytes())


def _run(address: str, script: str) -> None:
    engine = create_engine(address, poolclass=NullPool)  # the script changes settings of its connection
    with engine.connect() as connection:
        connection.connection.dbapi_connection.execute(script)  # type: ignore[union-attr]
        connection.connection.dbapi_connection.commit()  # type: ignore[union-attr]
    engine.dispose()
