"""Texts that citizens and departments read and that have no English, in a case type that is offered in English.

A municipality need not write English: a case type without an English name is Dutch, and nothing is said. With that name who chose English
expects the rest too, and reads it in Dutch between English sentences. One finding for each setting, task, form and letter, at the place where its
English is written.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from engine.form_parts import form_keys, read_form
from engine.lint.mails import original_of, statuses_at
from engine.lint.subject import Findings, Subject, warning
from engine.model import Element, Finding, Model, Translations
from engine.translating import ENGLISH, FORM_TEXTS, PROPERTIES, name_in, texts_in
from engine.vocabulary import SHAPES, TRANSLATED_OF_ELEMENT
from engine.words import ElementKind, FixedRole, Recipient, Side

OUTSIDE: Final = frozenset({Side.CITIZEN, Side.DEPARTMENT})
READ_DUTCH: Final = frozenset({
    Recipient.HANDLER, Recipient.DECIDER, Recipient.DEPARTMENT, Recipient.DEPARTMENT_MANAGER, FixedRole.COURT, FixedRole.OTHER_BODY,
})  # fmt: skip
OF_TASK: Final = dict(zip(TRANSLATED_OF_ELEMENT, ("naam", "uitleg"), strict=True))
NAMED: Final = 3  # texts of a form that one finding names
SHORT: Final = 60  # characters of a text in a sentence
READER: Final = "Wie Engels leest, ziet daar Nederlands. Schrijf het erbij."


def untranslated(subject: Subject) -> Findings:
    """Nothing for a case type that is not offered in English."""
    if not _offered(subject):
        return
    model = subject.model
    for place, shape, one, code in _settings(subject):
        if lacking := _lacking(shape, one):
            yield _missing(place, f"`case:{shape}` `{code}` heeft geen Engels: {', '.join(lacking)}. {READER}")
    for element in _tasks(model):
        said = _said(element.translations)
        if lacking := [word for of, word in OF_TASK.items() if getattr(element, of) and of not in said]:
            yield _missing(element.id, f"De taak heeft geen Engels: {', '.join(lacking)}. {READER}")
    yield from _forms(subject)
    for name in sorted(subject.folder.mails):
        if original_of(name) == name and name_in(name, ENGLISH) not in subject.folder.mails and _to_others(model, name):
            message = "Deze brief of mail heeft geen Engels. Wie Engels leest, krijgt alleen de Nederlandse. Schrijf het erbij."
            yield _missing(f"mails/{name}", message)


def _missing(place: str, message: str) -> Finding:
    return warning(place, "english-missing", message)


def _offered(subject: Subject) -> bool:
    """Whether a case type has a name in English. A process that others call has none of its own: there any English counts."""
    if subject.model.case_type:
        return "title" in _said(subject.model.case_type.translations)
    drawn = any(True for _ in texts_in(subject.model, ENGLISH))
    return drawn or any(_english_of(part) for form in subject.folder.forms.values() for part in _parts(form))


def _settings(subject: Subject) -> Iterator[tuple[str, str, Any, str]]:
    """Each setting with texts that others read: element, name of the setting, what it says, and the word by which it is told apart."""
    model = subject.model
    if case_type := model.case_type:
        yield model.process, "caseType", case_type, case_type.identification
    asked = {key for form in _asked_forms(subject) for key in form_keys(subject.folder.forms[form])}
    coded: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("party", model.parties), ("value", {code: one for code, one in model.values.items() if code in asked}), ("deadline", model.deadlines),
        ("documentType", model.document_types), ("resultType", model.result_types),
    )  # fmt: skip
    for shape, found in coded:
        yield from ((model.process, shape, one, code) for code, one in found.items())
    for code in sorted(asked & model.values.keys()):
        yield from ((model.process, "choice", one, one.value) for one in model.values[code].choices)
    for element in model.elements.values():
        yield element.id, "form", element, element.form or ""
    yield from _requests(model)
    yield from ((place, "status", one, one.code) for place, one in statuses_at(subject))


def _requests(model: Model) -> Iterator[tuple[str, str, Any, str]]:
    """The documents that are asked of departments."""
    asking = [(model.process, button.request) for button in model.on_demand.values()]
    asking += [(element.id, element.request) for element in model.elements.values()]
    for place, request in asking:
        yield from ((place, "document", one, one.type) for one in (request.documents if request else ()))


def _lacking(name: str, one: Any) -> list[str]:
    """The labels of the texts of a setting that have no English."""
    shape = SHAPES[name]
    said = _said(one.filed_translations if isinstance(one, Element) else one.translations)
    found = []
    for of in shape.translated:
        attribute = shape.attributes.get(of)
        if getattr(one, attribute.field if attribute else of) and of not in said:
            found.append((attribute.label if attribute else SHAPES[of].label).lower())
    return found


def _tasks(model: Model) -> Iterable[Element]:
    """The tasks of citizens and departments."""
    return (one for one in model.elements.values() if one.kind == ElementKind.USER_TASK and _outside(model, one.id))


def _outside(model: Model, element: str) -> bool:
    role = model.role_of(element)
    return role is None or role.side in OUTSIDE


def _asked_forms(subject: Subject) -> list[str]:
    """The forms that citizens and departments fill in."""
    begins = [one for one in subject.elements() if one.kind == ElementKind.START_EVENT]
    named = {one.form for one in (*begins, *_tasks(subject.model)) if one.form}
    return sorted(named & subject.folder.forms.keys())


def _forms(subject: Subject) -> Findings:
    for form in _asked_forms(subject):
        lacking = [text for part in _parts(subject.folder.forms[form]) for text in _without_english(part)]
        if lacking:
            named = ", ".join(f"'{_short(text)}'" for text in lacking[:NAMED])
            more = f" en nog {len(lacking) - NAMED}" if len(lacking) > NAMED else ""
            yield _missing(f"forms/{form}", f"Deze teksten hebben geen Engels: {named}{more}. {READER}")


def _parts(content: bytes) -> list[dict[str, Any]]:
    with suppress(ValueError):  # said of the form itself
        return read_form(content)
    return []


def _english_of(part: Mapping[str, Any]) -> Mapping[str, Any]:
    said = part.get(PROPERTIES)
    return (
        {one: said[own] for one in FORM_TEXTS if said.get(own := f"{one}.{ENGLISH}")}
        if isinstance(said, Mapping)
        else {}
    )


def _without_english(part: Mapping[str, Any]) -> Iterator[str]:
    said = _english_of(part)
    return (text for one in FORM_TEXTS if isinstance(text := part.get(one), str) and text.strip() and one not in said)


def _to_others(model: Model, name: str) -> bool:
    """Whether a step sends this letter or mail to somebody who may read English: not the people of a municipality, a court or another body."""
    dutch, template = READ_DUTCH | model.personal_roles(), name.removesuffix(".txt")
    return any(
        one.mail and one.mail.template == template and one.mail.to not in dutch for one in model.elements.values()
    )


def _said(translations: Translations) -> set[str]:
    return {one.of for one in translations if one.lang == ENGLISH and one.text}


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= SHORT else f"{shown[: SHORT - 1]}…"
