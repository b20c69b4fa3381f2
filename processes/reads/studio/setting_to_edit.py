"""One setting of a draft as a form with its fields: one that is drawn, or one that is not there yet."""

from dataclasses import dataclass, replace

from engine.edits import DrawnSetting, ElementSettings, SettingPath, path_text
from engine.vocabulary import SHAPES
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.admin.uploading import ShownFinding
from processes.reads.studio.draft_check import DraftCheck, PartOfDraft
from processes.reads.studio.open_draft import OpenDraft, found_element, opened_draft, part_of, place_of, setting_at
from processes.reads.studio.setting_fields import DrawnField, fields_of, title_in_words
from processes.reads.studio.setting_lines import (
    Addable,
    DrawnSettingLine,
    findings_at,
    in_form,
    named_in_form,
    setting_line,
)
from processes.storage.services import Services

CASE_TYPE = "caseType"


@dataclass(frozen=True, slots=True)
class SettingToEdit:
    """One setting to change, or a new one (`new`). `inside`: the settings in it that have fields of their own."""

    checked: DraftCheck
    part: PartOfDraft
    element: str
    path: str
    name: str
    title: str
    label: str
    help: str
    place: str
    fields: tuple[DrawnField, ...]
    inside: tuple[DrawnSettingLine, ...]
    addables: tuple[Addable, ...]
    findings: tuple[ShownFinding, ...]
    new: bool

    @property
    def may_go(self) -> bool:
        """Whether a page offers to take it away: without its general settings a case type would be none."""
        return not self.new and self.name != CASE_TYPE and bool(self.path)

    @property
    def parent(self) -> str:
        """The path of the setting that it stands in; empty when it stands on an element."""
        return self.path.rpartition("/")[0]


def read_setting(
    services: Services, actor: Actor, name: str, slug: str, element: str, path: SettingPath
) -> SettingToEdit:
    """One setting to change. Raises NotFound."""
    draft = opened_draft(services, actor, name)
    found = found_element(draft.elements, element)
    setting = setting_at(found, path)
    shown = draft.checked.of_part(part_of(slug))
    inside = [
        setting_line(draft, shown, found, one, _inside_of(setting, one.name))
        for one in setting.inside
        if not in_form(setting, one)
    ]
    addables = [
        Addable(one, SHAPES[one].label, SHAPES[one].help, ((element, ""),), path_text(path))
        for one in setting.addable
        if not named_in_form(setting.shape, one)
    ]
    return SettingToEdit(
        draft.checked, shown, element, path_text(path), setting.name, title_in_words(setting, draft.offers), setting.shape.label, setting.shape.help,
        place_of(found), fields_of(setting.shape, setting, draft.offers), tuple(inside), tuple(addables),
        findings_at(shown, found, setting), new=False,
    )  # fmt: skip


def read_new_setting(
    services: Services, actor: Actor, name: str, slug: str, element: str, parent: SettingPath, kind: str
) -> SettingToEdit:
    """A setting that is not there yet, on an element or (`parent`) in another setting. Raises NotFound."""
    draft, shape = opened_draft(services, actor, name), SHAPES.get(kind)
    found = found_element(draft.elements, element)
    addable = setting_at(found, parent).addable if parent else found.addable
    if shape is None or kind not in addable:
        raise NotFound("Deze instelling kan hier niet. Kies in de lijst een andere plek.")
    return replace(new_form_of(draft, found, parent, kind), part=draft.checked.of_part(part_of(slug)))


def form_of(draft: OpenDraft, element: ElementSettings, setting: DrawnSetting) -> SettingToEdit:
    """A setting to change where what is in it stands beside it."""
    shape = setting.shape
    return SettingToEdit(
        draft.checked, draft.checked.of_part(shape.group), element.id, path_text(setting.path), setting.name, title_in_words(setting, draft.offers),
        shape.label, shape.help, place_of(element), fields_of(shape, setting, draft.offers), (), (), (), new=False,
    )  # fmt: skip


def new_form_of(draft: OpenDraft, element: ElementSettings, parent: SettingPath, kind: str) -> SettingToEdit:
    """A setting that is not there yet, where what may come in it is asked after it."""
    shape = SHAPES[kind]
    return SettingToEdit(
        draft.checked, draft.checked.of_part(shape.group), element.id, path_text((*parent, (kind, 0))), kind, shape.label, shape.label,
        shape.help, place_of(element), fields_of(shape, None, draft.offers), (), (), (), new=True,
    )  # fmt: skip


def _inside_of(setting: DrawnSetting, name: str) -> list[DrawnSetting]:
    return [one for one in setting.inside if one.name == name]
