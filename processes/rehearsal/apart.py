"""One rehearsal of a draft, played in a process of its own with limits: a draft is not trusted.

The child knows no secret of this installation and none of its data: it plays in a database of its own, in a folder that goes
afterwards. Run as a program it is that child: a question on standard input, the answer on standard output.
"""

import base64
import json
import resource
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from engine import Folder
from processes.base.isolated_check import as_folder
from processes.base.own_process import ask
from processes.rehearsal.player import Played, play_folder

SECONDS: Final = 60  # of processor time; ours take one, after loading
WAIT_SECONDS: Final = 90  # by the clock
MEMORY: Final = 2 * 1024 * 1024 * 1024
LARGEST_FILE: Final = 200 * 1024 * 1024
OPEN_FILES: Final = 256
AT_ONCE: Final = threading.BoundedSemaphore(2)  # in one web process; others wait
STOPPED: Final = "Dit proefspel is gestopt: het duurde te lang of vroeg te veel geheugen."


def play_apart(folder: Folder, library: Mapping[str, Folder], name: str) -> Played:
    """The rehearsal of this file name, played. A draft that is no good is told as the problem of it."""
    only = replace(folder, rehearsals={name: folder.rehearsals[name]})
    asked = {"folder": _as_json(only), "library": {one: _as_json(other) for one, other in library.items()}}
    with AT_ONCE, tempfile.TemporaryDirectory(prefix="zs-proefspel-") as place:
        done = ask("processes.rehearsal.apart", json.dumps(asked).encode(), WAIT_SECONDS, place)
    if done is None:
        return Played(name, name, (STOPPED,), 0)
    answer = json.loads(done.rpartition(b"\n")[2])  # whatever a library has to say stands on lines before it
    return Played(**{**answer, "problems": tuple(answer["problems"])})


def _as_json(folder: Folder) -> dict[str, Any]:
    kinds = {kind: getattr(folder, kind) for kind in ("forms", "mails", "rehearsals")}
    files = {
        kind: {name: base64.b64encode(one).decode() for name, one in found.items()} for kind, found in kinds.items()
    }
    return {"name": folder.name, "drawing": base64.b64encode(folder.drawing).decode(), **files}


def main() -> None:
    """The child; its argument is the folder for what it writes."""
    tempfile.tempdir = sys.argv[1]
    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    asked = json.loads(sys.stdin.buffer.read())
    library = {name: as_folder(one) for name, one in asked["library"].items()}
    (played,) = play_folder(as_folder(asked["folder"]), library)
    sys.stdout.write("\n" + json.dumps(asdict(played)))


if __name__ == "__main__":
    main()
