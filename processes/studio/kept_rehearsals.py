"""Rows that are kept of rehearsals, by a digest of all that they are about: answers, orders to play, and steps that nobody recorded yet.

A kept answer is never more than what playing again would give. Each row carries a proof that this program wrote it, so that nobody
with rights on the database alone can say that a rehearsal went well; a row without one counts as none.
"""

import hmac
import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from processes.base.secrets import Secrets
from processes.storage.tables import RehearsalKept
from processes.storage.upsert import insert_into

PURPOSE: Final = "rehearsals that are kept"
KEPT: Final = timedelta(days=30)
STALLED: Final = timedelta(minutes=5)  # an order of which nothing was heard for so long may be given again
Content = Mapping[str, Any]


def order_name(about: str) -> str:
    """The name of the order to play what has this digest."""
    return _digest("order", about)


def steps_name(text: str) -> str:
    """The name of a rehearsal that nobody recorded."""
    return _digest("steps", text)


def way_name(about: str, element: str) -> str:
    """The name of the way to an element, in a draft that with its rehearsals has this digest."""
    return _digest("way", about, element)


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()


def read_kept(session: Session, secrets: Secrets, names: Collection[str]) -> dict[str, Content]:
    """The contents under these names, with the moment at which each was kept as `kept_at`; of what is not there nothing."""
    if not names:
        return {}
    rows = session.scalars(select(RehearsalKept).where(RehearsalKept.name.in_(names)))
    sound = (row for row in rows if hmac.compare_digest(row.proof, _proof(secrets, row.name, row.content)))
    return {row.name: {**json.loads(row.content), "kept_at": row.kept_at} for row in sound}


def keep(session: Session, secrets: Secrets, name: str, content: Content) -> None:
    """Keep JSON under a name, in the place of what was there. What is older than KEPT goes."""
    now, text = datetime.now(UTC), json.dumps(content, sort_keys=True)
    session.execute(delete(RehearsalKept).where(RehearsalKept.kept_at < now - KEPT))
    values = {"content": text, "proof": _proof(secrets, name, text), "kept_at": now}
    made = insert_into(session, RehearsalKept).values(name=name, **values)
    session.execute(made.on_conflict_do_update(index_elements=["name"], set_=values))


def touch(session: Session, name: str) -> None:
    """Say that somebody is still at it."""
    session.execute(update(RehearsalKept).where(RehearsalKept.name == name).values(kept_at=datetime.now(UTC)))


def forget(session: Session, name: str) -> None:
    session.execute(delete(RehearsalKept).where(RehearsalKept.name == name))


def _proof(secrets: Secrets, name: str, text: str) -> str:
    key = next(iter(secrets.mac_keys(PURPOSE).values()))
    return hmac.new(key, f"{name}\0{text}".encode(), "sha256").hexdigest()
