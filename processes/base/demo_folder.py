"""The folder of the demo: marked when the demo makes it, so that `demo --fresh` erases that folder and no other."""

import shutil
from pathlib import Path
from typing import Final

from processes.base.errors import ZaakspoorError
from processes.base.private_files import make_private_folder

MARK: Final = ".zaakspoor-demo"
WORDS: Final = "Deze map is van de demo van Zaakspoor. 'zaakspoor demo --fresh' wist alles wat erin staat.\n"


class NotOfDemo(ZaakspoorError):
    """Deze map is niet van de demo. Er is niets gewist of veranderd; kies met --data een lege of nieuwe map.

    Een map van een demo van voor versie 0.2 heeft nog geen merkteken: wis die zelf.
    """


def is_of_demo(folder: Path) -> bool:
    return (folder / MARK).is_file()


def prepare(folder: Path, *, fresh: bool) -> None:
    """Make the folder when it is not there or empty, and mark it; with `fresh` first erase the one that is marked.

    Raises NotOfDemo for a folder that holds something and has no mark, for a file and for a link to somewhere else.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotOfDemo
    if not is_of_demo(folder):
        if folder.exists() and any(folder.iterdir()):
            raise NotOfDemo
        make_private_folder(folder)
    elif fresh:
        _erase(folder)
    (folder / MARK).write_text(WORDS)


def _erase(folder: Path) -> None:
    """All that is in it. The mark goes last: what was broken off half-way can be erased again."""
    for one in folder.iterdir():
        if one.name == MARK:
            continue
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()
