"""The large files of a form: those that are one file go on with the form as other chosen files, the others are waited for.

Of a citizen and of a department all files of a form go along, for there is one draft of it. Somebody of staff may have the same form
open twice, for two cases: then only those that the page names in TAKEN.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from fastapi import Request

from portal.pages import get_services
from portal.received import Received
from portal.security.sessions import sender_of
from processes.base.actor import Actor, ActorKind
from processes.base.dutch import size_in_words
from processes.base.uploads import Upload
from processes.reads.drafts import read_large_files
from processes.storage.large_uploads import LargeFile, give_up
from processes.storage.services import Services

DROP: Final = "weg-"  # and the id of the file: a box to tick, where there is no script
TAKEN: Final = "groot"  # the ids of the files that go along


@dataclass(frozen=True, slots=True)
class LargeFiles:
    """`waiting` are whole and wait to be sent; `coming` are not whole yet."""

    waiting: tuple[LargeFile, ...] = ()
    coming: tuple[LargeFile, ...] = ()

    @property
    def files(self) -> tuple[Upload, ...]:
        return tuple(file.upload for file in self.waiting if file.upload)

    @property
    def ready(self) -> tuple[str, ...]:
        """The ids of those that are whole."""
        return tuple(file.id for file in self.waiting)

    @property
    def by_field(self) -> dict[str, list[Upload]]:
        found: dict[str, list[Upload]] = {}
        for file in self.waiting:
            if file.upload:
                found.setdefault(file.field, []).append(file.upload)
        return found


NO_LARGE_FILES: Final = LargeFiles()


def large_files_of(
    services: Services,
    actor: Actor,
    form: str,
    typed: Received,
    wrong: dict[str, str],
    among: Collection[str] | None = None,
) -> LargeFiles:
    """A file that was ticked away goes; one that was refused gets its sentence in `wrong`, once. `among`: only those with these ids."""
    kept = []
    for file in read_large_files(services, actor, form):
        if typed.ticked(DROP + file.id):
            give_up(services, actor, file.id)
        elif file.refused:
            wrong[file.field] = file.why
            give_up(services, actor, file.id)
        elif among is None or file.id in among:
            kept.append(file)
    return LargeFiles(tuple(file for file in kept if file.upload), tuple(file for file in kept if file.coming))


def named_in(actor: Actor, typed: Received) -> list[str] | None:
    """The ids that the page names, where only those go along."""
    return typed.all(TAKEN) if actor.kind == ActorKind.STAFF else None


def not_whole(file: LargeFile) -> str:
    """Why a form cannot be sent yet, and what to do."""
    if file.assembling:
        return f"'{file.name}' is binnen, maar staat nog niet klaar. Wacht een paar tellen en verstuur het formulier dan opnieuw."
    came = f"{size_in_words(file.received)} van de {size_in_words(file.size)}"
    return (
        f"Van '{file.name}' is {came} binnen. Kies hetzelfde bestand nog een keer om verder te gaan, of haal het weg."
    )


def large_context(request: Request, form: str, typed: Received | None = None) -> dict[str, Any]:
    """Everything that the fields for files and `macros/large_files.html` need on the page of the form at this address."""
    actor, face = sender_of(request), form.split("/")[1]
    found = read_large_files(get_services(request), actor, form) if actor else ()
    named = named_in(actor, typed or Received()) if actor else None
    at = (
        "" if actor and actor.is_visitor else f"/{face}/uploads?form={quote(form)}"
    )  # a visit is too short to go on later
    return {"uploads_at": at, "large_files": found, "large_named": named}


Fields = Mapping[str, list[Upload]]


def together(files: Fields, large: LargeFiles) -> dict[str, list[Upload]]:
    """The files that came in the form itself, and behind them the large ones, by their field."""
    also = large.by_field
    return {name: [*files.get(name, []), *also.get(name, [])] for name in {**files, **also}}
