"""Files between choosing and sending: they stand in the store, and the page carries a sealed list of them.

The list opens only for the person and the purpose it was made for, under the same mandate, and only for half a day. The files themselves wait in the
draft of the form: what no draft holds is swept. Its id is the one-time key of sending, so that one list is sent once.
"""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import orjson

from processes.base.actor import Actor, ActorKind
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import Busy, Invalid, NoRoom, ZaakspoorError
from processes.base.secrets import SealBroken
from processes.base.security_log import pseudonym, pseudonyms
from processes.base.uploads import HOLDS_VIRUS, Upload
from processes.storage.file_scans import states_of
from processes.storage.services import Services
from processes.storage.upload_room import let_go, still_there
from processes.storage.words import ScanState

SECONDS = 12 * 3600
SCANNING: Final[Mapping[str, str]] = {
    ScanState.WAITING: "Wordt gecontroleerd op virussen. U hoeft daar niet op te wachten.",
    ScanState.UNCHECKED: "Kon nog niet op virussen worden gecontroleerd. Wij proberen het opnieuw; u hoeft daar niet op te wachten.",
}


def seal(services: Services, actor: Actor, purpose: str, chosen: ChosenFiles) -> str:
    """The sealed text of the chosen files, for the hidden field of the page on which somebody confirms."""
    column = "department.chosen" if actor.kind == ActorKind.DEPARTMENT else "held_files"
    data = {"who": pseudonym(actor), "for": purpose, "at": time.time(), "held": chosen.as_data()}
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
    if not _is_of(actor, data.get("who")) or data.get("for") != purpose or time.time() - data["at"] > SECONDS:
        raise _gone(at_field)
    return only_there(services, ChosenFiles.from_data(data["held"]))


def _is_of(actor: Actor, who: object) -> bool:
    """Whether a list with this name of its owner is theirs. A release from before mandates wrote the subject alone; a list that a department
    sealed with release 0.1 says neither who nor what for.
    """
    return who in pseudonyms(actor) or (actor.for_whom is None and actor.is_known_as(who))


def only_there(services: Services, chosen: ChosenFiles) -> ChosenFiles:
    """The same list without the files that were given up in another window, swept, or thrown away for a virus: these are `lost`."""
    there, states = still_there(services, chosen.blobs), states_of(services, chosen.blobs)
    infected = [file for file in chosen.files if states.get(file.upload.blob) == ScanState.INFECTED]
    kept = tuple(file for file in chosen.files if file.upload.blob in there and file not in infected)
    lost = tuple((file.field, HOLDS_VIRUS.format(name=file.upload.name)) for file in infected)
    return replace(chosen, files=_with_scans(kept, states), lost=lost)


def refuse_lost(chosen: ChosenFiles) -> None:
    """Raises Invalid when a file that somebody is about to send was thrown away."""
    if chosen.lost:
        raise Invalid(dict(chosen.lost))


def with_scans(services: Services, files: tuple[ChosenFile, ...]) -> tuple[ChosenFile, ...]:
    """The same files, each with how it stands with the virus scanner."""
    return _with_scans(files, states_of(services, [file.upload.blob for file in files]))


def _with_scans(files: tuple[ChosenFile, ...], states: Mapping[str, str]) -> tuple[ChosenFile, ...]:
    return tuple(replace(file, scan=SCANNING.get(states.get(file.upload.blob, ""), "")) for file in files)


def _gone(at_field: str) -> Invalid:
    return Invalid({at_field: "Wij hebben uw bestanden niet meer. Kies ze nog een keer."})


@contextmanager
def kept_unless_refused(services: Services, uploads: Sequence[Upload], *, mistakes: bool = False) -> Iterator[None]:
    """Throw the files of a form away when the form is refused. After trouble with the database they stay: then it is
    not certain that nothing was stored, and the sweep of files without a document decides. With `mistakes` they also stay
    after Invalid: the page holds them.
    """
    try:
        yield
    except ZaakspoorError as error:
        kept = isinstance(error, Busy | NoRoom) or (mistakes and isinstance(error, Invalid))
        if not kept:
            let_go(services, uploads)
        raise
