"""The PostgreSQL of the tests starts wherever its wheel lies, also under a home folder that is closed to others."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bench.postgres import PostgresServer, copy_programs, installed_wheel, programs_of
from processes.storage.session import make_engine


@pytest.fixture
def short_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="zs-pg-"))  # short: the path of a socket may have 107 characters
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def closed_wheel(tmp_path: Path) -> Path:
    """The wheel under a folder that only its owner may enter, as the home folder of root is."""
    home = tmp_path / "home"
    copied = copy_programs(programs_of(installed_wheel()), home / "packages")
    home.chmod(0o700)
    return copied.parents[1]


def test_a_server_starts_from_a_wheel_in_a_closed_folder(closed_wheel: Path, short_folder: Path) -> None:
    server = PostgresServer(short_folder, wheel=closed_wheel)
    try:
        server.start()
        engine = make_engine(server.address("postgres"))
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT 1")) == 1
        engine.dispose()
    finally:
        server.stop()


@pytest.mark.parametrize("program", ["initdb", "pg_ctl", "postgres"])
def test_a_copied_program_needs_nothing_from_where_it_came(
    closed_wheel: Path, short_folder: Path, program: str
) -> None:
    copied = copy_programs(programs_of(closed_wheel), short_folder)
    shutil.rmtree(closed_wheel.parent)
    done = subprocess.run([copied / program, "--version"], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert program in done.stdout
