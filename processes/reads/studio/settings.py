"""The settings of a draft for its pages: those of one part as a list, and one of them as a form with its fields.

All of it comes from the vocabulary and from `settings_of`: a new setting of the vocabulary is on its page without a line here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.edits import DrawnSetting, ElementSettings, SettingPath, drawing_of, path_text, settings_of
from engine.vocabulary import SHAPES, Shape
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.reads.admin.models import read_models
from processes.reads.admin.uploading import ShownFinding
from processes.reads.opening import reading
from processes.reads.studio.draft import DraftHead, read_draft_files
from processes.reads.studio.draft_check import SLUGS, DraftCheck, PartOfDraft, draft_check
from processes.reads.studio.setting_fields import DrawnField, Offers, fields_of, in_words
from processes.storage.services import Services

NAMING = frozenset({"name", "title", "label", "description"})  # attributes that hold a name for people
PROCESS_KIND = "process"
LANE = "lane"
CASE_TYPE = "caseType"
SHORT = 140  # characters of a value on a list
WHOLE_PROCESS = "het hele zaaktype"
GONE = "Deze instelling is er niet (meer). Misschien haalde iemand haar intussen weg. Kijk in de lijst."


@dataclass(frozen=True, slots=True)
class DrawnSettingLine:
    """One setting on a list. `place` says where in the drawing it stands; `words` what it holds, by label."""

    element: str
    path: str
    title: str
    kind: str
    place: str
    words: tuple[tuple[str, str], ...]
    findings: tuple[ShownFinding, ...]
    first: bool
    last: bool
    number: int


@dataclass(frozen=True, slots=True)
class Addable:
    """A kind of setting that may be added, on one of `places` (id and words), or inside the setting at `path` there."""

    name: str
    label: str
    help: str
    places: tuple[tuple[str, str], ...]
    path: str = ""


@dataclass(frozen=True, slots=True)
class KindOfRows:
    """The settings of one kind on a page, with what the kind is for."""

    name: str
    label: str
    help: str
    rows: tuple[DrawnSettingLine, ...]


@dataclass(frozen=True, slots=True)
class SettingsPage:
    checked: DraftCheck
    part: PartOfDraft
    kinds: tuple[KindOfRows, ...]
    addables: tuple[Addable, ...]
    loose: tuple[ShownFinding, ...]  # findings of this part that stand at no setting
    elements: Sequence[ElementSettings]  # all of the drawing, in reading order


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
        return not self.new and self.name != CASE_TYPE

    @property
    def parent(self) -> str:
        """The path of the setting that it stands in; empty when it stands on an element."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class ElementForms:
    """The settings of one element of a drawing, each as a form (those in another after it), and what may be added (`new`)."""

    head: DraftHead
    element: str
    place: str
    forms: tuple[SettingToEdit, ...]
    new: tuple[SettingToEdit, ...]


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with its check, its elements with their settings, and what these may name."""

    checked: DraftCheck
    elements: tuple[ElementSettings, ...]
    offers: Offers


def read_settings(services: Services, actor: Actor, name: str, slug: str) -> SettingsPage:
    """Every setting of one part of a draft. Raises NotFound."""
    draft, part = opened_draft(services, actor, name), part_of(slug)
    shown = draft.checked.of_part(part)
    kinds = tuple(
        KindOfRows(kind, SHAPES[kind].label, SHAPES[kind].help, rows)
        for kind in _kinds_of(part)
        if (rows := tuple(_rows(draft, shown, kind)))
    )
    told = {id(one) for kind in kinds for row in kind.rows for one in row.findings}
    loose = tuple(one for one in shown.findings if id(one) not in told)
    return SettingsPage(draft.checked, shown, kinds, tuple(_addables(draft.elements, part)), loose, draft.elements)


def read_setting(
    services: Services, actor: Actor, name: str, slug: str, element: str, path: SettingPath
) -> SettingToEdit:
    """One setting to change. Raises NotFound."""
    draft = opened_draft(services, actor, name)
    found = found_element(draft.elements, element)
    setting = setting_at(found, path)
    shown = draft.checked.of_part(part_of(slug))
    inside = [
        _row(draft, shown, found, one, inside_of(setting, one.name))
        for one in setting.inside
        if not _in_form(setting.shape, one.name)
    ]
    addables = [
        Addable(one, SHAPES[one].label, SHAPES[one].help, ((element, ""),), path_text(path))
        for one in setting.addable
        if not _in_form(setting.shape, one)
    ]
    return SettingToEdit(
        draft.checked, shown, element, path_text(path), setting.name, setting.title, setting.shape.label, setting.shape.help,
        place_of(found), fields_of(setting.shape, setting, draft.offers), tuple(inside), tuple(addables),
        _findings(shown, found, setting), new=False,
    )  # fmt: skip


def read_element(services: Services, actor: Actor, name: str, element: str) -> ElementForms:
    """Every setting of one element as a form, and a form for each that may be added. Raises NotFound."""
    draft = opened_draft(services, actor, name)
    found = found_element(draft.elements, element)
    there = list(_walk(found.settings))
    new: list[tuple[str, SettingPath]] = [(kind, ()) for kind in found.addable]
    new += [(kind, one.path) for one in there for kind in one.addable if not _in_form(one.shape, kind)]
    return ElementForms(
        draft.checked.head, element, place_of(found), tuple(_form(draft, found, one) for one in there),
        tuple(_new_form(draft, found, parent, kind) for kind, parent in new),
    )  # fmt: skip


def _walk(settings: Sequence[DrawnSetting]) -> Iterator[DrawnSetting]:
    """Settings with those in them, but for texts that are fields of the setting in which they stand."""
    for one in settings:
        yield one
        yield from _walk([child for child in one.inside if not _in_form(one.shape, child.name)])


def _form(draft: OpenDraft, element: ElementSettings, setting: DrawnSetting) -> SettingToEdit:
    """A setting to change where what is in it stands beside it."""
    shape = setting.shape
    return SettingToEdit(
        draft.checked, draft.checked.of_part(shape.group), element.id, path_text(setting.path), setting.name, setting.title,
        shape.label, shape.help, place_of(element), fields_of(shape, setting, draft.offers), (), (), (), new=False,
    )  # fmt: skip


def _new_form(draft: OpenDraft, element: ElementSettings, parent: SettingPath, kind: str) -> SettingToEdit:
    shape = SHAPES[kind]
    return SettingToEdit(
        draft.checked, draft.checked.of_part(shape.group), element.id, path_text((*parent, (kind, 0))), kind, shape.label, shape.label,
        shape.help, place_of(element), fields_of(shape, None, draft.offers), (), (), (), new=True,
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
    return replace(_new_form(draft, found, parent, kind), part=draft.checked.of_part(part_of(slug)))


def setting_at(element: ElementSettings, path: SettingPath) -> DrawnSetting:
    """The setting at this path on an element. Raises NotFound."""
    settings = element.settings
    found = None
    for step in path:
        found = next((one for one in settings if one.path[-1] == step), None)
        if found is None:
            raise NotFound(GONE)
        settings = found.inside
    if found is None:
        raise NotFound(GONE)
    return found


def inside_of(setting: DrawnSetting, name: str) -> list[DrawnSetting]:
    return [one for one in setting.inside if one.name == name]


def opened_draft(services: Services, actor: Actor, name: str) -> OpenDraft:
    """The newest save of a draft; without elements when it cannot be read. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    checked = draft_check(services, actor, head, files)
    # what the child did not finish may not be read here either
    elements = _elements(drawing_of(files), files[drawing_of(files)]) if checked.check.readable else ()
    processes = {one.process: one.title for one in read_models(services, actor)}
    with reading(services) as (session, now):
        book = services.law.book(session)
        book = replace(book, rules=book.rules_on(local_date(now)))
    return OpenDraft(checked, elements, Offers(elements, files, processes, book))


