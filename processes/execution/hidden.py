"""Keeps a document inside for what the eye does not see in it, until it was mended or somebody wrote why it may go out like that (W22).

A document waits until somebody looked into it; a worker does that right after it came in (`processes.jobs.looking_inside`), and a page that files
documents which go out by the same press looks first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from processes.access.guards import LONGEST_REASON, reason_wrong
from processes.base.errors import FileBroken, NotFound, NotNow
from processes.base.hidden_content import LOCKED, MOST_BYTES, TOO_LARGE, can_clean, could_not, hidden_in, hides_nothing
from processes.base.hidden_kinds import HiddenKind, HiddenThing, thing_from
from processes.base.uploads import Upload
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.unseen import FIELD, AsksWhy, UnseenDocument
from processes.storage.services import Services
from processes.storage.tables import DocumentRow
from processes.storage.words import HiddenState, OutboxKind

THINGS: Final = "things"
GONE: Final = "het bestand is er niet"
WHY: Final = "Schrijf waarom '{title}' zo naar buiten mag, of verbeter het document eerst."
TOO_LONG: Final = f"Maak dit korter: hoogstens {LONGEST_REASON} tekens."
HIDES: Final = "In dit document staat iets dat het oog niet ziet, of het is daar nog niet op bekeken. Neem het aan zonder het te tonen; daarna kunt u het tonen bij Documenten."


class NotLookedInto(NotNow):
    """Dit document wordt nog bekeken op wat het oog niet ziet. Probeer het over een minuut opnieuw."""


class HidesSomething(NotNow):
    """In dit document staat iets dat het oog niet ziet, en dat gaat mee naar wie het krijgt. Kijk bij Documenten onder Wat het oog niet ziet."""


@dataclass(frozen=True, slots=True)
class LookedInto:
    """The things that were found in a file before it was filed."""

    things: tuple[HiddenThing, ...]


def look_into(services: Services, upload: Upload) -> tuple[HiddenThing, ...]:
    """The things that a file hides; that it cannot be looked into is one. Raises NotScannedYet, and whatever the store raises."""
    if upload.locked:
        return could_not(LOCKED)
    if upload.size > MOST_BYTES:
        return could_not(TOO_LARGE)
    if hides_nothing(upload.name):
        return ()
    try:
        content = b"".join(services.files.read(upload.blob, upload.file_key))
    except (NotFound, FileBroken):
        return could_not(GONE)
    return hidden_in(upload.name, content)


def begin_looking(work: UnitOfWork, document: DocumentRow, looked: LookedInto | None) -> None:
    """A document that came in: with what was found in it, or else it waits for a worker who looks."""
    if looked is None and not work.services.settings.look_inside:
        return
    if looked is None and hides_nothing(document.file_name) and not document.locked:
        looked = LookedInto(())
    if looked is not None:
        settle(work, document, looked.things)
        return
    document.hidden = HiddenState.WAITING
    work.enqueue(OutboxKind.HIDDEN, f"hidden:{document.id}", {"document": document.id}, document.case_id)


def settle(work: UnitOfWork, document: DocumentRow, things: Sequence[HiddenThing]) -> None:
    """Write down what was found. Who handles the case reads it when the document was on its way out."""
    document.hidden = HiddenState.FOUND if things else HiddenState.NOTHING
    document.hidden_found = {THINGS: [one.stored for one in things]} if things else None
    work.audit(document.case_id, "looked_into", document=document.id, state=document.hidden, things=len(things))
    if things and (document.on_portal or document.to_departments):
        work.system_note(document.case_id, STAYS.format(title=document.title, reference=document.reference))


ENCLOSED: Final[Mapping[str | None, str]] = {
    HiddenState.WAITING: "De bijlage '{title}' ({reference}) wordt nog bekeken op wat het oog niet ziet.",
    HiddenState.FOUND: "In de bijlage '{title}' ({reference}) staat iets dat het oog niet ziet. Kijk bij Documenten wat dat is. Haal het weg, of schrijf waarom het zo mag.",
}
STAYS: Final = (
    "'{title}' ({reference}) gaat nog niet naar buiten: er staat iets in dat het oog niet ziet. Kijk bij Documenten wat dat is. Haal het weg, of schrijf waarom het "
    "zo mag. Daarna gaat het document vanzelf."
)


def things_of(document: DocumentRow) -> tuple[HiddenThing, ...]:
    stored: list[dict[str, Any]] = (document.hidden_found or {}).get(THINGS, [])
    return tuple(thing_from(one) for one in stored)


def hides_only_names(document: DocumentRow) -> bool:
    """Whether all that keeps it inside is names in the properties of the file, which a clean copy can lack."""
    things = things_of(document) if document.hidden == HiddenState.FOUND else ()
    names = bool(things) and all(one.kind == HiddenKind.NAMES for one in things)
    return names and can_clean(document.file_name, things)


def looked_before(document: DocumentRow) -> LookedInto | None:
    """The things that were found in this document, for a copy of its file; None when it was not looked into."""
    return None if document.hidden in {None, HiddenState.WAITING} else LookedInto(things_of(document))


def refuse_hidden(document: DocumentRow) -> None:
    """Raises NotLookedInto or HidesSomething for what may not leave the organisation yet."""
    if document.hidden == HiddenState.WAITING:
        raise NotLookedInto
    if document.hidden == HiddenState.FOUND:
        raise HidesSomething


def hides(rows: Iterable[DocumentRow]) -> list[DocumentRow]:
    """Those of which it is known that something is hidden in them."""
    return [row for row in rows if row.hidden == HiddenState.FOUND]


def unseen_in(enclosed: Iterable[DocumentRow]) -> list[str]:
    """A sentence for each document that may not go along with a letter yet."""
    return [
        ENCLOSED[row.hidden].format(title=row.title, reference=row.reference)
        for row in enclosed
        if row.hidden in ENCLOSED
    ]


def say_hidden(run: CaseExecution, rows: Iterable[DocumentRow]) -> None:
    """A note for each document that a step of the drawing would give and that stays inside, as nobody wrote why it may go: who handles the case
    reads which documents, and what to do.
    """
    for row in explain_hidden(run, rows):
        run.work.system_note(run.case.id, STAYS.format(title=row.title, reference=row.reference))


def explain_hidden(run: CaseExecution, rows: Iterable[DocumentRow]) -> list[DocumentRow]:
    """Keep the reason of each document that would go out and hides something. The answer are those without a reason, which stay inside."""
    met = hides(rows)
    run.unseen.met.update({row.id: row for row in met})
    for row in met:
        if not reason_wrong(reason := run.unseen.reasons.get(row.sha256, "")):
            keep_as_it_is(run.work, row, reason)
    return hides(met)


def refuse_unexplained(run: CaseExecution) -> None:
    """Raises AsksWhy when something would stay inside of what this change gives, and somebody is there to say why it may go."""
    met, given = run.unseen.met.values(), run.unseen.reasons
    if not run.unseen.asks:
        return
    wrong = {
        f"{FIELD}{row.sha256}": TOO_LONG if given.get(row.sha256, "").strip() else WHY.format(title=row.title)
        for row in hides(met)
    }
    if wrong:
        asked = {row.sha256: _asked(row, is_new=row.blob in run.unseen.brought) for row in met}
        raise AsksWhy(wrong, tuple(asked.values()))


def _asked(row: DocumentRow, *, is_new: bool) -> UnseenDocument:
    words = tuple(one.in_words for one in things_of(row))
    return UnseenDocument(
        f"{FIELD}{row.sha256}", row.title, "" if is_new else row.reference, words, "" if is_new else row.id
    )


def keep_as_it_is(work: UnitOfWork, document: DocumentRow, reason: str) -> None:
    """The document may go out with what the eye does not see; the reason stays with it and stands on the timeline of staff."""
    document.hidden = HiddenState.KEPT
    told = {"why": reason.strip(), "by": work.actor.name, "at": work.now.isoformat()}
    document.hidden_found = {**(document.hidden_found or {}), **told}
    work.own_note(
        document.case_id, f"{document.reference} mag naar buiten met wat het oog niet ziet. Reden: {reason.strip()}"
    )
    work.audit(document.case_id, "keep_hidden", document=document.id)
