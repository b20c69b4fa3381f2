"""Whether others on the machine may use what this installation keeps: its data, database and files.

New files get 0600 and new folders 0700 by themselves; this finds what is older, or was made or copied by hand.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from processes.base.private_files import open_to_others
from processes.base.settings import Settings

DEEPEST: Final = 3  # blobs/ab/abcdef
CLOSED: Final = "Alleen het account van Zaakspoor kan bij de gegevens op deze machine."


def wide_places(settings: Settings) -> Iterator[str]:
    """A Dutch sentence for each place that somebody else may use, with what to do; an empty one is well."""
    for place, mode in open_to_others(dict.fromkeys(_places(settings))):
        yield f"Anderen op deze machine kunnen bij {place} ({mode:04o}). Draai: chmod -R go= {place}"


def _places(settings: Settings) -> Iterator[Path]:
    """Every place, folders before what lies in them."""
    database = make_url(settings.database)
    if database.get_backend_name() == "sqlite" and database.database:
        file = Path(database.database)
        yield from (file.with_name(f"{file.name}{end}") for end in ("", "-wal", "-shm", ".migrating"))
    if settings.data.exists():
        yield settings.data
        yield from (settings.data / name for name in ("secret", "incoming", "backups"))
    if not settings.files.startswith("s3://"):
        store = Path(settings.files)
        yield from (store, store / "incoming", store / "blobs")
        yield from _open_inside(store / "blobs", DEEPEST)


def _open_inside(folder: Path, levels: int) -> Iterator[Path]:
    """The first file or folder inside that others may use: one names the command for all."""
    if levels == 0 or not folder.is_dir():
        return
    for place in folder.iterdir():
        if next(open_to_others([place]), None):
            yield place
            return
        yield from _open_inside(place, levels - 1)
