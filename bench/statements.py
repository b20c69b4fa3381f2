"""Counts what a piece of work asks of the database, so that a creeping N+1 is seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from processes.storage.services import Services


@dataclass
class Seen:
    """Statements in their order, as SQL text; a statement for many rows at once counts once."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0

    def add(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):  # SQLite's own way to begin; PostgreSQL's is no statement of ours
            self.statements.append(" ".join(statement.split()))

    def add_commit(self, _connection: Any) -> None:
        self.commits += 1


@contextmanager
def counted(services: Services) -> Iterator[Seen]:
    """Everything that this installation asks of its database inside the block."""
    seen, engine = Seen(), services.sessions.kw["bind"]
    event.listen(engine, "before_cursor_execute", seen.add)
    event.listen(engine, "commit", seen.add_commit)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", seen.add)
        event.remove(engine, "commit", seen.add_commit)
