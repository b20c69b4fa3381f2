"""Statements to PostgreSQL in one round trip, through psycopg's own layers below its cursors.

A cursor costs psycopg a tenth of a millisecond for each statement, which is more than the server needs for most of them.
Here its adaptation (values to text and back) and its way of waiting are used directly, and every statement is prepared
once per connection. It begins a transaction where none runs, as a cursor would; none where each statement stands alone.
"""

from collections import deque
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import count
from re import compile as pattern
from typing import Any

from psycopg import errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.generators import fetch_many, pipeline_communicate
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

MOST_PREPARED = 500  # a process knows some hundred different ones; beyond it they go unprepared

NAME = pattern(r"%\((\w+)\)s")
FAILED = {ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED}

Rows = list[tuple[Any, ...]]


class Prepared:
    """The prepared statements of one connection. A name is used once: after a failure it is unknown which exist."""

    def __init__(self) -> None:
        self.names: dict[str, bytes] = {}
        self._numbers = count()

    def next(self) -> bytes | None:
        number = next(self._numbers)
        return b"zs%d" % number if number < MOST_PREPARED else None


def carry_out(raw: Any, prepared: Prepared, statements: Sequence[tuple[str, Any]], *, commit: bool) -> list[Rows]:
    """The rows that each statement gave. Raises what psycopg raises; then none of those behind it was carried out."""
    sending = _Sending(raw, prepared)
    if raw.pgconn.transaction_status == TransactionStatus.IDLE and not raw.autocommit:
        sending.plain(b"BEGIN")
    wanted = [sending.statement(text, parameters) for text, parameters in statements]
    if commit:
        sending.plain(b"COMMIT")
    results = sending.go()
    return [_rows(sending.adapt, results[at]) for at in wanted]


class _Sending:
    """Commands on their way to one connection. `new` are the statements that it prepares, if all goes well."""

    def __init__(self, raw: Any, prepared: Prepared) -> None:
        self.raw, self.prepared, self.new = raw, prepared, dict[str, bytes]()
        self.adapt = Transformer(raw)
        self.commands: deque[Any] = deque()

    def plain(self, text: bytes) -> None:
        self.commands.append(partial(self.raw.pgconn.send_query_params, text, None))

    def statement(self, text: str, parameters: Any) -> int:
        """Its place among the results."""
        numbered, order = _numbered(text)
        values = [parameters[name] for name in order]
        shapes = [PyFormat.BINARY if isinstance(value, bytes) else PyFormat.TEXT for value in values]
        dumped = self.adapt.dump_sequence(values, shapes)
        formats = self.adapt.formats
        name = self._name(text, numbered)
        send, what = self.raw.pgconn.send_query_prepared, name
        if name is None:
            send, what = self.raw.pgconn.send_query_params, numbered
        self.commands.append(partial(send, what, dumped, param_formats=formats))
        return len(self.commands) - 1

    def _name(self, text: str, numbered: bytes) -> bytes | None:
        known = self.prepared.names.get(text) or self.new.get(text)
        if known is None and (known := self.prepared.next()):
            self.new[text] = known
            self.commands.append(partial(self.raw.pgconn.send_prepare, known, numbered))
        return known

    def go(self) -> list[Any]:
        """The result of each command. Raises the first failure, when everything has come back."""
        pgconn = self.raw.pgconn
        pgconn.enter_pipeline_mode()
        try:
            expected = len(self.commands) + 1
            self.commands.append(pgconn.pipeline_sync)
            results = self.raw.wait(pipeline_communicate(pgconn, self.commands))
            while len(results) < expected:
                results.append(self.raw.wait(fetch_many(pgconn)))
        finally:
            if pgconn.status == ConnStatus.OK:  # a broken connection has no mode to leave
                pgconn.exit_pipeline_mode()
        self._check(results)
        self.prepared.names.update(self.new)
        return [found[-1] for found in results]

    def _check(self, results: list[Any]) -> None:
        failed = next((result for found in results for result in found if result.status in FAILED), None)
        if failed is None:
            return
        self.prepared.names.clear()
        raise errors.error_from_result(failed, encoding=self.raw.pgconn._encoding)  # noqa: SLF001 - as psycopg does


def _rows(adapt: Any, result: Any) -> Rows:
    if not result.ntuples:
        return []
    adapt.set_pgresult(result)
    found: Rows = adapt.load_rows(0, result.ntuples, tuple)
    return found


@lru_cache(maxsize=1024)
def _numbered(text: str) -> tuple[bytes, tuple[str, ...]]:
    """`%(name)s` as `$1`, with the names in the order of their numbers."""
    names: dict[str, int] = {}
    numbered = NAME.sub(lambda found: f"${names.setdefault(found[1], len(names) + 1)}", text)
    return numbered.replace("%%", "%").encode(), tuple(names)
