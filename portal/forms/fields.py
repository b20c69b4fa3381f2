"""Fields for showing a form: one `ShownField` per component, with the typed or stored value, and its error."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from engine import DocumentType
from portal.filters import number_nl
from portal.forms.conditions import counts_when, shown_components
from portal.forms.schema import Component, FormSchema
from portal.received import Received
from processes.base.clock import AMSTERDAM
from processes.base.dutch import yes_or_no
from processes.base.file_types import accepted_endings, formats_in_words
from processes.base.uploads import AS_PDF, MADE_PDF

FILE_FIELDS = {"filepicker", "documents-upload"}
DEPARTMENTS = {"department", "departments"}
WITH_DEPARTMENTS = DEPARTMENTS | {"decisions"}  # a decision is taken by one of them


@dataclass(frozen=True, slots=True)
class ShownField:
    """`kind` names the template `forms/<kind>.html`; `extra` is what the page passed for a special component.

    `accept`: the endings that a file field takes, as its attribute has them. `counts`: the answers under which the question counts,
    as `counts_when` lists them.
    """

    kind: str
    name: str
    label: str
    hint: str
    required: bool
    value: Any
    error: str | None
    choices: Sequence[tuple[str, str]]
    errors: Mapping[str, str]
    typed: Received | None
    text: str = ""
    subtype: str = "date"
    multiple: bool = False
    extra: Any = field(default=())
    accept: str = ""
    offers_missing: bool = True
    counts: Sequence[Mapping[str, str]] | None = None


def lists_for(departments: Sequence[tuple[str, str]], document_types: Mapping[str, Any]) -> dict[str, Any]:
    """The lists that any page passes in `extras` of `fields_for`: the departments to choose from, and the types of files."""
    return {**dict.fromkeys(WITH_DEPARTMENTS, departments), "document_types": document_types}


def fields_for(
    schema: FormSchema,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    typed: Received | None = None,
    extras: Mapping[str, Any] | None = None,
) -> list[ShownField]:
    """The fields in order. What was `typed` goes before what is known in `values`.

    `extras` by component type: `department`, `departments` and `decisions` take [(code, name)] of departments,
    `delivery-judgement` takes the documents (dicts with id, title, href, detail), `documents-upload` the wanted
    documents (texts), `inventory` and `redactions` the documents that are asked about, `concerns` the documents and the third parties, `in-time` what the law says of each decision, `outcomes` the decisions. Beside those, `document_types`
    takes the document types of the case type by code, so that a file field offers what is taken; `converted` the formats of which
    the page makes a PDF, for a document that must be one. A question that does
    not count, whatever is filled in here, is left out.
    """
    known = values or {}
    return [
        replace(_shown(one, known, errors or {}, typed, extras or {}), counts=counts_when(one, schema, known))
        for one in shown_components(schema, known)
    ]


def _shown(
    component: Component, values: Mapping[str, Any], errors: Mapping[str, str], typed: Received | None,
    extras: Mapping[str, Any],
) -> ShownField:  # fmt: skip
    extra = extras.get(component.type, ())
    choices = [(choice.value, choice.title) for choice in component.choices]
    kind = extras.get("document_types", {}).get(component.document_type)
    converted = extras.get("converted", ()) if kind and kind.archive else ()
    formats = (*kind.taken, *converted) if kind else ()
    return ShownField(
        kind=component.type, name=component.key, label=component.label, hint=_hint(component, kind, converted),
        required=component.required, value=_value(component, values, typed), error=errors.get(component.key),
        choices=list(extra) if component.type in DEPARTMENTS else choices, errors=errors, typed=typed,
        text=component.text, subtype=component.subtype, multiple=component.multiple, extra=extra,
        accept=accepted_endings(formats), offers_missing=component.offers_missing,
    )  # fmt: skip


def _hint(component: Component, kind: DocumentType | None, converted: Sequence[str]) -> str:
    if component.type not in FILE_FIELDS or kind is None or not kind.taken:
        return component.description
    what = f"Dit mag: {formats_in_words((*kind.taken, *converted))}."
    if kind.archive:
        what = f"{what} {MADE_PDF}" if converted else AS_PDF
    return f"{component.description} {what}".strip()


def _value(component: Component, values: Mapping[str, Any], typed: Received | None) -> Any:
    listed = component.type in {"checklist", "departments"}
    if typed is not None:
        return typed.all(component.key) if listed else typed.text(component.key)
    known = values.get(component.key)
    if listed:
        # a value that became a list in a newer drawing was stored as one text
        return [known] if isinstance(known, str) and known else [str(item) for item in known or ()]
    return _as_text(component, known)


def _as_text(component: Component, known: Any) -> str:
    if known is None or (known is False and component.type == "checkbox"):
        return ""
    # bool stands before int and datetime before date, because the first is also the second
    for kind, write in WRITTEN:
        if isinstance(known, kind):
            return write(known)
    return str(known)


WRITTEN: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, yes_or_no),
    ((int, float), lambda known: number_nl(known).replace(".", "")),
    (datetime, lambda known: known.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M")),
    (date, lambda known: known.isoformat()),
    ((list, tuple), lambda known: "\n".join(map(str, known))),
)
