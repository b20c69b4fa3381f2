"""Keeps a small filled database of this release under tests/data/releases/, for every later release to load.

    python tools/keep_release.py

Run it once, when a release is made, with the code of that release. The folder holds `database.sqlite.zst`, the same rows as
`database.sql.zst` (what pg_dump writes), `files.tar.zst` with the stored files, `about.json` and a README.md. A folder,
once released, never changes.
"""

import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections import Counter
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import zstandard
from release_filling import fill
from sqlalchemy import create_engine, select, text

from bench.postgres import PostgresServer
from processes.base.settings import Settings
from processes.rehearsal.sandbox import StandingClock
from processes.storage.audit import anchor
from processes.storage.base import Base
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.storage.tables import Case, Instance, OutboxRow, TaskRow
from processes.wiring import close_services, open_services

RELEASES: Final = Path(__file__).parents[1] / "tests" / "data" / "releases"
SECRET: Final = "verzonnen-en-alleen-voor-bewaarde-uitgaven"  # noqa: S105 - invented, and told in the README beside the data
LEVEL: Final = 19
README: Final = """# A small filled database of release {release}

Made with `python tools/keep_release.py` by the code of release {release}, schema {schema}. Never change it: tests load it, bring
it to the newest schema and play its cases on (tests/integration/database/test_releases.py).

Everybody and everything in it is invented: it is the demo's story on fixed days, with what tools/release_filling.py adds.
Business time stands at {now}. Secret, for these data only: `{secret}`.

- `database.sqlite.zst`: the SQLite file. `database.sql.zst`: the same rows as pg_dump writes them, schema included.
- `files.tar.zst`: the folder of stored files that belongs to both.
- `about.json`: release, schema, moment and secret, for the tests.
- `stored-words.json`: the words of this release that stand in rows, on queues, in settings and in metrics
  (tests/unit/stored_words; written by `python tests/unit/stored_words/stored_table.py {release}`).

What it holds:

{holds}
"""


def main() -> None:
    release = ".".join(version("zaakspoor").split(".")[:2])
    target = RELEASES / release
    if (target / "about.json").exists():
        raise SystemExit(f"{target} is there already: what was released never changes")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zs-keep-") as place:
        _keep(Path(place), target, release)


def _keep(place: Path, target: Path, release: str) -> None:
    address, clock = f"sqlite:///{place}/kept.db", StandingClock()
    settings = Settings(database=address, files=f"{place}/files", data=place, secret=SECRET, demo=True)
    services = open_services(settings, migrate=True, clock=clock)
    try:
        fill(services, clock)
        with services.sessions.begin() as session:
            anchor(session, clock.now())
        holds = _holds(services)
    finally:
        close_services(services)
    with closing(sqlite3.connect(place / "kept.db", isolation_level=None)) as file:
        schema = file.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        file.execute("PRAGMA journal_mode=DELETE")
        file.execute("VACUUM")
    _write(target / "database.sqlite.zst", (place / "kept.db").read_bytes())
    _write(target / "database.sql.zst", _dump(address))
    _write(target / "files.tar.zst", _tar(place / "files"))
    about = {"release": release, "schema": schema, "now": clock.now().isoformat(), "secret": SECRET}
    (target / "README.md").write_text(README.format(**about, holds=holds))
    (target / "about.json").write_text(json.dumps(about, indent=1) + "\n")


def _write(place: Path, content: bytes) -> None:
    place.write_bytes(zstandard.ZstdCompressor(level=LEVEL).compress(content))


def _tar(folder: Path) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                entry = tarfile.TarInfo(str(one.relative_to(folder)))
                entry.size = one.stat().st_size
                tar.addfile(entry, io.BytesIO(one.read_bytes()))
    return made.getvalue()


def _dump(sqlite: str) -> bytes:
    """The rows of the SQLite file on a PostgreSQL at the same schema, as pg_dump writes them."""
    folder = Path(tempfile.mkdtemp(prefix="zs-pg-"))  # short: the path of a socket may have 107 characters
    server = PostgresServer(folder)
    try:
        server.start()
        server.make_database("kept", "template1")
        upgrade(server.address("kept"))
        _copy(sqlite, server.address("kept"))
        words = server.dump("kept").splitlines(keepends=True)
    finally:
        server.stop()
        shutil.rmtree(folder)
    return b"".join(line for line in words if not line.startswith(b"\\"))  # words to psql, which is not what loads it


def _copy(source: str, target: str) -> None:
    reading, writing = create_engine(source), create_engine(target)
    with reading.connect() as old, writing.begin() as new:
        new.execute(text("SET session_replication_role = replica"))  # rows may refer to later ones
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in old.execute(select(table).order_by(*table.primary_key)).mappings()]
            if rows:
                new.execute(table.insert(), rows)
            if "id" in table.c and _counts(table):
                new.execute(
                    text(f"SELECT setval('{table.name}_id_seq', {max((row['id'] for row in rows), default=1)})")
                )
    reading.dispose()
    writing.dispose()


def _counts(table: Any) -> bool:
    return table.c.id.type.python_type is int


def _holds(services: Services) -> str:
    """Counts per kind, as a list for the README."""
    with services.sessions() as session:
        lines = {
            "cases": Counter(session.execute(select(Case.case_type, Case.state)).all()),
            "processes": Counter(session.execute(select(Instance.process, Instance.phase)).all()),
            "open tasks": Counter(
                session.execute(select(TaskRow.side, TaskRow.element).where(TaskRow.state == "open"))
            ),
            "waiting work": Counter(session.execute(select(OutboxRow.kind).where(OutboxRow.done_at.is_(None)))),
        }
        rows = {table.name: len(session.execute(select(table)).all()) for table in Base.metadata.sorted_tables}
    told = [f"- {what}: {', '.join(_words(key, many) for key, many in found.items())}" for what, found in lines.items()]
    return "\n".join([*told, f"- rows: {', '.join(f'{name} {many}' for name, many in sorted(rows.items()))}"])


def _words(key: Any, many: int) -> str:
    return f"{' '.join(map(str, key))} ({many})" if many > 1 else " ".join(map(str, key))


if __name__ == "__main__":
    main()
