"""The values that the forms of a case filled so far, in words: for reading beside a task."""

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Role
from engine.words import ElementKind, LinkTo, Side
from processes.access.staff_scope import handles
from processes.base.actor import Actor
from processes.execution.forms import chosen_departments, departments
from processes.reads.in_words import in_words
from processes.storage.model_cache import Deployed
from processes.storage.tables import CaseValue, Instance


def known_values(
    session: Session, actor: Actor, root: Instance, deployed: Deployed, *, whole: bool
) -> tuple[tuple[str, str], ...]:
    """Title and text of each filled value. The committee sees what citizens and persons wrote, not what staff noted; `whole`
    also gives what the drawing calls confidential.
    """
    stored: dict[str, Any] = dict(
        session.execute(select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == root.id)).all()
    )
    shown = None if handles(actor) else _filed(deployed)
    names = dict(departments(session))
    for code in chosen_departments(deployed) & stored.keys():
        stored[code] = _named(stored[code], names)
    declared = deployed.model.values.items()
    values = {
        code: value
        for code, value in declared
        if (shown is None or code in shown) and (whole or not value.confidential)
    }
    return tuple(in_words(values, stored))


def _named(chosen: Any, names: Mapping[str, str]) -> Any:
    """One department or several, by name."""
    if isinstance(chosen, list):
        return [names.get(str(one), one) for one in chosen]
    return names.get(str(chosen), chosen)


def _filed(deployed: Deployed) -> set[str]:
    """The codes of values that the start form asks, and the tasks of citizens and of one person."""
    model = deployed.model
    names = {
        element.form
        for element in model.elements.values()
        if element.form and (element.kind == ElementKind.START_EVENT or _asked_outside(model.role_of(element.id)))
    }
    components = (part for name in names for part in orjson.loads(deployed.folder.forms[name]).get("components", ()))
    return {str(part["key"]) for part in components if "key" in part}


def _asked_outside(role: Role | None) -> bool:
    return role is not None and (role.side == Side.CITIZEN or role.link == LinkTo.PERSON)
