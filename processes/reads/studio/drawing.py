"""The drawing of a draft for the page that draws: what the editor has to know, and findings before anything is saved."""

from collections.abc import Mapping
from typing import Any

from engine import read_model
from engine.edits import drawing_of, folder_of
from engine.vocabulary import SHAPES, moddle_descriptor
from processes.base.actor import Actor
from processes.base.isolated_check import check_apart
from processes.law.for_linter import known_rules
from processes.reads.admin.uploading import ShownFinding, callers, in_use, shown
from processes.reads.admin.words import Names
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.mendings import with_mendings
from processes.storage.services import Services


def read_vocabulary() -> Mapping[str, Any]:
    """`descriptor`: how settings are written, for moddle; `hosts`: on which kinds of elements each fits."""
    hosts = {name: sorted(shape.hosts) for name, shape in SHAPES.items()}
    return {"descriptor": moddle_descriptor(), "hosts": hosts}


def check_drawing(services: Services, actor: Actor, name: str, drawing: bytes) -> tuple[ShownFinding, ...]:
    """The findings of a drawing that is not saved yet, with the forms and mails of its draft. Raises NotFound."""
    _, files = read_draft_files(services, actor, name)
    now = {**files, drawing_of(files): drawing}
    folder = folder_of(now)
    library, book, _today = in_use(services)
    law, retention = known_rules(book)
    verdict = check_apart(folder, library, law, retention)
    read = read_model(drawing) if verdict.finished else None
    found = shown((*verdict.findings, *callers(services, read)), Names(read))
    return with_mendings(found, now, read.drawing) if read and read.drawing else found
