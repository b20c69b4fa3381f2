"""Files and folders that only the account of the program may read, whatever the umask says: 0600 and 0700."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def make_private_folder(folder: Path) -> None:
    """The folder, and each folder above it that is missing. One that is there already stays as it is."""
    if folder.is_dir():
        return
    make_private_folder(folder.parent)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    folder.chmod(FOLDER_MODE)  # a umask may have taken from our own rights


def create_private(place: Path) -> BinaryIO:
    """A new file to write to. Raises FileExistsError."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    os.fchmod(handle, FILE_MODE)
    return os.fdopen(handle, "wb")


def touch_private(place: Path) -> None:
    """Make an empty file where there is none."""
    with suppress(FileExistsError):
        create_private(place).close()


def open_to_others(places: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    """Which of these files and folders somebody else than the owner may use, with the mode of each."""
    for place in places:
        try:
            mode = stat.S_IMODE(place.stat().st_mode)
        except OSError:  # gone, or not ours to see
            continue
        if mode & OTHERS:
            yield place, mode
