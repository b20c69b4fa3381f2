"""What PostgreSQL does for a piece of work: the tables and indexes that the plans of its statements read, as lines to print."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import event

from processes.storage.services import Services


def read_by(services: Services, work: Callable[[], object]) -> list[str]:
    """Each way in which a table is read, once, in the order of the statements: `case by ix_case_risk`, `scan of staff`."""
    engine = services.sessions.kw["bind"]
    seen: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    with services.sessions() as session:
        connection = session.connection()
        plans = [
            connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()
            for statement, parameters in seen
            if statement.startswith(("SELECT", "WITH"))
        ]
    nodes = (
        node for plan in plans for node in _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    )
    return list(dict.fromkeys(words for node in nodes if (words := _in_words(node))))


def _in_words(node: Mapping[str, Any]) -> str:
    if "Index Name" in node:
        return f"{node.get('Relation Name', 'bitmap')} by {node['Index Name']}"
    return f"scan of {node['Relation Name']}" if node["Node Type"].endswith("Seq Scan") else ""


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
