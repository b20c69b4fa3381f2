"""The texts of a draft that a citizen or department reads and that have no English yet, each with where it is written.

Not a finding: a municipality need not write English, and where it wrote none there is Dutch.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from engine import Model
from engine.edits import DrawnSetting, ElementSettings, path_text
from engine.vocabulary import SHAPES, TRANSLATED_OF_ELEMENT, PageGroup
from engine.words import ElementKind, Language, Recipient, Side
from processes.base.actor import Actor
from processes.reads.studio.draft_check import SLUGS, DraftCheck
from processes.reads.studio.mails import english_of, is_original
from processes.reads.studio.open_draft import OpenDraft, opened_draft, place_of
from processes.storage.services import Services
from processes.studio.questions import questions_in

OWN_PEOPLE: Final = frozenset({Recipient.HANDLER, Recipient.DECIDER, Recipient.DEPARTMENT_MANAGER})
OUTSIDE: Final = frozenset({Side.CITIZEN, Side.DEPARTMENT})
SHORT: Final = 120  # characters of a text on the list
FORM, MAIL = "forms/", "mails/"


@dataclass(frozen=True, slots=True)
class TextWithoutEnglish:
    """`page` is where its English is written, behind the address of the draft; `place` what it is, in words."""

    part: str
    text: str
    place: str
    page: str


@dataclass(frozen=True, slots=True)
class EnglishOfDraft:
    """`all`: how many texts there are to translate."""

    checked: DraftCheck
    missing: tuple[TextWithoutEnglish, ...]
    all: int


def read_english(services: Services, actor: Actor, name: str) -> EnglishOfDraft:
    """Every text without English, by the page on which it is written. Raises NotFound."""
    return english_of_draft(opened_draft(services, actor, name))


def english_of_draft(draft: OpenDraft) -> EnglishOfDraft:
    """The same of a draft that is open already."""
    found = [*_of_settings(draft), *_of_steps(draft), *_of_forms(draft), *_of_mails(draft)]
    order = list(PageGroup)
    missing = sorted((one for one, english in found if not english), key=lambda one: order.index(PageGroup(one.part)))
    return EnglishOfDraft(draft.checked, tuple(missing), len(found))


Told = Iterator[tuple[TextWithoutEnglish, str]]  # each text with its English


def _of_settings(draft: OpenDraft) -> Told:
    for element in draft.elements:
        for one in _with_inside(element.settings):
            page = f"{SLUGS[one.shape.group]}/instelling/{element.id}/{path_text(one.path)}"
            for of in one.shape.translated:
                if text := _dutch(one, of):
                    label = SHAPES[of].label if of in one.shape.children else one.shape.attributes[of].label
                    place = f"{one.shape.label}: {label.lower()}"
                    yield _told(one.shape.group, text, place, page), one.translations.get((Language.ENGLISH, of), "")


def _of_steps(draft: OpenDraft) -> Told:
    """Names and explanations of the tasks of citizens and departments."""
    model = draft.model
    for element in draft.elements:
        if element.kind != ElementKind.USER_TASK or not _from_outside(model, element.id):
            continue
        for of, text in zip(TRANSLATED_OF_ELEMENT, (element.name, element.documentation), strict=True):
            if text:
                page = f"{SLUGS[PageGroup.PEOPLE]}/onderdeel/{element.id}"
                english = element.translations.get((Language.ENGLISH, of), "")
                yield _told(PageGroup.PEOPLE, text, _place(element, of), page), english


def _of_forms(draft: OpenDraft) -> Told:
    for name in sorted(one for one in draft.files if one.startswith(FORM)):
        form = name.removeprefix(FORM)
        if not _asked_outside(draft.model, form):
            continue
        try:
            questions = questions_in(draft.files[name])
        except ValueError:
            continue
        for number, one in enumerate(questions):
            page = f"{SLUGS[PageGroup.FORMS]}/vragen/{form}/{number}"
            place = f"Formulier {form.removesuffix('.json')}"
            if one.label:
                yield _told(PageGroup.FORMS, one.label, f"{place}: vraag of tekst", page), one.english
            if one.description:
                yield _told(PageGroup.FORMS, one.description, f"{place}: uitleg", page), one.english_description


def _of_mails(draft: OpenDraft) -> Told:
    for file in sorted(one for one in draft.files if is_original(one, draft.files)):
        name = file.removeprefix(MAIL).removesuffix(".txt")
        if not _only_own_people(draft.model, name):
            english = english_of(file)
            said = draft.files[english].decode("utf-8", "replace").strip() if english in draft.files else ""
            yield _told(PageGroup.POST, name, "Brief of mail", f"{SLUGS[PageGroup.POST]}/tekst/{name}"), said


def _told(part: str, text: str, place: str, page: str) -> TextWithoutEnglish:
    shown = " ".join(text.split())
    return TextWithoutEnglish(part, shown if len(shown) <= SHORT else f"{shown[: SHORT - 1]}…", place, page)


def _dutch(setting: DrawnSetting, of: str) -> str:
    if of in setting.values:
        return setting.values[of].strip()
    return next((one.text for one in setting.inside if one.name == of), "")


def _place(element: ElementSettings, of: str) -> str:
    return f"{'Naam' if of == 'name' else 'Uitleg'} van {place_of(element)}"


def _from_outside(model: Model | None, element: str) -> bool:
    """Whether a citizen or department does this task; of a drawing that cannot be read everything counts."""
    role = model.role_of(element) if model and element in model.elements else None
    return role is None or role.side in OUTSIDE


def _asked_outside(model: Model | None, form: str) -> bool:
    if model is None:
        return True
    asking = [one for one in model.elements.values() if one.form == form]
    return any(one.kind == ElementKind.START_EVENT or _from_outside(model, one.id) for one in asking)


def _only_own_people(model: Model | None, mail: str) -> bool:
    """Whether every step that sends it sends it to who handles the case."""
    sent = [one.mail.to for one in model.elements.values() if one.mail and one.mail.template == mail] if model else []
    return bool(sent) and all(to in OWN_PEOPLE for to in sent)


def _with_inside(settings: Iterable[DrawnSetting]) -> Iterator[DrawnSetting]:
    for one in settings:
        yield one
        yield from _with_inside(one.inside)
