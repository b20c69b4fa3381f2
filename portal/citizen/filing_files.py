"""The files of a form that files a case: those chosen now and at an earlier visit, each at the question where it belongs."""

from dataclasses import replace

from portal.chosen_files import opened, with_scans
from portal.forms import Component, FormSchema
from portal.kept_forms import FilesReceived
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import Invalid
from processes.base.uploads import Upload, why_refused
from processes.reads.citizen import StartPage
from processes.storage.services import Services
from processes.storage.upload_room import let_go


def chosen_now(
    services: Services, actor: Actor, page: StartPage, form: FilesReceived
) -> tuple[ChosenFiles, dict[str, str]]:
    """Files of now and of an earlier visit to the form, without those ticked away; and what is wrong with others."""
    wrong, away = dict(form.refused), set(form.all("weg"))
    try:
        before = taken_along(page, opened(services, actor, f"new:{page.code}", form.one("held")))
    except Invalid as error:
        before, wrong = ChosenFiles(), {**wrong, **error.fields}
    wrong |= dict(before.lost)
    held = [file for place, file in enumerate(before.files) if str(place) not in away]
    known = {file.upload.blob for file in before.files}
    for field, uploads in form.files.items():
        for upload in (one for one in uploads if one.blob not in known):
            home = _home(page, field, upload)
            sentence = why_refused(page.form.document_types.get(home.document_type) if home else None, upload)
            if home is None or sentence:
                wrong[field] = sentence or str(wrong.get(field, ""))
                let_go(services, [upload])
            else:
                held.append(ChosenFile(home.key, home.document_type, upload))
    return ChosenFiles(with_scans(services, tuple(held)), before.id), wrong


def taken_along(page: StartPage, held: ChosenFiles) -> ChosenFiles:
    """The files as this form asks for them. One that was chosen at a question that is gone goes to the first that takes it, else it
    stays out of the case; the page says so.
    """
    homes = ((file, _home(page, file.field, file.upload)) for file in held.files)
    return replace(
        held,
        files=tuple(replace(file, field=one.key, type=one.document_type) for file, one in homes if one is not None),
    )


def _home(page: StartPage, field: str, upload: Upload) -> Component | None:
    """The question at which a file belongs that was chosen at `field`; None when no question takes it."""
    asked = {
        one.key: one
        for one in FormSchema.parse(page.form.schema, page.form.values).components
        if one.type == "filepicker"
    }
    if field in asked:
        return asked[field]
    kinds = page.form.document_types
    return next((one for one in asked.values() if not why_refused(kinds.get(one.document_type), upload)), None)
