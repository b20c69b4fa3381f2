"""Files between choosing and sending: they stand in the store, and the page carries a sealed list of them.

The list opens only for the person and the purpose it was made for, and only for half a day. The files themselves wait in the
draft of the form: what no draft holds is swept. Its id is the one-time key of sending, so that one list is sent once.
"""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import orjson

from processes.base.actor import Actor, ActorKind
from processes.base.chosen_files import ChosenFiles
from processes.base.errors import Busy, Invalid, NoRoom, ZaakspoorError
from processes.base.secrets import SealBroken
from processes.base.uploads import Upload
from processes.storage.services import Services
from processes.storage.upload_room import let_go, still_there

SECONDS = 12 * 3600


def seal(services: Services, actor: Actor, purpose: str, chosen: ChosenFiles) -> str:
    """The sealed text of the chosen files, for the hidden field of the page on which somebody confirms."""
    column = "department.chosen" if actor.kind == ActorKind.DEPARTMENT else "held_files"
    data = {"who": actor.subject, "for": purpose, "at": time.time(), "held": chosen.as_data()}
    return urlsafe_b64encode(services.secrets.seal(orjson.dumps(data), column)).decode()


def opened(services: Services, actor: Actor, purpose: str, sealed: str, *, at_field: str = "") -> ChosenFiles:
    """The chosen files that were sealed and that the store still has; none for an empty text.

    Raises Invalid, at `at_field`, for a list that is too old, not one's own, or made for something else.
    """
    if not sealed:
        return ChosenFiles()
    column = "department.chosen" if actor.kind == ActorKind.DEPARTMENT else "held_files"
    try:
        data = orjson.loads(services.secrets.open(urlsafe_b64decode(sealed.encode()), column))
    except (SealBroken, ValueError) as error:
        raise _gone(at_field) from error
    # a list that a department sealed with release 0.1 says neither who nor what for
    if not actor.is_known_as(data.get("who")) or data.get("for") != purpose or time.time() - data["at"] > SECONDS:
        raise _gone(at_field)
    return only_there(services, ChosenFiles.from_data(data["held"]))


def only_there(services: Services, chosen: ChosenFiles) -> ChosenFiles:
    """The same list without the files that were given up in another window, or swept."""
    there = still_there(services, chosen.blobs)
    return replace(chosen, files=tuple(file for file in chosen.files if file.upload.blob in there))


def _gone(at_field: str) -> Invalid:
    return Invalid({at_field: "Wij hebben uw bestanden niet meer. Kies ze nog een keer."})


@contextmanager
def kept_unless_refused(services: Services, uploads: Sequence[Upload]) -> Iterator[None]:
    """Throw the files of a form away when the form is refused. After trouble with the database they stay: then it is
    not certain that nothing was stored, and the sweep of files without a document decides.
    """
    try:
        yield
    except ZaakspoorError as error:
        if not isinstance(error, Busy | NoRoom):
            let_go(services, uploads)
        raise
