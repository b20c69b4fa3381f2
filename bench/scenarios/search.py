"""`search`: what a worker types in the box above the list of cases, of each kind of row that is found, in a small and a large database.

Each question finds a handful of cases among all. The plan of each statement is read too: none may read a large table whole.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import event, text

from bench.figures import Effort, Figure, alternate, at_most
from bench.ground import WORKER, Ground, ground
from bench.plans import read_by
from bench.postgres import PostgresServer
from bench.seed import seed
from bench.statements import counted
from processes.reads.workbench import Filter, read_cases
from processes.reads.workbench.found_cases import ORDERS
from processes.storage import staff
from processes.storage.words import SearchKind

AGAINST_SMALLEST: Final = 1.5
LARGE: Final = 10_000
# of each kind the words of the row of the n-th case, as the program writes them
ROWS: Final[Mapping[str, str]] = {
    SearchKind.CASE: "'rnd', '2026', n::text, to_char(n, 'FM999999000000'), 'onderwerp'",
    SearchKind.PARTY: "'verzonnen', 'persoon', 'naam' || n",
    SearchKind.CONTACT: "'kerkstraat', 'h' || n, to_char(n % 9000 + 1000, 'FM0000') || 'ab', '06' || to_char(n, 'FM00000000')",
    SearchKind.DECISION: "'besluit', 'pb' || n",
    SearchKind.DOCUMENT: "'bouwtekening', 'stuk' || n",
    SearchKind.TEXT: "'de', 'gemeente', 'woord' || n, md5(n::text), md5((n + 1)::text)",
    SearchKind.NOTE: "'gebeld', 'over', 'zin' || n",
    SearchKind.FILED: "'reden', 'antwoord' || n",
}
# case after case, as they come in; the index afterwards, which is done in half the time
FILL: Final = (
    "DROP INDEX ix_search_words",
    "INSERT INTO search (case_id, kind, row_id, words) SELECT id, kind, (1000000000 + id)::text, words FROM ({rows}) told ORDER BY told.id",
    "CREATE INDEX ix_search_words ON search USING gin (words)",
)
ROW: Final = (
    "SELECT id, '{kind}' AS kind, array_to_tsvector(ARRAY[{words}]) AS words"
    ' FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM "case") o'
)


@dataclass
class Searches:
    """The questions to one database, by what they look for."""

    here: Ground
    size: int

    def asked(self) -> dict[str, str]:
        one = self.size // 2
        return {
            "number": f"2026 {one}", "part-of-number": str(one), "name": f"verzonnen naam{one}", "postcode": f"kerkstraat h{one}",
            "telephone": f"06{one:08d}", "decision": f"pb{one}", "document": f"bouwtekening stuk{one}", "text": f"gemeente woord{one}",
            "note": f"gebeld zin{one}", "answer": f"antwoord{one}", "nothing": "bestaatniet",
            "common-word": "gemeente", "common-words": "verzonnen persoon", "beginning": "ge", "beginning-of-numbers": "06",
        }  # fmt: skip

    def filters(self) -> dict[str, Filter]:
        """The searches, and the list without one in each of its orders."""
        orders = {f"order-{name or 'risk'}": Filter(order=name) for name in ORDERS}
        return {**{name: Filter(typed, state="") for name, typed in self.asked().items()}, **orders}

    def works(self) -> dict[str, Any]:
        return {name: lambda wanted=wanted: self.find(wanted) for name, wanted in self.filters().items()}

    def find(self, wanted: Filter) -> int:
        return len(read_cases(self.here.services, WORKER, wanted).lines)


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    sizes = (effort.sizes[0], effort.sizes[-1])
    with ExitStack() as stack:
        searches = {size: _prepare(stack.enter_context(ground(server, f"search_{size}")), size) for size in sizes}
        works = {(size, name): work for size in sizes for name, work in searches[size].works().items()}
        for (_, name), work in works.items():
            if bool(work()) is (name == "nothing"):
                raise RuntimeError(f"the question '{name}' finds the wrong number of cases")
        asked = {key: _statements(searches[key[0]].here, work) for key, work in works.items()}
        large = searches[sizes[1]]
        whole = {name: len(_read_whole(large, wanted)) for name, wanted in large.filters().items()}
        for name, work in large.works().items():
            print(f"{name}: {', '.join(read_by(large.here.services, work))}", file=sys.stderr)
        rounds = [alternate(list(works.values()), effort.times // 5) for _ in range(effort.rounds)]
    found = [dict(zip(works, one, strict=True)) for one in rounds]
    for name in searches[sizes[0]].filters():
        ratios = [one[sizes[1], name] / one[sizes[0], name] for one in found]
        told = {"ms": found[-1][sizes[1], name], "statements": asked[sizes[1], name], "read_whole": whole[name]}
        yield at_most(f"search-{name}-{sizes[1]}-to-{sizes[0]}", ratios, AGAINST_SMALLEST, told)


def _prepare(here: Ground, size: int) -> Searches:
    seed(here, size, trail=False, terms=True)
    rows = " UNION ALL ".join(ROW.format(kind=kind, words=words) for kind, words in ROWS.items())
    with here.services.sessions.begin() as session:
        staff.remember(session, WORKER)
        for statement in FILL:
            session.execute(text(statement.format(rows=rows).replace(":text", "\\:text")))
    with here.services.sessions.kw["bind"].connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return Searches(here, size)


def _statements(here: Ground, work: Any) -> int:
    with counted(here.services) as seen:
        work()
    return len(seen.statements)


def _read_whole(searches: Searches, wanted: Filter) -> list[str]:
    """The large tables that this question reads from beginning to end, by the plan of each of its statements."""
    engine, seen = searches.here.services.sessions.kw["bind"], []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    searches.find(wanted)
    event.remove(engine, "before_cursor_execute", listen)
    with searches.here.services.sessions() as session:
        large = {name for (name,) in session.execute(text(f"SELECT relname FROM pg_class WHERE reltuples > {LARGE}"))}  # noqa: S608 - a number
        connection = session.connection()
        plans = [
            connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()
            for statement, parameters in seen
            if statement.startswith(("SELECT", "WITH"))
        ]
    nodes = [
        node for plan in plans for node in _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    ]
    scanned = [node for node in nodes if node["Node Type"].endswith("Seq Scan")]
    return [node["Relation Name"] for node in scanned if node["Relation Name"] in large]


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
