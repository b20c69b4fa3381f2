"""What PostgreSQL would do for a statement, and which of it follows the size of a table that grows."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import psycopg

MOST_ROWS: Final = (
    3_000  # that one step may read or hold, of tables with some 50,000: lists stop counting at a thousand
)
HOLDS_ALL: Final = frozenset(
    {"Sort", "Hash", "Aggregate", "HashAggregate", "Materialize", "Unique", "WindowAgg", "SetOp"}
)

Node = Mapping[str, Any]


def findings(connection: psycopg.Connection[Any], text: str, values: Any, growing: frozenset[str]) -> list[str]:
    """One text for each step that reads or holds more the larger a growing table is."""
    plan = _plan(connection, text, values)
    return sorted({words for node, above in _nodes(plan, ()) for words in _wrong(node, above, growing)})


def _plan(connection: psycopg.Connection[Any], text: str, values: Any) -> Node:
    """A question is really asked, so that the rows that it reads are counted; a change is only planned."""
    asked = text.lstrip().startswith(("SELECT", "WITH"))
    words = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " if asked else "EXPLAIN (FORMAT JSON) "
    try:
        found = connection.execute(words + text, values or None).fetchone()  # type: ignore[call-overload]
    finally:
        connection.rollback()
    plan: Node = found[0][0]["Plan"]
    return plan


def _nodes(node: Node, above: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    yield node, above
    for inner in node.get("Plans", ()):
        yield from _nodes(inner, (*above, node["Node Type"]))


def _wrong(node: Node, above: tuple[str, ...], growing: frozenset[str]) -> Iterator[str]:
    kind, table = node["Node Type"], node.get("Relation Name")
    way = " in ".join((kind, *reversed(above)))
    if table in growing and kind in {"Seq Scan", "Parallel Seq Scan"}:
        yield f"scan of {table}: {way}"
    elif table in growing and _read(node) > MOST_ROWS:
        yield f"{table} by {node.get('Index Name', 'several indexes')}: {way}"
    elif kind in HOLDS_ALL and any(_expected(inner) > MOST_ROWS for inner in node.get("Plans", ())):
        yield f"much at once: {way}"


def _read(node: Node) -> float:
    """Rows that a step really read, all its repetitions together; what is expected of it where it was only planned."""
    if "Actual Rows" not in node:
        return float(node["Plan Rows"])
    each = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float(each * node["Actual Loops"])


def _expected(node: Node) -> float:
    return float(node["Actual Rows"] * node["Actual Loops"] if "Actual Rows" in node else node["Plan Rows"])
