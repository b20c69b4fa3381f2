"""A delivery that is not sent yet: the form of a department in, everything that it says out, with a sentence for each mistake."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from engine import DocumentType
from portal.begun import refuse_changed
from portal.chosen_files import opened, with_scans
from portal.converting import is_to_convert
from portal.department.checklist import left_to_say, read_said
from portal.department.formats import formats_in, takes
from portal.department.kept import form_of, purpose_of
from portal.forms import FormSchema, read_form
from portal.kept_forms import FilesReceived
from portal.large_files import LargeFiles, large_files_of
from portal.received import RefusedFile
from processes.base.actor import Actor
from processes.base.checklist import EXPLAINED, SaidAt
from processes.base.chosen_files import ChosenFile
from processes.base.errors import Invalid
from processes.base.file_types import format_of
from processes.base.uploads import Upload, why_refused
from processes.post.converting import convertible
from processes.reads.department import DossierPage, OpenRequest
from processes.storage.large_uploads import taken_up
from processes.storage.services import Services
from processes.storage.upload_room import let_go

USUAL_TYPE: Final = "underlying"
NO_ROOM_FOR_MORE: Final = 50  # as many files as one form may bring
LONGEST_REMARK: Final = 10_000
LONGEST_TITLE: Final = 200
LOST: Final = "Een bestand dat u koos, hebben wij niet meer. Kijk welk bestand het is en kies het nog een keer."
TOO_MANY: Final = (
    f"U kunt hoogstens {NO_ROOM_FOR_MORE} bestanden tegelijk versturen. Verstuur deze eerst en daarna de andere."
)
NO_NAME: Final = "Vul in wie deze stukken aanlevert."


@dataclass(frozen=True, slots=True)
class DeliveryDraft:
    """A delivery that is not sent yet. `asked`: the request that it answers; None for a late supplement."""

    task: str
    asked: OpenRequest | None
    files: tuple[ChosenFile, ...]
    remark: str
    name: str
    said: tuple[SaidAt, ...]
    added: bool
    wrong: dict[str, str]
    large: LargeFiles
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def types(self) -> set[str]:
        return {file.type for file in self.files}

    @property
    def says_something(self) -> bool:
        """Whether there is something to send: a file, words, or a document that is not there or comes later."""
        explained = any(one.answer in EXPLAINED for one in self.said)
        return bool(self.files or self.remark or explained)


def read_delivery_form(services: Services, guest: Actor, page: DossierPage, form: FilesReceived) -> DeliveryDraft:
    """Everything that the form says. Files that cannot be taken leave the store; the others stay."""
    wrong = dict(form.refused)
    held: tuple[ChosenFile, ...] = ()
    try:
        waiting = opened(services, guest, purpose_of(guest), form.one("held"), at_field="files")
        held = waiting.files
        _tell(wrong, (sentence for _, sentence in waiting.lost))
    except Invalid as error:
        wrong.update(error.fields)
    if {name for name in form.fields if name.startswith("type-")} - {
        f"type-{file.key}" for file in held
    } and "files" not in wrong:
        wrong.setdefault("files", LOST)
    kept = [_as_chosen(file, form, wrong) for file in held if not form.ticked(f"drop-{file.key}")]
    task = form.one("task")
    asked = page.request(task)
    large = large_files_of(services, guest, form_of(asked), form, wrong)
    brought = [
        *(file for file in large.files if file.blob not in {one.upload.blob for one in kept}),
        *form.files.get("files", []),
    ]
    new = _taken(services, page, brought, NO_ROOM_FOR_MORE - len(kept), wrong)
    _let_go_of_refused(services, guest, large, {file.upload.blob for file in (*kept, *new)})
    _tell(wrong, (_left_out(services, page, one) for one in form.left_out))
    if len(form.text("remark")) > LONGEST_REMARK:
        wrong["remark"] = "Maak de opmerking korter. Stuur een lange toelichting liever als document mee."
    said = read_said(form, wrong)
    name = form.one("naam")
    return DeliveryDraft(
        task, asked, with_scans(services, (*kept, *new)), form.text("remark"), name, said, bool(new), wrong, large
    )


def _let_go_of_refused(services: Services, guest: Actor, large: LargeFiles, chosen: set[str]) -> None:
    """A large file that was whole and not taken waits no longer."""
    refused = [id_ for id_, file in zip(large.ready, large.files, strict=True) if file.blob not in chosen]
    taken_up(services, guest, refused)


def _as_chosen(file: ChosenFile, form: FilesReceived, wrong: dict[str, str]) -> ChosenFile:
    title = form.one(f"title-{file.key}", file.title)
    if len(title) > LONGEST_TITLE:
        wrong[f"title-{file.key}"] = f"Maak de omschrijving korter: hoogstens {LONGEST_TITLE} tekens."
    return replace(file, type=form.one(f"type-{file.key}", file.type), title=title)


def _taken(
    services: Services, page: DossierPage, uploads: Iterable[Upload], room: int, wrong: dict[str, str]
) -> list[ChosenFile]:
    """The new files that can be some document of this dossier; the others leave the store and get a sentence each."""
    codes = [kind.code for kind in page.types]
    usual = codes[0] if len(codes) == 1 else USUAL_TYPE if USUAL_TYPE in codes else ""
    found: list[ChosenFile] = []
    refused: list[str] = []
    for upload in uploads:
        sentence = TOO_MANY if len(found) >= room else why_not_here(services, page, upload)
        if sentence:
            let_go(services, [upload])
            refused.append(sentence)
        else:
            found.append(ChosenFile("files", usual, upload))
    _tell(wrong, dict.fromkeys(refused))
    return found


def why_not_here(services: Services, page: DossierPage, upload: Upload) -> str:
    """Why a file can be no document of this dossier; empty when it can be one of some type."""
    reasons = [_why_refused(services, kind, upload) for kind in page.types] or [why_refused(None, upload)]
    if not all(reasons):
        return ""
    return str(reasons[0]) if takes(services, page, upload.name) else _not_taken(services, page, upload.name)


def _why_refused(services: Services, kind: DocumentType, upload: Upload) -> str | None:
    """The sentence of `why_refused`, but None for a file of which a PDF can be made once somebody says that it is of this type."""
    if is_to_convert(kind, upload) and format_of(upload.name) in convertible(services):
        return None
    return why_refused(kind, upload)


def _left_out(services: Services, page: DossierPage, one: RefusedFile) -> str:
    """The sentence for a file that the reader of the form did not take."""
    return one.sentence if takes(services, page, one.name) else _not_taken(services, page, one.name)


def _not_taken(services: Services, page: DossierPage, name: str) -> str:
    return f"'{name}' kan hier niet. Dit mag: {formats_in(services, page)}."


def _tell(wrong: dict[str, str], sentences: Iterable[str]) -> None:
    """Each sentence at the field of the files under a name of its own: `files`, `files-2`, ..."""
    for sentence in sentences:
        at = sum(1 for name in wrong if name == "files" or name.startswith("files-")) + 1
        wrong["files" if at == 1 else f"files-{at}"] = sentence


def not_ready(page: DossierPage, draft: DeliveryDraft) -> dict[str, str]:
    """Why this cannot be sent yet, by field."""
    kinds = {kind.code: kind for kind in page.types}
    wrong: dict[str, str] = {}
    for file in draft.files:
        if file.type not in kinds:
            wrong[f"type-{file.key}"] = f"Kies wat voor stuk '{file.upload.name}' is."
        elif reason := why_refused(kinds[file.type], file.upload):
            wrong[f"type-{file.key}"] = reason
    if draft.asked is not None and not wrong:
        wrong.update(left_to_say(draft.asked, draft.said, draft.types, explained=bool(draft.remark)))
    if not draft.name:
        wrong["naam"] = NO_NAME
    return wrong


def read_own(services: Services, draft: DeliveryDraft, form: FilesReceived) -> None:
    """Read the answers that the drawing asks beside documents into the draft: typed values, or a sentence per field, also when these are
    answers to other questions than are asked now.
    """
    if draft.asked is None:
        return
    try:
        refuse_changed(services, draft.asked.whole, form, beside=True)
    except Invalid as error:
        draft.wrong.update(error.fields)
    asked = draft.asked.form
    if asked is None:
        return
    try:
        draft.values.update(read_form(FormSchema.parse(asked.schema, asked.values), form, asked.departments).values)
    except Invalid as error:
        draft.wrong.update(error.fields)
