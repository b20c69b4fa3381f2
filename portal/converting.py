"""Files for the archive that are no PDF: made into one, shown to who chose them, and used only when that person sends the form again.

Meanwhile everything that was chosen waits in the draft of the form, which the page carries along as a sealed list (field `held`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from starlette.responses import Response

from engine import DocumentType
from portal.chosen_files import only_there, opened, seal
from portal.downloads import send_document
from portal.drafts import keep_on_the_way
from portal.kept_forms import FilesReceived
from portal.received import Received
from processes.actions.filing import NewDocument
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import HoldsVirus, NotFound, ZaakspoorError
from processes.base.file_types import codes_of, format_of
from processes.base.uploads import HOLDS_VIRUS, Upload
from processes.post.converting import NotConverted, convert
from processes.reads.drafts import read_draft
from processes.storage.clamd import ScannerTrouble
from processes.storage.file_scans import scan_now
from processes.storage.large_uploads import taken_up
from processes.storage.services import Services
from processes.storage.upload_room import let_go, note_uploads

NO_SCAN: Final = "Wij kunnen dit bestand nu niet op virussen controleren, en dus geen PDF maken. Probeer het later opnieuw, of maak zelf een PDF."
HELD, AWAY = "held", "weg"
KindOf = Callable[[str], DocumentType | None]
"""The document type of the files of a form field."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The files that wait to be sent, for `workbench/converted.html`: with the sealed list, and what they are shown at."""

    chosen: ChosenFiles = field(default_factory=ChosenFiles)
    sealed: str = ""
    address: str = ""

    @property
    def made(self) -> list[tuple[int, ChosenFile]]:
        """The PDFs that were made, with their places in the list."""
        return [(at, file) for at, file in enumerate(self.chosen.files) if file.original is not None]

    @property
    def others(self) -> list[tuple[int, ChosenFile]]:
        return [(at, file) for at, file in enumerate(self.chosen.files) if file.original is None]

    @property
    def fields(self) -> set[str]:
        """The form fields for which a file waits: these need no other."""
        return {file.field for file in self.chosen.files}