@lru_cache(maxsize=8)
def _elements(name: str, drawing: bytes) -> tuple[ElementSettings, ...]:
    return tuple(settings_of({name: drawing}))


def part_of(slug: str) -> str:
    """The part whose page this is. Raises NotFound."""
    found = next((part for part, one in SLUGS.items() if one == slug), None)
    if found is None:
        raise NotFound
    return found


def _kinds_of(part: str) -> list[str]:
    return [name for name, shape in SHAPES.items() if shape.group == part]


def _rows(draft: OpenDraft, shown: PartOfDraft, kind: str) -> Iterator[DrawnSettingLine]:
    """Every setting of a kind that stands on an element, in reading order; what stands in another is on the page of that."""
    for element in draft.elements:
        same = [one for one in element.settings if one.name == kind]
        yield from (_row(draft, shown, element, one, same) for one in same)


def _row(
    draft: OpenDraft, shown: PartOfDraft, element: ElementSettings, setting: DrawnSetting, same: list[DrawnSetting]
) -> DrawnSettingLine:
    fields = fields_of(setting.shape, setting, draft.offers)
    title = _title(element, setting)
    told = [one for one in fields if one.value and not one.plain and one.value != title]
    words = [(one.label, in_words(one)[:SHORT]) for one in told]
    number = same.index(setting)
    return DrawnSettingLine(
        element.id, path_text(setting.path), title, setting.shape.label, place_of(element), tuple(words),
        _findings(shown, element, setting), number == 0, number == len(same) - 1, number,
    )  # fmt: skip


def _title(element: ElementSettings, setting: DrawnSetting) -> str:
    """The name by which a person knows it: its own, or of what hangs on a step the name of that step."""
    own = element.kind == PROCESS_KIND or len(setting.path) > 1 or setting.shape.titled in NAMING
    return setting.title if own else element.name or setting.title


def _findings(shown: PartOfDraft, element: ElementSettings, setting: DrawnSetting) -> tuple[ShownFinding, ...]:
    """Those at the element; of the process, which holds many settings, those that name the code of this one."""
    here = [
        one for one in shown.findings if one.element == element.id or (element.kind == PROCESS_KIND and not one.element)
    ]
    if element.kind != PROCESS_KIND:
        return tuple(here)
    code = setting.values.get("code", "")
    return tuple(one for one in here if code and f"`{code}`" in one.message)


def _addables(elements: Sequence[ElementSettings], part: str) -> Iterator[Addable]:
    for kind in _kinds_of(part):
        places = tuple((one.id, place_of(one)) for one in elements if kind in one.addable)
        if places:
            yield Addable(kind, SHAPES[kind].label, SHAPES[kind].help, places)


def found_element(elements: Sequence[ElementSettings], id_: str) -> ElementSettings:
    """Raises NotFound."""
    found = next((one for one in elements if one.id == id_), None)
    if found is None:
        raise NotFound("Dit onderdeel staat niet (meer) in de tekening.")
    return found


def place_of(element: ElementSettings) -> str:
    """Where it stands, in words: `taak 'Intake', baan 'Behandelaar'`."""
    if element.kind == PROCESS_KIND:
        return WHOLE_PROCESS
    lane = f", baan '{element.lane}'" if element.lane else ""
    return f"{element.kind_name} '{element.name or element.id}'{lane}"


def _in_form(shape: Shape, name: str) -> bool:
    """Whether a setting inside is one of the texts of the form itself."""
    return name in shape.children and SHAPES[name].text and not SHAPES[name].many
