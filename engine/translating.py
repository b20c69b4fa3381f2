"""The texts of a case type in another language: those that its makers wrote, and Dutch where they wrote none.

A drawing has them as `case:translation`, a mail as a file of its own (`mails/x.en.txt`), and a part of a form in its `properties`
(`{"label.en": "Your name"}`), where form-js keeps what it does not know.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from engine.model import DocumentRequest, Element, Model, OnDemand, Status, Translation, Value
from engine.vocabulary import SHAPES
from engine.words import Language

ENGLISH: Final = Language.ENGLISH
FORM_TEXTS: Final = ("label", "description", "text")  # of a part of a form, as form-js calls them
PROPERTIES: Final = "properties"


def in_language(model: Model, language: str) -> Model:
    """The drawing with its texts in this language; the same drawing for Dutch."""
    if language not in set(Language):
        return model
    case_type, withdrawal = model.case_type, model.withdrawal
    return replace(
        model,
        case_type=_said(case_type, "caseType", language) if case_type else None,
        parties=_each(model.parties, "party", language),
        values=_each(model.values, "value", language, _with_choices),
        deadlines=_each(model.deadlines, "deadline", language),
        document_types=_each(model.document_types, "documentType", language),
        result_types=_each(model.result_types, "resultType", language),
        on_demand={code: _button(one, language) for code, one in model.on_demand.items()},
        withdrawal=replace(withdrawal, status=_status(withdrawal.status, language)) if withdrawal else None,
        elements={id_: _element(one, language) for id_, one in model.elements.items()},
    )


def texts_in(model: Model, language: str) -> Iterator[tuple[str, str]]:
    """Each text of the drawing that is there in this language, with what it is then; the same one as often as it stands there."""
    yield from _differing(model, in_language(model, language))


def form_part_in(part: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A part of a form, or one of its choices, with its texts in this language."""
    said = part.get(PROPERTIES)
    if not isinstance(said, Mapping) or language not in set(Language):
        return part
    found = {name: said[own] for name in FORM_TEXTS if isinstance(said.get(own := f"{name}.{language}"), str)}
    return {**part, **{name: text for name, text in found.items() if text}}


def mail_in(mails: Mapping[str, bytes], name: str, language: str) -> bytes | None:
    """The mail or letter `x.txt` in this language, in Dutch when there is none; None when there is no such mail."""
    return mails.get(name_in(name, language)) or mails.get(name)


def name_in(name: str, language: str) -> str:
    """The file of a mail in this language: `x.en.txt` of `x.txt`."""
    return f"{name.removesuffix('.txt')}.{language}.txt" if language in set(Language) else name


def _differing(dutch: Any, english: Any) -> Iterator[tuple[str, str]]:
    """Every text that is another one in the second value, which has the shape of the first."""
    if dutch is english:
        return
    if isinstance(dutch, str):
        if dutch and dutch != english:
            yield dutch, english
    elif isinstance(dutch, Mapping):
        for name, one in dutch.items():
            yield from _differing(one, english[name])
    elif isinstance(dutch, tuple):
        for one, other in zip(dutch, english, strict=True):
            yield from _differing(one, other)
    elif is_dataclass(dutch):
        for one in fields(dutch):
            yield from _differing(getattr(dutch, one.name), getattr(english, one.name))


def _each(
    found: Mapping[str, Any], name: str, language: str, beside: Callable[[Any, str], Any] = lambda one, _language: one
) -> dict[str, Any]:
    return {code: beside(_said(one, name, language), language) for code, one in found.items()}


def _said(one: Any, name: str, language: str) -> Any:
    """A setting with what its translations say in the place of its own texts."""
    return replace(one, **_fields(one.translations, name, language)) if one.translations else one


def _fields(translations: Iterable[Translation], name: str, language: str) -> dict[str, Any]:
    """The fields of a setting that get another text. What is no text of this setting is left out: the linter names it."""
    shape = SHAPES[name]
    said = {one.of: one.text for one in translations if one.lang == language and one.of in shape.translated}
    return {
        shape.attributes[of].field if of in shape.attributes else of: shape.attributes[of].kind(text)
        if of in shape.attributes
        else text
        for of, text in said.items()
    }


def _with_choices(value: Value, language: str) -> Value:
    return replace(value, choices=tuple(_said(one, "choice", language) for one in value.choices))


def _status(status: Status | None, language: str) -> Status | None:
    return _said(status, "status", language) if status else None


def _request(request: DocumentRequest | None, language: str) -> DocumentRequest | None:
    if request is None:
        return None
    return replace(request, documents=tuple(_said(one, "document", language) for one in request.documents))


def _button(button: OnDemand, language: str) -> OnDemand:
    return replace(button, request=_request(button.request, language))


def _element(element: Element, language: str) -> Element:
    own = {one.of: one.text for one in element.translations if one.lang == language}
    return replace(
        element,
        name=own.get("name", element.name),
        documentation=own.get("documentation", element.documentation),
        status=_status(element.status, language),
        request=_request(element.request, language),
        **_fields(element.filed_translations, "form", language),
    )