NOTHING_WAITS: Final = Waiting()


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A form whose files are all that they must be; or, with `to_check`, one that must be looked at first.

    `originals`: by the key of a PDF in the store the file that it was made of. `sent`: the files of this time that are as they must be.
    """

    form: FilesReceived
    waiting: Waiting
    to_check: bool = False
    originals: Mapping[str, Upload] = field(default_factory=dict)
    sent: tuple[ChosenFile, ...] = ()


def prepare(services: Services, actor: Actor, address: str, form: FilesReceived, kind_of: KindOf) -> CheckedForm:
    """The form as it was sent, with the files that waited, and a PDF in the place of each file for the archive that is none.

    `address` is that of the form. A file of which no PDF can be made is refused in `form.refused`. Raises Invalid for a list that is
    too old or not one's own, QuotaReached.
    """
    before = _kept(services, opened(services, actor, address, form.one(HELD)), form)
    refused, made, plain = {**form.refused, **dict(before.lost)}, list[ChosenFile](), list[ChosenFile]()
    for name, upload in _sent(form):
        kind = kind_of(name)
        if not is_to_convert(kind, upload):
            plain.append(ChosenFile(name, kind.code if kind else "", upload))
            continue
        try:
            made.append(ChosenFile(name, kind.code if kind else "", as_pdf(services, actor, upload), original=upload))
        except NotConverted as error:
            refused[name] = str(error)
            let_go(services, [upload])
    to_check = bool(made)
    held = ChosenFiles((*before.files, *made, *(plain if to_check else ())), before.id)
    waiting = _waiting(services, actor, address, held) if held.files else NOTHING_WAITS
    if to_check:
        keep_on_the_way(services, actor, address, form, held)
        taken_up(services, actor, form.large.ready)
    files = _by_field((*before.files, *plain))
    originals = {one.upload.blob: one.original for one in before.files if one.original is not None}
    return CheckedForm(replace(form, files=files, refused=refused), waiting, to_check, originals, tuple(plain))


def hold(
    services: Services,
    actor: Actor,
    address: str,
    ready: CheckedForm,
    errors: Mapping[str, str],
    before: Iterable[Upload],
) -> Waiting:
    """Everything that was chosen waits, because the form is shown again: with a mistake, or with one row more.

    `before`: every file that came in with the form. What the page does not hold leaves the store, as do the files at whose field
    stands a mistake.
    """
    held = ready.waiting.chosen.files
    coming = {file.field for file in ready.form.large.coming}  # its sentence is about a file that is not whole yet
    wrong = [one for one in (*held, *ready.sent) if one.field in errors and one.field not in coming]
    kept = tuple(dict.fromkeys(one for one in (*held, *ready.sent) if one not in wrong))
    chosen = ChosenFiles(kept, ready.waiting.chosen.id) if held else ChosenFiles(kept)
    there = set(chosen.blobs)
    let_go(services, [one for one in (*before, *_uploads(wrong)) if one.blob not in there])
    settled = there | {one.blob for one in _uploads(wrong)}
    if kept:
        keep_on_the_way(services, actor, address, ready.form, chosen)
    taken_up(
        services, actor, [file.id for file in ready.form.large.waiting if file.upload and file.upload.blob in settled]
    )
    if not kept:
        return NOTHING_WAITS
    return _waiting(services, actor, address, chosen)


def _uploads(files: Iterable[ChosenFile]) -> list[Upload]:
    return [upload for one in files for upload in (one.upload, one.original) if upload is not None]


def with_originals(documents: Iterable[NewDocument], originals: Mapping[str, Upload]) -> tuple[NewDocument, ...]:
    """The documents, each PDF that was made here with the file that it was made of."""
    return tuple(replace(one, original=originals.get(one.upload.blob)) for one in documents)


def waiting_in_draft(services: Services, actor: Actor, address: str) -> tuple[Waiting, Received | None]:
    """The files that wait since an earlier visit, and what was typed then; nothing when no PDF waits."""
    draft = read_draft(services, actor, address)
    held = only_there(services, draft.held) if draft and any(one.original for one in draft.held.files) else None
    if draft is None or held is None or not held.files:
        return NOTHING_WAITS, None
    return _waiting(services, actor, address, held), Received(draft.fields)


def send_waiting(services: Services, actor: Actor, address: str, key: str) -> Response:
    """The PDF that waits under this key, for who made it. Raises NotFound."""
    draft = read_draft(services, actor, address)
    found = next((one for one in (draft.held.files if draft else ()) if one.key == key), None)
    if found is None or not services.files.exists(found.upload.blob):
        raise NotFound("Dit bestand staat hier niet meer. Kies het opnieuw.")
    upload = found.upload
    return send_document(services.files.read(upload.blob, upload.file_key), upload.name, upload.media_type, upload.size)


def is_to_convert(kind: DocumentType | None, upload: Upload) -> bool:
    """Whether a file goes to the archive and has to become a PDF first."""
    return kind is not None and kind.archive and format_of(upload.name) not in codes_of(kind.taken)


def _sent(form: FilesReceived) -> Iterator[tuple[str, Upload]]:
    return ((name, upload) for name, uploads in form.files.items() for upload in uploads)


def as_pdf(services: Services, actor: Actor, upload: Upload) -> Upload:
    """The PDF, written down as brought by this person: what becomes of nothing is swept. Raises NotConverted, QuotaReached."""
    try:
        scan_now(services, upload)
    except (HoldsVirus, ScannerTrouble) as error:
        raise NotConverted(
            HOLDS_VIRUS.format(name=upload.name) if isinstance(error, HoldsVirus) else NO_SCAN
        ) from error
    made = convert(services, upload)
    try:
        note_uploads(services, actor, [made], made_here=True)
    except ZaakspoorError:
        services.files.delete(made.blob)
        raise
    return made


def _kept(services: Services, held: ChosenFiles, form: FilesReceived) -> ChosenFiles:
    """Without what was ticked away, and without what another file was chosen for in the place of a converted one."""
    away = set(form.all(AWAY))
    again = {name for name, uploads in form.files.items() if uploads}
    gone = [
        one for at, one in enumerate(held.files) if str(at) in away or (one.original is not None and one.field in again)
    ]
    let_go(services, _uploads(gone))
    return replace(held, files=tuple(one for one in held.files if one not in gone))


def _waiting(services: Services, actor: Actor, address: str, held: ChosenFiles) -> Waiting:
    return Waiting(held, seal(services, actor, address, held), address)


def _by_field(files: tuple[ChosenFile, ...]) -> dict[str, list[Upload]]:
    found: dict[str, list[Upload]] = {}
    for one in files:
        found.setdefault(one.field, []).append(one.upload)
    return found
