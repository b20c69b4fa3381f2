"""Files that a department chose but did not send yet: they stand in the store, the page carries a sealed list of them.

The list opens only for the dossier that it was made for, and only for half a day: after a day the sweep of files that
belong to no document takes them away. Nothing here deletes a file of a list: it may have been sent in the meantime.
"""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import orjson

from engine import DocumentType
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.secrets import SealBroken
from processes.base.uploads import Upload
from processes.storage.services import Services

COLUMN = "department.chosen"
SECONDS = 12 * 3600
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """One file, with the document type that was chosen for it; empty when none was yet."""

    upload: Upload
    type: str

    @property
    def key(self) -> str:
        """How the form fields of this file are named, so that a list that changed never mixes files up."""
        return self.upload.blob.rpartition("/")[2]


def seal(services: Services, guest: Actor, files: Iterable[Chosen]) -> str:
    """What stands in the hidden field of the page to check."""
    data = {"dossier": guest.dossier, "at": time.time(), "files": [asdict(file) for file in files]}
    return urlsafe_b64encode(services.secrets.seal(orjson.dumps(data), COLUMN)).decode()


def opened(services: Services, guest: Actor, sealed: str) -> tuple[Chosen, ...]:
    """The files of `seal` that the store still has. Raises Invalid for a list that is too old or of another dossier."""
    if not sealed:
        return ()
    try:
        data = orjson.loads(services.secrets.open(urlsafe_b64decode(sealed.encode()), COLUMN))
    except (SealBroken, ValueError) as error:
        raise _gone() from error
    if data["dossier"] != guest.dossier or time.time() - data["at"] > SECONDS:
        raise _gone()
    files = (Chosen(Upload(**one["upload"]), one["type"]) for one in data["files"])
    return tuple(file for file in files if services.files.exists(file.upload.blob))


def _gone() -> Invalid:
    return Invalid({"files": "Wij hebben uw bestanden niet meer. Kies ze nog een keer."})


def wrong_with(kind: DocumentType | None, upload: Upload) -> str | None:
    """Why a file cannot be a document of this type, said while choosing; the action decides again when it is sent."""
    if kind is None:
        return "Kies een soort stuk uit de lijst."
    if upload.name.rpartition(".")[2].lower() not in kind.formats:
        return f"'{upload.name}' kan hier niet. Kies een bestand van de soort {', '.join(kind.formats)}."
    if upload.size > kind.max_megabytes * MEGABYTE:
        return f"'{upload.name}' is te groot. Een bestand mag hoogstens {kind.max_megabytes} MB zijn."
    return None
