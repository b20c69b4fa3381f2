"""The folder in which backups lie, and what one is made of.

    <place>/files/<blob>            every stored file once, however many backups hold it
    <place>/<moment>/about.json     what it is of, in clear: no word of a case stands in it
    <place>/<moment>/files.txt      the stored files that belong to it: size and blob on each line
    <place>/<moment>/rows           all rows of the database, compressed and encrypted
    <place>/<moment>/destroyed      which dossiers were destroyed by then, one signed line each
    <place>/<moment>/whole          written last: without it the backup was cut off, and is never restored

Files arrive beside their place and are moved into it: what has its name is whole, so a backup that was cut off goes on.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from processes.base.errors import ZaakspoorError
from processes.base.private_files import create_private, make_private_folder
from processes.storage.files import KEY

FILES: Final = "files"
WHOLE: Final = "whole"
READ_BYTES: Final = 1 << 20


LIST_BROKEN: Final = "De lijst van bestanden in deze back-up is veranderd of beschadigd. Er is niets teruggezet of verwijderd; neem een andere back-up."
LINKED: Final = "De map '{}' in de map met back-ups is een verwijzing. Er is niets verwijderd; zet een gewone map neer."


class NoBackup(ZaakspoorError):
    """Hier staat geen hele back-up. Geef de map die u aan 'zaakspoor backup' gaf."""


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """One backup, or one that is being made."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def is_whole(self) -> bool:
        return (self.folder / WHOLE).is_file()

    def about(self) -> Mapping[str, Any]:
        """Raises NoBackup when it cannot be read."""
        try:
            found = json.loads((self.folder / "about.json").read_text())
        except (OSError, ValueError, RecursionError) as error:
            raise NoBackup from error
        if not isinstance(found, dict):
            raise NoBackup
        return found

    def blobs(self) -> Iterator[tuple[str, int]]:
        """The stored files that belong to it, each with its size in the store.

        Who can write in this place can change the list: a name that could lead out of a folder raises NoBackup.
        """
        with (self.folder / "files.txt").open(errors="replace") as lines:
            for line in lines:
                size, _, blob = line.rstrip("\n").partition(" ")
                if not (KEY.fullmatch(blob) and re.fullmatch(r"[0-9]{1,18}", size)):
                    raise NoBackup(LIST_BROKEN)
                yield blob, int(size)

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        write_whole(self.folder / name, chunks)

    def read(self, name: str) -> Iterator[bytes]:
        return read_chunks(self.folder / name)


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """The folder with all backups of one installation."""

    folder: Path

    def new(self, name: str) -> BackupFolder:
        made = BackupFolder(self.folder / name)
        make_private_folder(made.folder)
        return made

    def newest(self, name: str = "") -> BackupFolder:
        """The newest whole backup, or the one of that name. Raises NoBackup."""
        found = [one for one in self.all() if one.is_whole and name in {"", one.name}]
        if not found:
            raise NoBackup
        return found[-1]

    def all(self) -> list[BackupFolder]:
        """Every one, the oldest first; also those that were cut off."""
        if not self.folder.is_dir():
            return []
        places = sorted(one for one in self.folder.iterdir() if (one / "about.json").is_file() and not one.is_symlink())
        return [BackupFolder(place) for place in places]

    def has(self, blob: str) -> bool:
        return (self.folder / FILES / blob).is_file()

    def write_file(self, blob: str, chunks: Iterable[bytes]) -> None:
        write_whole(self.folder / FILES / blob, chunks)

    def read_file(self, blob: str) -> Iterator[bytes]:
        return read_chunks(self.folder / FILES / blob)

    def keep_newest(self, number: int) -> list[str]:
        """Remove all but the newest whole ones, what was cut off before them, and files that none of them holds; gives the names.

        Raises NoBackup when `files` is a symbolic link: what is removed would lie elsewhere.
        """
        files = self.folder / FILES
        if files.is_symlink():
            raise NoBackup(LINKED.format(FILES))
        whole = [one.name for one in self.all() if one.is_whole]
        kept = set(whole[-number:])
        gone = [one for one in self.all() if one.name not in kept and one.name < min(kept)] if kept else []
        for one in gone:
            shutil.rmtree(one.folder)
        held = {blob for one in self.all() if (one.folder / "files.txt").is_file() for blob, _ in one.blobs()}
        for place in files.rglob("*") if files.is_dir() else ():
            if place.is_file() and place.relative_to(files).as_posix() not in held:
                place.unlink()
        return [one.name for one in gone]


def write_whole(place: Path, chunks: Iterable[bytes]) -> None:
    """Write a file that is there whole or not at all, also when the machine stops."""
    make_private_folder(place.parent)
    aside = place.with_name(f"{place.name}.{os.getpid()}.part")
    aside.unlink(missing_ok=True)
    try:
        with create_private(aside) as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)


def read_chunks(place: Path) -> Iterator[bytes]:
    """Raises NoBackup when it is not there."""
    try:
        with place.open("rb") as file:
            while chunk := file.read(READ_BYTES):
                yield chunk
    except FileNotFoundError as error:
        raise NoBackup(f"Het bestand '{place.name}' ontbreekt in de back-up.") from error
