"""The settings of one part of a draft for its page.

All of it comes from the vocabulary and from `settings_of`: a new setting of the vocabulary is on its page without a line here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.edits import ElementSettings
from engine.sentences import KnownName
from engine.vocabulary import SHAPES
from processes.base.actor import Actor
from processes.reads.admin.uploading import ShownFinding
from processes.reads.studio.draft_check import DraftCheck, PartOfDraft, count_of
from processes.reads.studio.open_draft import opened_draft, part_of
from processes.reads.studio.setting_lines import Addable, DrawnSettingLine, addables_of, kinds_of, setting_lines
from processes.storage.services import Services


@dataclass(frozen=True, slots=True)
class KindOfRows:
    """The settings of one kind on a page, with what the kind is for."""

    name: str
    label: str
    help: str
    rows: tuple[DrawnSettingLine, ...]
    count: str


@dataclass(frozen=True, slots=True)
class SettingsPage:
    checked: DraftCheck
    part: PartOfDraft
    kinds: tuple[KindOfRows, ...]
    addables: tuple[Addable, ...]
    loose: tuple[ShownFinding, ...]  # findings of this part that stand at no setting
    elements: Sequence[ElementSettings]  # all of the drawing, in reading order
    processes: Mapping[str, str]  # what a step may call, by process with its title
    names: Mapping[str, KnownName]  # the facts that a sentence may name


def read_settings(services: Services, actor: Actor, name: str, slug: str) -> SettingsPage:
    """Every setting of one part of a draft. Raises NotFound."""
    draft, part = opened_draft(services, actor, name), part_of(slug)
    shown = draft.checked.of_part(part)
    kinds = tuple(
        KindOfRows(kind, SHAPES[kind].label, SHAPES[kind].help, rows, count_of(kind, draft.elements))
        for kind in kinds_of(part)
        if (rows := tuple(setting_lines(draft, shown, kind)))
    )
    told = {id(one) for kind in kinds for row in kind.rows for one in row.findings}
    loose = tuple(one for one in shown.findings if id(one) not in told)
    return SettingsPage(
        draft.checked,
        shown,
        kinds,
        tuple(addables_of(draft.elements, part)),
        loose,
        draft.elements,
        draft.offers.processes,
        draft.offers.names,
    )
