"""What a form page needs: the schema from the case's own model version, the values so far, and lists to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DocumentType, Value
from processes.database.tables import CaseValue, DepartmentRow
from processes.model_shelf import Deployed


@dataclass(frozen=True, slots=True)
class FormPage:
    """`schema` is the form-js JSON; `values` the declared values by code, `current` what is stored of them."""

    schema: bytes
    values: Mapping[str, Value]
    current: Mapping[str, Any]
    document_types: Mapping[str, DocumentType]
    departments: tuple[tuple[str, str], ...]


def form_of(session: Session, deployed: Deployed, element: str, instance_id: int | None) -> FormPage | None:
    """The form of an element; None when the drawing gives it none."""
    model = deployed.model
    name = model.elements[element].form
    if name is None:
        return None
    stored = select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == instance_id)
    current: dict[str, Any] = dict(session.execute(stored).all()) if instance_id is not None else {}
    return FormPage(
        schema=deployed.folder.forms[name],
        values={**model.inputs, **model.outputs, **model.values},
        current=current,
        document_types=model.document_types,
        departments=departments(session),
    )


def start_form(session: Session, deployed: Deployed) -> FormPage | None:
    """The form of the start event, for registering or filing a case."""
    starts = [element for element in deployed.model.elements.values() if element.kind == "startEvent" and element.form]
    return form_of(session, deployed, starts[0].id, None) if starts else None


def departments(session: Session) -> tuple[tuple[str, str], ...]:
    """Code and name of every department, by name."""
    rows = session.execute(select(DepartmentRow.code, DepartmentRow.name).order_by(DepartmentRow.name))
    return tuple((code, name) for code, name in rows)


def chosen_departments(deployed: Deployed) -> set[str]:
    """Codes of the values that some form fills with a department; what is stored is the department's code."""
    forms = (orjson.loads(schema).get("components", ()) for schema in deployed.folder.forms.values())
    return {str(part["key"]) for parts in forms for part in parts if part.get("type") == "department"}


def asks_documents(deployed: Deployed, element: str) -> bool:
    """Whether the form of an element is a department's delivery of documents."""
    return any(component.get("type") == "documents-upload" for component in _components(deployed, element))


def texts_on(deployed: Deployed, element: str) -> tuple[str, ...]:
    """The explanations that the drawing put on the form of an element."""
    return tuple(str(one["text"]) for one in _components(deployed, element) if one.get("type") == "text")


def _components(deployed: Deployed, element: str) -> list[dict[str, Any]]:
    name = deployed.model.elements[element].form
    return list(orjson.loads(deployed.folder.forms[name]).get("components", [])) if name else []
