"""The settings of one element of a draft: each as a form, and a form for each that may be added."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.edits import DrawnSetting, ElementSettings, SettingPath
from engine.vocabulary import PageGroup, shapes_on
from processes.base.actor import Actor
from processes.reads.studio.draft import DraftHead
from processes.reads.studio.open_draft import OpenDraft, found_element, opened_draft, place_of
from processes.reads.studio.setting_fields import NAME, TRANSLATION, fields_of_texts
from processes.reads.studio.setting_lines import in_form, named_in_form, of_its_own
from processes.reads.studio.setting_to_edit import SettingToEdit, form_of, new_form_of
from processes.storage.services import Services

TEXTS = "Uitleg en Engels"


@dataclass(frozen=True, slots=True)
class ElementForms:
    """The settings of one element of a drawing, each as a form (those in another after it), and what may be added (`new`)."""

    head: DraftHead
    element: str
    place: str
    forms: tuple[SettingToEdit, ...]
    new: tuple[SettingToEdit, ...]


def read_element(services: Services, actor: Actor, name: str, element: str) -> ElementForms:
    """Every setting of one element as a form, and a form for each that may be added. Raises NotFound."""
    draft = opened_draft(services, actor, name)
    found = found_element(draft.elements, element)
    there = list(_walk(of_its_own(found, found.settings)))
    new: list[tuple[str, SettingPath]] = [(kind, ()) for kind in found.addable if kind != TRANSLATION]
    new += [(kind, one.path) for one in there for kind in one.addable if not named_in_form(one.shape, kind)]
    texts = (_texts_form(draft, found),) if TRANSLATION in shapes_on(found.kind) else ()
    return ElementForms(
        draft.checked.head, element, place_of(found), (*texts, *(form_of(draft, found, one) for one in there)),
        tuple(new_form_of(draft, found, parent, kind) for kind, parent in new),
    )  # fmt: skip


def _texts_form(draft: OpenDraft, element: ElementSettings) -> SettingToEdit:
    """The texts that people read of a step itself, but for its name in Dutch, which is drawn."""
    fields = tuple(one for one in fields_of_texts(element) if one.name != NAME)
    return SettingToEdit(
        draft.checked, draft.checked.of_part(PageGroup.PEOPLE), element.id, "", TRANSLATION, TEXTS, TEXTS,
        "Wat wie de taak doet erover leest.", place_of(element), fields, (), (), (), new=False,
    )  # fmt: skip


def _walk(settings: Sequence[DrawnSetting]) -> Iterator[DrawnSetting]:
    """Settings with those in them, but for texts that are fields of the setting in which they stand."""
    for one in settings:
        yield one
        yield from _walk([child for child in one.inside if not in_form(one, child)])
