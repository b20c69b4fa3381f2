"""What the forms of a case filled so far, in words: for reading beside a task."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import orjson
from babel.dates import format_date, format_datetime
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Role, Value
from processes.actor import Actor
from processes.clock import AMSTERDAM
from processes.corridor.facts import to_fact
from processes.database.tables import CaseValue, Instance
from processes.model_shelf import Deployed
from processes.reads.workbench.scope import handles

UNWRITTEN = {"party", "decision", "file"}  # these stand elsewhere on the page


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
    values = {code: value for code, value in deployed.model.values.items() if whole or not value.confidential}
    return tuple(_in_words(values, stored, shown))


def _filed(deployed: Deployed) -> set[str]:
    """What the start form asks, and the tasks of citizens and of one person."""
    model = deployed.model
    names = {
        element.form
        for element in model.elements.values()
        if element.form and (element.kind == "startEvent" or _asked_outside(model.role_of(element.id)))
    }
    components = (part for name in names for part in orjson.loads(deployed.folder.forms[name]).get("components", ()))
    return {str(part["key"]) for part in components if "key" in part}


def _asked_outside(role: Role | None) -> bool:
    return role is not None and (role.side == "citizen" or role.link == "person")


def _in_words(
    values: Mapping[str, Value], stored: Mapping[str, Any], shown: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    for code, value in values.items():
        if value.type in UNWRITTEN or (shown is not None and code not in shown):
            continue
        fact = to_fact(value, stored.get(code))
        if fact is not None and fact not in ("", ()):
            yield value.title, ", ".join(_word(value, item) for item in (fact if isinstance(fact, tuple) else (fact,)))


def _word(value: Value, fact: Any) -> str:
    if isinstance(fact, bool):
        return "ja" if fact else "nee"
    if isinstance(fact, datetime):
        return str(
            format_datetime(fact.astimezone(AMSTERDAM), "d MMMM y 'om' H.mm 'uur'", tzinfo=AMSTERDAM, locale="nl")
        )
    if isinstance(fact, date):
        return str(format_date(fact, "d MMMM y", locale="nl"))
    return next((choice.title for choice in value.choices if choice.value == fact), str(fact))
