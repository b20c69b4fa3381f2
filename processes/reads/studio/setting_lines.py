"""Settings of a draft as lines of a list, and the kinds of settings that may be added to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.edits import DrawnSetting, ElementSettings, path_text
from engine.vocabulary import SHAPES, TRANSLATED_OF_ELEMENT, Shape
from processes.reads.admin.uploading import ShownFinding
from processes.reads.studio.draft_check import PartOfDraft
from processes.reads.studio.open_draft import PROCESS_KIND, OpenDraft, place_of
from processes.reads.studio.setting_fields import (
    TRANSLATION,
    Offers,
    fields_of,
    in_words,
    is_english_text,
    title_in_words,
)

NAMING = frozenset({"name", "title", "label", "description"})  # attributes that hold a name for people
SHORT = 140  # characters of a value on a list


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


def kinds_of(part: str) -> list[str]:
    """The names of the settings that a part of a draft holds."""
    return [name for name, shape in SHAPES.items() if shape.group == part]


def setting_lines(draft: OpenDraft, shown: PartOfDraft, kind: str) -> Iterator[DrawnSettingLine]:
    """Every setting of a kind that stands on an element, in reading order; what stands in another is on the page of that."""
    for element in draft.elements:
        same = [one for one in of_its_own(element, element.settings) if one.name == kind]
        yield from (setting_line(draft, shown, element, one, same) for one in same)


def setting_line(
    draft: OpenDraft, shown: PartOfDraft, element: ElementSettings, setting: DrawnSetting, same: list[DrawnSetting]
) -> DrawnSettingLine:
    fields = fields_of(setting.shape, setting, draft.offers)
    title = title_of(element, setting, draft.offers)
    told = [one for one in fields if one.value and not one.plain and one.value != title]
    words = [(one.label, in_words(one)[:SHORT]) for one in told]
    number = same.index(setting)
    return DrawnSettingLine(
        element.id, path_text(setting.path), title, setting.shape.label, place_of(element), tuple(words),
        findings_at(shown, element, setting), number == 0, number == len(same) - 1, number,
    )  # fmt: skip


def title_of(element: ElementSettings, setting: DrawnSetting, offers: Offers) -> str:
    """The name by which a person knows it: its own, or of what hangs on a step the name of that step."""
    own = element.kind == PROCESS_KIND or len(setting.path) > 1 or setting.shape.titled in NAMING
    words = title_in_words(setting, offers)
    return words if own else element.name or words


def findings_at(shown: PartOfDraft, element: ElementSettings, setting: DrawnSetting) -> tuple[ShownFinding, ...]:
    """Those at the element; of the process, which holds many settings, those that name the code of this one."""
    here = [
        one for one in shown.findings if one.element == element.id or (element.kind == PROCESS_KIND and not one.element)
    ]
    if element.kind != PROCESS_KIND:
        return tuple(here)
    code = setting.values.get("code", "")
    return tuple(one for one in here if code and f"`{code}`" in one.message)


def addables_of(elements: Sequence[ElementSettings], part: str) -> Iterator[Addable]:
    for kind in kinds_of(part):
        if kind == TRANSLATION:
            continue
        places = tuple((one.id, place_of(one)) for one in elements if kind in one.addable)
        if places:
            yield Addable(kind, SHAPES[kind].label, SHAPES[kind].help, places)


def of_its_own(element: ElementSettings, settings: Sequence[DrawnSetting]) -> list[DrawnSetting]:
    """The settings of an element without the English texts that are fields of the element itself."""
    return [one for one in settings if not is_english_text(one, element.settings, TRANSLATED_OF_ELEMENT)]


def in_form(setting: DrawnSetting, child: DrawnSetting) -> bool:
    """Whether a setting inside is one of the texts of the form itself: in Dutch, or the first in English of such a text."""
    if child.name != TRANSLATION:
        return named_in_form(setting.shape, child.name)
    return is_english_text(child, setting.inside, setting.shape.translated)


def named_in_form(shape: Shape, name: str) -> bool:
    """Whether settings of this kind are fields of the form of the setting that they stand in."""
    return name == TRANSLATION or (name in shape.children and SHAPES[name].text and not SHAPES[name].many)
