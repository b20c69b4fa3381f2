"""What the forms of a case filled so far, in words: for reading beside a task."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import orjson
from babel.dates import format_date, format_datetime
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Value
from processes.actor import Actor
from processes.clock import AMSTERDAM
from processes.corridor.facts import to_fact
from processes.database.tables import CaseValue, Instance
from processes.model_shelf import Deployed
from processes.reads.forms import chosen_departments, departments, start_form
from processes.reads.workbench.scope import handles

UNWRITTEN = {"party", "decision", "file"}  # these stand elsewhere on the page


def known_values(session: Session, actor: Actor, root: Instance, deployed: Deployed) -> tuple[tuple[str, str], ...]:
    """Title and text of each filled value. The committee sees what the citizen filed, not what staff noted."""
    stored: dict[str, Any] = dict(
        session.execute(select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == root.id)).all()
    )
    shown = None if handles(actor) else _filed(session, deployed)
    names = dict(departments(session))
    for code in chosen_departments(deployed) & stored.keys():
        stored[code] = names.get(stored[code], stored[code])
    return tuple(_in_words(deployed.model.values, stored, shown))


def _filed(session: Session, deployed: Deployed) -> set[str]:
    form = start_form(session, deployed)
    if form is None:
        return set()
    return {str(part["key"]) for part in orjson.loads(form.schema).get("components", ()) if "key" in part}


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
