"""What an installation asks of its database, to compare or to count."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from processes.storage.services import Services


@contextmanager
def statements(services: Services) -> Iterator[list[str]]:
    """Every statement that the database gets meanwhile, as SQL text; also those with which a transaction begins."""
    seen: list[str] = []
    engine = services.sessions.kw["bind"]

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
