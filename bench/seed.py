"""`python -m bench.seed --cases N [--database ADDRESS]`: fill a PostgreSQL database with plausible cases, in minutes.

Three cases are really played: one that was just registered, one that waits for an answer with its timer running, one
that is closed. The server multiplies their rows, state bytes included, under their own ids, dates and people; the audit
trail is computed for each case and copied in, as of before the seals: `zaakspoor seal-trail` takes the copies in for good.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from bench.ground import Ground, furnish, opened
from processes.storage.base import STILL
from processes.storage.tables.cases import NOBODY_LAST
from processes.storage.trail.hashing import START, UNSEALED, Content, chain_hash

DAYS: Final = "(g %% 35)"  # how many days ago a copy came in, after its model; so no copy is due before the models are
SHARES: Final = (3, 5, 2)  # of ten cases: registered, waiting for an answer, closed
HANDLERS: Final = 10  # few, so that of a thousand cases each has a whole page, as of a million
HANDLER: Final = f"CASE WHEN g %% 9 = 0 THEN NULL ELSE 'medewerker' || (g %% {HANDLERS}) END"
HANDLER_SORT: Final = f"CASE WHEN g %% 9 = 0 THEN '{NOBODY_LAST}' ELSE 'medewerker' || (g %% {HANDLERS}) END"


def _earlier(day: str) -> str:
    """The day of a copy, by the name of a column that sorts lists; no day stays no day."""
    return f"CASE WHEN t.{day} >= '{STILL}' THEN t.{day} ELSE t.{day} - {DAYS}::int END"


# per table the columns that differ from the played case; g numbers the copies, from 0
COPIES: Final[Mapping[str, Mapping[str, str]]] = {
    "case": {
        "id": "%(case)s + g",
        "number": "'RND-' || extract(year FROM t.registered_at) || '-' || to_char(%(case)s + g, 'FM999999000000')",
        "subject": "'Verzonnen onderwerp ' || g",
        "handler": HANDLER,
        "handler_sort": HANDLER_SORT,
        "received_on": f"t.received_on - {DAYS}::int",
        "registered_at": f"t.registered_at - {DAYS} * interval '1 day'",
        **{name: _earlier(name) for name in ("legal_on", "court_on", "own_on")},
    },
    "party": {
        "case_id": "%(case)s + g",
        "name": "'Verzonnen Persoon ' || (g / 2)",
        "identity_index": "encode(sha256(('p' || (%(case)s + g) / 2)::bytea), 'hex')",  # two cases a person
    },
    "decision": {"case_id": "%(case)s + g", "number": "'PB-' || g"},
    "instance": {
        "id": "%(instance)s + g",
        "case_id": "%(case)s + g",
        "next_due": f"t.next_due - {DAYS} * interval '1 day'",
        # two bytes of header, then the tokens as JSON: the open task gets the id of its copy
        "state": "substr(t.state, 1, 2) || convert_to(replace(convert_from(substr(t.state, 3), 'UTF8'), %(task)s, md5(%(task)s || g)), 'UTF8')",
    },
    "case_value": {"case_id": "%(case)s + g", "instance_id": "%(instance)s + g"},
    "status": {"case_id": "%(case)s + g"},
    "deadline": {
        "case_id": "%(case)s + g",
        "started_on": f"t.started_on - {DAYS}::int",
        "due": f"t.due - {DAYS}::int",
    },
    "task": {
        "id": "md5(t.id || g)",
        "case_id": "%(case)s + g",
        "instance_id": "%(instance)s + g",
        "assignee": f"CASE WHEN g %% 4 = 0 THEN 'medewerker' || (g %% {HANDLERS}) END",
        "handler": HANDLER,
        **{name: _earlier(name) for name in ("legal_on", "urgent_on")},
    },
}


# the common process has no term of the law. With one of thirty days four of each thirty-five running copies are late
TERM: Final = f"- {DAYS}::int + 30"
TERMS: Final[Mapping[str, Mapping[str, str]]] = {
    "case": {"legal_on": f"CASE WHEN t.state = 'running' THEN t.received_on {TERM} ELSE t.legal_on END"},
    "task": {
        "legal_on": f"CASE WHEN t.state = 'open' THEN t.opened_at::date {TERM} ELSE t.legal_on END",
        "urgent_on": f"CASE WHEN t.state = 'open' THEN least(t.due, t.opened_at::date {TERM}) ELSE t.urgent_on END",
    },
}


@dataclass(frozen=True, slots=True)
class Played:
    """A case to copy: its number, and the id of its open task (or a text that stands nowhere)."""

    case: int
    task: str


def seed(here: Ground, cases: int, *, trail: bool = True, terms: bool = False) -> None:
    """Add this many cases, without their audit trail if nobody reads it: computing it takes most of the time. `terms`: lists sort them by days
    of the law, of which no term tells. The database must be PostgreSQL, by a user who may switch off foreign keys for the load.
    """
    address = here.services.settings.database.replace("+psycopg", "")
    models = _play(here)
    with psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")  # rows copied from sound ones are sound
        for played, share in zip(models, SHARES, strict=True):
            count = cases * share // sum(SHARES)
            if count:
                _multiply(connection, played, count, trail=trail, terms=terms)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def _play(here: Ground) -> Sequence[Played]:
    registered, waiting, closed = here.register(), here.register(), here.register()
    for number in (waiting, closed):
        here.complete(here.task_of(number, "Look"), route="verder")
    here.complete(here.task_of(closed, "Answer"), outcome="Een verzonnen antwoord")
    return (
        Played(here.case_id(registered), here.task_of(registered, "Look")),
        Played(here.case_id(waiting), here.task_of(waiting, "Answer")),
        Played(here.case_id(closed), "geen open taak"),
    )


def _multiply(connection: psycopg.Connection[Any], played: Played, count: int, *, trail: bool, terms: bool) -> None:
    first = {table: _reserve(connection, table, count) for table in ("case", "instance")}
    given = {"of": played.case, "task": played.task, "last": count - 1, **first}
    for table, copied in COPIES.items():
        changes = {**copied, **(TERMS.get(table, {}) if terms else {})}
        columns = [name for name in _columns(connection, table) if name != "id" or name in changes]
        shown = [sql.SQL(changes[name]) if name in changes else sql.Identifier("t", name) for name in columns]
        connection.execute(
            sql.SQL(
                "INSERT INTO {table} ({columns}) SELECT {shown} FROM {table} t, generate_series(0, %(last)s) g "
                "WHERE t.{key} = %(of)s"
            ).format(
                table=sql.Identifier(table),
                columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
                shown=sql.SQL(", ").join(shown),
                key=sql.Identifier("id" if table == "case" else "case_id"),
            ),
            given,
        )
    if trail:
        _copy_trail(connection, played.case, range(first["case"], first["case"] + count))


def _reserve(connection: psycopg.Connection[Any], table: str, count: int) -> int:
    """The first of so many ids of a table, which nobody else will get."""
    name = sql.Literal(f'"{table}"')
    last = connection.execute(sql.SQL("SELECT nextval(pg_get_serial_sequence({}, 'id'))").format(name)).fetchone()
    first = int(last[0]) + 1 if last else 1
    connection.execute(
        sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), %s)").format(name), (first + count,)
    )  # fmt: skip
    return first


def _columns(connection: psycopg.Connection[Any], table: str) -> list[str]:
    found = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s", (table,)
    )
    return [name for (name,) in found]


def _copy_trail(connection: psycopg.Connection[Any], of: int, cases: range) -> None:
    rows = connection.execute(
        "SELECT seq, at, actor, action, detail FROM audit WHERE chain = %s ORDER BY seq", (of,)
    ).fetchall()
    with connection.cursor().copy(
        "COPY audit (chain, seq, at, actor, action, detail, previous, hash, format) FROM STDIN"
    ) as copy:
        for case in cases:
            for row in _trail(case, rows):
                copy.write_row(row)


def _trail(case: int, rows: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    previous = START
    for seq, at, actor, action, detail in rows:
        moment = at.astimezone(UTC)
        made = chain_hash(Content(case, seq, moment, actor, action, detail, previous), None, UNSEALED)
        yield case, seq, moment, actor, action, json.dumps(detail), previous, made, UNSEALED
        previous = made


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.seed", description=__doc__)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--database", required=True, help="postgresql+psycopg://user@host/name, at the newest schema")
    chosen = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as place, opened(chosen.database, Path(place)) as here:
        furnish(here)
        seed(here, chosen.cases)
    print(f"{chosen.cases} zaken in {time.monotonic() - start:.0f} seconden")


if __name__ == "__main__":
    main()
