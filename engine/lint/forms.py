"""Forms: valid form-js, known kinds of components, and keys that are declared values of the right type."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.form_parts import read_form
from engine.lint.subject import Findings, Subject, error, warning
from engine.words import ValueType

CHOOSING = frozenset(
    {ValueType.CHOICE, ValueType.TEXT, ValueType.NUMBER, ValueType.BOOLEAN, ValueType.PARTY, ValueType.DECISION}
)
# which types of value a component can fill
FILLS: Mapping[str, frozenset[str]] = {
    "textfield": frozenset({ValueType.TEXT, ValueType.PARTY, ValueType.DECISION}),
    "textarea": frozenset({ValueType.TEXT}),
    "number": frozenset({ValueType.NUMBER}),
    "checkbox": frozenset({ValueType.BOOLEAN}),
    "radio": CHOOSING,
    "select": CHOOSING,
    "checklist": CHOOSING,
    "datetime": frozenset({ValueType.DATE, ValueType.DATETIME}),
    "filepicker": frozenset({ValueType.FILE}),
    "decisions": frozenset({ValueType.DECISION}),
    "department": frozenset({ValueType.TEXT}),
    "documents-upload": frozenset({ValueType.FILE}),
    "delivery-judgement": frozenset({ValueType.CHOICE, ValueType.TEXT}),
    "result-explanation": frozenset({ValueType.TEXT}),
    "departments": frozenset({ValueType.TEXT}),
    "inventory": frozenset({ValueType.CHOICE}),
    "inspection": frozenset({ValueType.CHOICE}),
    "court-only": frozenset({ValueType.CHOICE}),
    "outcomes": frozenset({ValueType.CHOICE}),
    "in-time": frozenset({ValueType.CHOICE}),
    "redactions": frozenset({ValueType.FILE}),
    "concerns": frozenset({ValueType.PARTY}),
    "asked-again": frozenset({ValueType.PARTY}),
    "view-answers": frozenset({ValueType.TEXT}),
}
INSPECTED = frozenset({"alles", "deels", "niets"})  # what an inspection can come to
OUTCOMES = frozenset(
    {"gegrond", "deels_gegrond", "ongegrond", "niet_ontvankelijk"}
)  # of the decisions of a case together
ASSESSED = frozenset({"geheel", "gemengd", "deels", "niet", "geen"})  # what an inventory can come to
JUDGED = frozenset({"accepted", "refused"})  # what the judgement of a delivery can come to
LISTED = frozenset(
    {ValueType.CHOICE, ValueType.TEXT, ValueType.NUMBER}
)  # types whose choices only the drawing can give
COMES_TO = {"inventory": ASSESSED, "inspection": INSPECTED, "court-only": INSPECTED, "outcomes": OUTCOMES}
WITHOUT_KEY = frozenset({"text"})


def forms(subject: Subject) -> Findings:
    for name, data in subject.folder.forms.items():
        try:
            components = read_form(data)
        except ValueError as problem:
            yield error(f"forms/{name}", "form-broken", f"Dit formulier is niet te lezen. {problem}")
            continue
        for component in components:
            yield from _component(f"forms/{name}", component, subject)


def sure_keys(data: bytes) -> frozenset[str]:
    """The keys that a form fills for sure: required ones, and boxes, which are ticked or not. A question that is asked
    only in some cases counts: it is asked when its answer matters.
    """
    try:
        return frozenset(str(one["key"]) for one in read_form(data) if one.get("key") and _is_sure(one))
    except ValueError:
        return frozenset()


def _is_sure(component: Mapping[str, Any]) -> bool:
    validate = component.get("validate")
    required = isinstance(validate, dict) and validate.get("required") is True
    return required or str(component.get("type")) in {"checkbox", "delivery-judgement", "inventory"}


def component_types(data: bytes) -> frozenset[str]:
    """The kinds of components on a form; none when it cannot be read."""
    try:
        return frozenset(str(component.get("type")) for component in read_form(data))
    except ValueError:
        return frozenset()


def offers_no_decision(data: bytes) -> bool:
    """Whether a form asks for decisions and lets somebody say that there is none yet."""
    try:
        found = [one for one in read_form(data) if one.get("type") == "decisions"]
    except ValueError:
        return False
    return any(one.get("missing", True) is not False for one in found)


def _component(place: str, component: dict[str, Any], subject: Subject) -> Findings:
    kind, key = str(component.get("type", ""))[:40], str(component.get("key") or "")[:60]
    if kind in WITHOUT_KEY:
        return
    if kind not in FILLS:
        known = ", ".join([*FILLS, *WITHOUT_KEY])
        yield error(place, "form-unknown-component", f"Het onderdeel `{kind}` bestaat niet. Kies uit: {known}.")
        return
    value = subject.values.get(key)
    if value is None:
        message = f"`{key or kind}` is geen waarde van dit zaaktype. Voeg case:value toe of verbeter `key`."
        yield error(place, "form-unknown-value", message)
        return
    if value.type not in FILLS[kind]:
        message = f"`{key}` is van soort {value.type}; daar past `{kind}` niet bij. Kies een ander onderdeel."
        yield error(place, "form-type-mismatch", message)
    if not component.get("label"):
        message = f"`{key}` heeft geen label. Schrijf erbij wat iemand moet invullen."
        yield warning(place, "form-without-label", message)
    yield from _unsendable(place, kind, key, component, subject)
    yield from _choices(place, key, component, subject)
    yield from _document_type(place, component, subject)
    yield from _special(place, kind, key, component, subject)


def _unsendable(place: str, kind: str, key: str, component: dict[str, Any], subject: Subject) -> Findings:
    """A question that must be answered and whose answers cannot exist: nobody could ever send its form."""
    value = subject.values[key]
    validate = component.get("validate")
    must = isinstance(validate, dict) and validate.get("required") is True
    given = value.choices or component.get("values") or value.type not in LISTED
    if kind in {"radio", "select", "checklist"} and must and not given:
        message = f"`{key}` moet worden ingevuld, maar er is niets om uit te kiezen. Zo kan niemand dit formulier versturen. Voeg keuzes toe."
        yield error(place, "form-without-choices", message)


def _special(place: str, kind: str, key: str, component: dict[str, Any], subject: Subject) -> Findings:
    """Findings about components that work with more than their own value."""
    value = subject.values[key]
    if kind == "departments" and not value.list:
        yield error(place, "form-type-mismatch", f'`{key}` bewaart één afdeling. Schrijf list="true" bij die waarde.')
    judged = kind == "delivery-judgement" and value.type == ValueType.CHOICE
    if judged and (missing := sorted(JUDGED - {choice.value for choice in value.choices})):
        message = f"`{key}` mist de keuzes {', '.join(missing)}. Voeg case:choice toe, anders komt geen oordeel verder."
        yield error(place, "form-unknown-choice", message)
    if kind in COMES_TO:
        missing = sorted(COMES_TO[kind] - {choice.value for choice in value.choices})
        if missing:
            message = f"`{key}` mist de keuzes {', '.join(missing)}. Voeg case:choice toe."
            yield error(place, "form-unknown-choice", message)
    if kind in {"inventory", "inspection", "court-only", "redactions", "concerns"} and not component.get(
        "documentType"
    ):
        message = f"Bij `{kind}` staat niet om welke documenten het gaat. Vul `documentType` in."
        yield error(place, "form-without-document-type", message)


def _choices(place: str, key: str, component: dict[str, Any], subject: Subject) -> Findings:
    declared = {choice.value for choice in subject.values[key].choices}
    options = component.get("values")
    if not declared or not isinstance(options, list):
        return
    for option in _option_values(options):
        if option not in declared:
            message = f"De keuze `{option[:60]}` van `{key}` is niet gedeclareerd. Voeg case:choice toe."
            yield error(place, "form-unknown-choice", message)


def _option_values(options: list[Any]) -> Iterator[str]:
    return (str(option.get("value", "")) for option in options if isinstance(option, dict))


def _document_type(place: str, component: dict[str, Any], subject: Subject) -> Findings:
    given = component.get("documentType")
    if given is None or not subject.model.case_type:
        return
    of_several = {"inventory", "inspection", "court-only", "concerns"}
    several = str(given).split() if component.get("type") in of_several else [str(given)]
    for code in several:
        if code not in subject.model.document_types:
            message = f"`{code[:60]}` is geen documenttype van dit zaaktype. Voeg case:documentType toe."
            yield error(place, "unknown-document-type", message)
