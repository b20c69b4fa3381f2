"""What the forms of a case filled so far, in words: for reading beside a task."""

from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.actor import Actor
from processes.database.tables import CaseValue, Instance
from processes.model_shelf import Deployed
from processes.reads.forms import start_form
from processes.reads.in_words import in_words
from processes.reads.workbench.scope import handles


def known_values(session: Session, actor: Actor, root: Instance, deployed: Deployed) -> tuple[tuple[str, str], ...]:
    """Title and text of each filled value. The committee sees what the citizen filed, not what staff noted."""
    stored: dict[str, Any] = dict(
        session.execute(select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == root.id)).all()
    )
    shown = None if handles(actor) else _filed(session, deployed)
    values = {code: value for code, value in deployed.model.values.items() if shown is None or code in shown}
    return tuple(in_words(values, stored))


def _filed(session: Session, deployed: Deployed) -> set[str]:
    form = start_form(session, deployed)
    if form is None:
        return set()
    return {str(part["key"]) for part in orjson.loads(form.schema).get("components", ()) if "key" in part}
