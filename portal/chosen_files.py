"""Files between choosing and sending: they stand in the store, and the page carries a sealed list of them.

The list opens only for the person and the purpose it was made for, and only for half a day: after a day the sweep of
files that belong to no document takes them away. Its id is the one-time key of sending, so that one list is sent once.
"""

import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

import orjson

from processes.base.actor import Actor, ActorKind
from processes.base.errors import Busy, Invalid, NoRoom, ZaakspoorError
from processes.base.secrets import SealBroken
from processes.base.uploads import Upload
from processes.reads.citizen import blobs_in_use
from processes.storage.services import Services

SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """One chosen file. `field` is the form field; `type` the document type, empty when none was chosen yet."""

    field: str
    type: str
    upload: Upload
    title: str = ""

    @property
    def key(self) -> str:
        """Names the form fields of this file, so that a list that changed never mixes files up."""
        return self.upload.blob.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class ChosenFiles:
    """The files that somebody chose and has not sent yet."""

    files: tuple[ChosenFile, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def once(self) -> str:
        """The one-time key of the action that sends it."""
        return f"held:{self.id}"


def seal(services: Services, actor: Actor, purpose: str, chosen: ChosenFiles) -> str:
    """The sealed text of the chosen files, for the hidden field of the page on which somebody confirms."""
    column = "department.chosen" if actor.kind == ActorKind.DEPARTMENT else "held_files"
    data = {"who": actor.subject, "for": purpose, "at": time.time(), "held": asdict(chosen)}
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
    files = (
        ChosenFile(one["field"], one["type"], Upload(**one["upload"]), one["title"]) for one in data["held"]["files"]
    )
    return ChosenFiles(tuple(file for file in files if services.files.exists(file.upload.blob)), data["held"]["id"])


def _gone(at_field: str) -> Invalid:
    return Invalid({at_field: "Wij hebben uw bestanden niet meer. Kies ze nog een keer."})


def let_go(services: Services, uploads: Iterable[Upload]) -> None:
    """Throw away what will not be sent; never what became a document after all, in another window."""
    blobs = [upload.blob for upload in uploads]
    for blob in set(blobs) - blobs_in_use(services, blobs):
        services.files.delete(blob)


@contextmanager
def kept_unless_refused(services: Services, uploads: Iterable[Upload]) -> Iterator[None]:
    """Throw the files of a form away when the form is refused. After trouble with the database they stay: then it is
    not certain that nothing was stored, and the sweep of files without a document decides.
    """
    try:
        yield
    except ZaakspoorError as error:
        if not isinstance(error, Busy | NoRoom):
            let_go(services, uploads)
        raise
