"""A digest of the program as far as it decides what happens in a case: what was played with another program says nothing of this one."""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import engine
import processes

ENGINE: Final = "SpiffWorkflow"  # the library that runs the drawings
NOT_PROGRAM: Final = {".pyc", ".pyo"}  # made from the sources


@cache
def program_digest() -> str:
    """The digest of every file of `engine` and `processes`, and the versions of Python and of the library that runs drawings: 64 hexadecimal digits.

    Read once: a program that changes while it runs is another one only after it starts again.
    """
    folders = [Path(package.__file__ or "").parent for package in (engine, processes)]
    return digest_of(folders, (version(ENGINE), sys.version))


def digest_of(folders: Iterable[Path], also: Iterable[str] = ()) -> str:
    """The names and contents of all files in these folders, and these texts."""
    digest = hashlib.sha256("\n".join(also).encode())
    for folder in folders:
        files = (one for one in folder.rglob("*") if one.is_file() and one.suffix not in NOT_PROGRAM)
        for file in sorted(files):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"\n{folder.name}/{file.relative_to(folder).as_posix()} {content}".encode())
    return digest.hexdigest()
