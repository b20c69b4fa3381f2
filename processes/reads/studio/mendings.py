"""Findings of a draft that have one right mending: what it does in words, and the edit. It is the edit of `zaakspoor lint --fix`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine import Finding
from engine.drawing import Drawing
from engine.edits import Edit, Files, folder_of, mend, mending_of
from engine.words import Severity
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.base.isolated_check import check_apart
from processes.law.for_linter import known_rules
from processes.reads.admin.uploading import ShownFinding, in_use
from processes.reads.studio.draft import read_draft_files
from processes.storage.services import Services

NOTHING_LEFT = "Dit is al hersteld, of kan niet meer zo. Kijk bij de bevindingen wat er nu staat."


@dataclass(frozen=True, slots=True)
class MendedDraft:
    """A draft with all mended: the files that change, and what was done in words, each sentence once."""

    files: Mapping[str, bytes]
    words: tuple[str, ...]


def edit_for(finding: ShownFinding, files: Files, drawing: Drawing) -> tuple[str, Edit] | None:
    """The sentence and edit of the one right mending of a finding; None when a person has to choose."""
    told = Finding(finding.element or drawing.process, Severity(finding.severity), finding.code, finding.message)
    found = mending_of(told, files, drawing)
    return (found.sentence, found.edit) if found else None


def with_mendings(found: Iterable[ShownFinding], files: Files, drawing: Drawing) -> tuple[ShownFinding, ...]:
    """The findings, those that have one right mending with what it does."""
    told = [(one, edit_for(one, files, drawing)) for one in found]
    return tuple(replace(one, mending=mending[0]) if mending else one for one, mending in told)


def read_all_mended(services: Services, actor: Actor, name: str) -> MendedDraft:
    """The newest save with all mended that has one right mending. Raises NotFound when there is nothing to mend."""
    _, files = read_draft_files(services, actor, name)
    library, book, _today = in_use(services)
    law, retention = known_rules(book)
    mended, done = mend(files, lambda now: check_apart(folder_of(now), library, law, retention).findings)
    if not done:
        raise NotFound(NOTHING_LEFT)
    put = {name: data for name, data in mended.items() if files.get(name) != data}
    return MendedDraft(put, tuple(dict.fromkeys(one.sentence for one in done)))
