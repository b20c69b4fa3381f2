"""Tests write in memory where there is room for it: a commit then waits for no disk, and PostgreSQL copies a database in a quarter of the time.

The program is not told: its commits are as in production, on files. Who sets TMPDIR chooses the place. What a run leaves there, such as the
folders of tests that failed, goes at the next run.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - the place of Linux for files in memory
OURS: Final = "zs-tests-"
ROOM: Final = 8 * 2**30  # of files: three processes with some hundred databases each that others are copied from
FREE: Final = 16 * 2**30  # with what the processes themselves hold


def write_in_memory() -> None:
    """From now on in this process and those that it starts, before anybody asked for the place of temporary files."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    _forget_others()
    if _has_room():
        place = MEMORY / f"{OURS}{os.getpid()}"
        place.mkdir()
        place.chmod(0o1777)  # as the place of temporary files is everywhere: programs of Debian run as somebody else
        os.environ["TMPDIR"] = str(place)
        tempfile.tempdir = None


def writes_in_memory() -> bool:
    """Whether the temporary files of this process lie in memory."""
    return MEMORY in Path(tempfile.gettempdir()).parents


def _forget_others() -> None:
    """The files of runs that are over."""
    for place in MEMORY.glob(f"{OURS}*"):
        if not Path(f"/proc/{place.name.removeprefix(OURS)}").exists():
            shutil.rmtree(place, ignore_errors=True)


def _has_room() -> bool:
    lines = Path("/proc/meminfo").read_text().splitlines()
    available = int(next(line for line in lines if line.startswith("MemAvailable:")).split()[1]) * 1024
    return available >= FREE and shutil.disk_usage(MEMORY).free >= ROOM
