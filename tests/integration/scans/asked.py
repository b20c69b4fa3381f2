"""What an installation asks of PostgreSQL, each statement once by its text, with the values of the first time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from processes.storage.fast import pipeline  # a test that looks inside: past this door SQLAlchemy sees no values
from processes.storage.services import Services

UNHEARD = "unheard"  # an execution option: what the test itself wants to know


def unheard(session: Session) -> Session:
    """A session for the test's own questions."""
    session.connection(execution_options={UNHEARD: True})
    return session


@dataclass
class Asked:
    """`values` and `by` (who asked first) for each text of a statement; `doing` is what is done at this moment; while it is empty nothing is kept."""

    values: dict[str, Any] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)
    doing: str = ""

    def now(self, doing: str) -> None:
        self.doing = doing

    def add(self, text: str, values: Any) -> None:
        if self.doing and text not in self.values:
            self.values[text] = values[0] if isinstance(values, list) and values else values
            self.by[text] = self.doing

    def hear(self, connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        """As a listener of SQLAlchemy; without a cursor it is only told that the fast path asks something."""
        if cursor is not None and not connection.get_execution_options().get(UNHEARD):
            self.add(statement, parameters)


@contextmanager
def listening(services: Services, patch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """Everything that is asked inside the block, on either way to the database."""
    asked, engine = Asked(), services.sessions.kw["bind"]
    carry_out = pipeline.carry_out

    def heard(raw: Any, prepared: Any, statements: Any, **how: Any) -> Any:
        for text, values in statements:
            asked.add(text, values)
        return carry_out(raw, prepared, statements, **how)

    patch.setattr(pipeline, "carry_out", heard)
    event.listen(engine, "before_cursor_execute", asked.hear)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", asked.hear)
