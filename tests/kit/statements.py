"""What an installation asks of its database, to compare or to count."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from processes.storage.fast import queries  # a test that looks inside: each call behind this door is one round trip
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


NOT_EVERY_PAGE = ("BEGIN", "SELECT setting.name, setting.value", "SELECT house_style.")


@contextmanager
def round_trips(services: Services, patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The same, but of what goes to the database together only the first statement: how often somebody waits for an answer. Without
    the clock of the demo, and the house style, which is asked once in some seconds.
    """
    seen: list[str] = []
    engine, in_one_go = services.sessions.kw["bind"], queries.in_one_go

    def together(connection: Any, asked: Any, **how: Any) -> Any:
        seen.append(asked[0][0])
        return in_one_go(connection, asked, **how)

    def alone(_connection: Any, cursor: Any, statement: str, *_more: Any) -> None:
        if cursor is not None and not statement.startswith(NOT_EVERY_PAGE):
            seen.append(statement)

    patch.setattr(queries, "in_one_go", together)
    event.listen(engine, "before_cursor_execute", alone)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", alone)
        patch.setattr(queries, "in_one_go", in_one_go)
