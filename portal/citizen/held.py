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

from engine import DocumentType
from portal.citizen.refusals import TOO_LATE
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotAllowed, NotFound
from processes.base.secrets import SealBroken
from processes.base.uploads import Upload
from processes.reads.citizen import blobs_in_use
from processes.storage.services import Services

COLUMN = "held_files"
SECONDS = 12 * 3600
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One chosen file. `field` is the form field, `type` the document type."""

    field: str
    type: str
    upload: Upload
    title: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody chose on the way to sending it."""

    files: tuple[HeldFile, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def once(self) -> str:
        """The one-time key of the action that sends it."""
        return f"held:{self.id}"


def seal(services: Services, actor: Actor, purpose: str, held: Held) -> str:
    """What stands in the hidden field of the page on which somebody confirms."""
    data = {"who": actor.subject, "for": purpose, "at": time.time(), "held": asdict(held)}
    return urlsafe_b64encode(services.secrets.seal(orjson.dumps(data), COLUMN)).decode()


def opened(services: Services, actor: Actor, purpose: str, sealed: str) -> Held:
    """What was sealed; an empty one for an empty text. Raises Invalid for a list that is too old or not one's own."""
    if not sealed:
        return Held()
    try:
        data = orjson.loads(services.secrets.open(urlsafe_b64decode(sealed.encode()), COLUMN))
    except (SealBroken, ValueError) as error:
        raise _gone() from error
    if data["who"] != actor.subject or data["for"] != purpose or time.time() - data["at"] > SECONDS:
        raise _gone()
    files = (
        HeldFile(one["field"], one["type"], Upload(**one["upload"]), one["title"]) for one in data["held"]["files"]
    )
    return Held(tuple(file for file in files if services.files.exists(file.upload.blob)), data["held"]["id"])


def _gone() -> Invalid:
    return Invalid({"": "Wij hebben uw bestanden niet meer. Kies ze nog een keer."})


def let_go(services: Services, uploads: Iterable[Upload]) -> None:
    """Throw away what will not be sent; never what became a document after all, in another window."""
    blobs = [upload.blob for upload in uploads]
    for blob in set(blobs) - blobs_in_use(services, blobs):
        services.files.delete(blob)


@contextmanager
def kept_unless_refused(services: Services, uploads: Iterable[Upload]) -> Iterator[None]:
    """Throw the files of a form away when the form is refused. After trouble with the database they stay: then it is
    not certain that nothing was stored, and the sweep decides.
    """
    try:
        yield
    except (NotFound, NotAllowed, Invalid, *TOO_LATE):
        let_go(services, uploads)
        raise


def wrong_with(kind: DocumentType | None, upload: Upload) -> str | None:
    """Why a file does not fit its document type, said while choosing; the action decides again when it is sent."""
    if kind is None:
        return "Kies een soort document uit de lijst."
    if upload.name.rpartition(".")[2].lower() not in kind.formats:
        return f"'{upload.name}' kan hier niet. Kies een bestand van de soort {', '.join(kind.formats)}."
    if upload.size > kind.max_megabytes * MEGABYTE:
        return f"'{upload.name}' is te groot. Een bestand mag hoogstens {kind.max_megabytes} MB zijn."
    return None
