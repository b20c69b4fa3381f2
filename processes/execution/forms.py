"""The data of a form page: the schema from the case's own model version, the values so far, lists to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from engine import DocumentType, Model, Value
from engine.words import ElementKind
from processes.storage.departments import in_use
from processes.storage.model_cache import Deployed
from processes.storage.tables import CaseValue, DepartmentRow, Instance

REMARK = "remark"
DELIVERED = {"documents-upload", "text"}


@dataclass(frozen=True, slots=True)
class FormPage:
    """`schema` is the form-js JSON; `values` the declared values by code, `current` what is stored of them.

    `version` and `element`: the id of the model version that it is from, and where it stands there.
    """

    schema: bytes
    values: Mapping[str, Value]
    current: Mapping[str, Any]
    document_types: Mapping[str, DocumentType]
    departments: tuple[tuple[str, str], ...]
    version: int = 0
    element: str = ""


def form_of(session: Session, deployed: Deployed, element: str, instance_id: int | None) -> FormPage | None:
    """The form of an element; None when the drawing gives it none."""
    model = deployed.model
    name = model.elements[element].form
    if name is None:
        return None
    current = _current(session, deployed, instance_id) if instance_id is not None else {}
    return FormPage(
        schema=deployed.folder.forms[name],
        values={**model.inputs, **model.outputs, **model.values},
        current=current,
        document_types=model.document_types,
        departments=choosable_departments(session),
        version=deployed.id,
        element=element,
    )


def _current(session: Session, deployed: Deployed, instance_id: int) -> dict[str, Any]:
    """The stored values by code; for one person of several those of the case too, without what others answered here."""
    own = _stored(session, instance_id)
    instance = session.get(Instance, instance_id) if deployed.asked_of_each else None
    if instance is None or instance.element is None or instance.parent_id is None:
        return own
    asked = deployed.asked_of_each.get(instance.element, frozenset())
    around = _stored(session, instance.parent_id)
    return {**{code: value for code, value in around.items() if code not in asked}, **own}


def _stored(session: Session, instance_id: int) -> dict[str, Any]:
    stored = select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == instance_id)
    return dict(session.execute(stored).all())


def start_form(session: Session, deployed: Deployed) -> FormPage | None:
    """The form of the start event, for registering or filing a case."""
    starts = [
        element
        for element in deployed.model.elements.values()
        if element.kind == ElementKind.START_EVENT and element.form
    ]
    return form_of(session, deployed, starts[0].id, None) if starts else None


def formats_of(model: Model) -> tuple[str, ...]:
    """The formats of all document types together, as the drawing writes them."""
    return tuple(dict.fromkeys(word for kind in model.document_types.values() for word in kind.taken))


def departments(session: Session) -> tuple[tuple[str, str], ...]:
    """Code and name of every department that there is or was, by name."""
    return _named(session, true())


def choosable_departments(session: Session) -> tuple[tuple[str, str], ...]:
    """Code and name of the departments that can be asked or given something now, by name."""
    return _named(session, in_use())


def _named(session: Session, which: ColumnElement[bool]) -> tuple[tuple[str, str], ...]:
    rows = session.execute(select(DepartmentRow.code, DepartmentRow.name).where(which).order_by(DepartmentRow.name))
    return tuple((code, name) for code, name in rows)


def beside_delivery(form: FormPage) -> FormPage | None:
    """The questions that the form of a delivery asks beside documents and the remark, which have fields of their own."""
    parts = orjson.loads(form.schema)
    asked = [
        one for one in parts.get("components", []) if one.get("type") not in DELIVERED and one.get("key") != REMARK
    ]
    return replace(form, schema=orjson.dumps({**parts, "components": asked})) if asked else None


def component_of(deployed: Deployed, element: str, kind: str) -> dict[str, Any] | None:
    """The first component of a kind on the form of an element."""
    return next((one for one in components_of(deployed, element) if one.get("type") == kind), None)


def document_types_of(component: dict[str, Any]) -> tuple[str, ...]:
    """The document types that a component works with, written with spaces between them."""
    return tuple(str(component.get("documentType", "")).split())


def chosen_departments(deployed: Deployed) -> set[str]:
    """Codes of the values that some form fills with one department or several; their codes are stored."""
    forms = (orjson.loads(schema).get("components", ()) for schema in deployed.folder.forms.values())
    return {str(part["key"]) for parts in forms for part in parts if part.get("type") in {"department", "departments"}}


def asks_documents(deployed: Deployed, element: str) -> bool:
    """Whether the form of an element is a department's delivery of documents."""
    return any(component.get("type") == "documents-upload" for component in components_of(deployed, element))


def remark_on(deployed: Deployed, element: str) -> tuple[str, str]:
    """The label that the drawing gives the remark of a delivery, and its hint; both empty where it has none."""
    found = next((one for one in components_of(deployed, element) if one.get("key") == REMARK), {})
    return str(found.get("label", "")), str(found.get("description", ""))


def texts_on(deployed: Deployed, element: str) -> tuple[str, ...]:
    """The explanations that the drawing put on the form of an element."""
    return tuple(str(one["text"]) for one in components_of(deployed, element) if one.get("type") == "text")


def components_of(deployed: Deployed, element: str) -> list[dict[str, Any]]:
    name = deployed.model.elements[element].form
    return list(orjson.loads(deployed.folder.forms[name]).get("components", [])) if name else []
