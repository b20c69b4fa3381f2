"""The drawing of a draft, for the page that draws: its newest save, the vocabulary for the editor, and findings meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import read_model
from engine.vocabulary import SHAPES, moddle_descriptor
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.warm_check import WARM
from processes.law.for_linter import known_rules
from processes.reads.admin.uploading import ShownFinding, callers, in_use, shown
from processes.reads.admin.words import Names
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import name_of
from processes.studio.files import drawing_name, folder_of
from processes.studio.revisions import contents, find_draft, newest_revision


@dataclass(frozen=True, slots=True)
class DraftDrawing:
    """The newest save of a draft. `revision` is its id, which the next save names; `number` is what people see."""

    name: str
    title: str
    file: str
    drawing: bytes
    revision: str
    number: int
    saved_at: datetime
    saved_by: str


def read_draft_drawing(services: Services, actor: Actor, name: str) -> DraftDrawing:
    """Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        draft, newest = find_draft(session, name), newest_revision(session, name)
        files = contents(session, newest)
        return DraftDrawing(
            name=name,
            title=draft.title,
            file=drawing_name(files),
            drawing=files[drawing_name(files)],
            revision=newest.id,
            number=newest.number,
            saved_at=newest.saved_at,
            saved_by=name_of(session, newest.saved_by),
        )


def read_vocabulary() -> Mapping[str, Any]:
    """What the editor has to know of the settings: how they are written, and on which kinds of elements each fits."""
    hosts = {name: sorted(shape.hosts) for name, shape in SHAPES.items()}
    return {"descriptor": moddle_descriptor(), "hosts": hosts}


def check_drawing(services: Services, actor: Actor, name: str, drawing: bytes) -> tuple[ShownFinding, ...]:
    """What is wrong with a drawing that is not saved yet, with the forms and mails of its draft. Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        files = contents(session, newest_revision(session, name))
    folder = folder_of({**files, drawing_name(files): drawing})
    library, book, _today = in_use(services)
    law, retention = known_rules(book)
    verdict = WARM.check(folder, library, law, retention)
    read = read_model(drawing) if verdict.finished else None
    return shown((*verdict.findings, *callers(services, read)), Names(read))
