"""Statements to PostgreSQL in one round trip, through psycopg's own layers below its cursors.

A cursor costs psycopg a tenth of a millisecond for each statement, which is more than the server needs for most of them.
Here its adaptation (values to text and back) and its way of waiting are used directly, and every statement is prepared
once per connection. It begins a transaction where none runs, as a cursor would; none where each statement stands alone.
"""

from collections import OrderedDict, deque
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import count
from re import compile as pattern
from typing import Any

from psycopg import IsolationLevel, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.generators import fetch_many, pipeline_communicate
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

# of one connection: each takes some ten kilobytes of the server, and a process asks some hundred different ones again and again
MOST_PREPARED = 500

NAME = pattern(r"%\((\w+)\)s")
FAILED = {ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED}

Rows = list[tuple[Any, ...]]


class Prepared:
    """The prepared statements of one connection, those that were used last at the end. A name is used once.

    After a failure it is unknown which ones the server has: then it is told to forget all of them.
    """

    def __init__(self) -> None:
        self._names: OrderedDict[str, bytes] = OrderedDict()
        self._numbers = count()
        self._unknown = False

    def name_of(self, text: str) -> bytes | None:
        """The name under which the server has this statement; None when it must be prepared."""
        name = self._names.get(text)
        if name:
            self._names.move_to_end(text)
        return name

    def add(self, text: str) -> bytes:
        """A name for one that will be prepared now."""
        name = self._names[text] = b"zs%d" % next(self._numbers)
        return name

    def too_many(self) -> bytes | None:
        """The command with which the server makes room for one more, where it has to: the one that was not used for longest goes."""
        if len(self._names) < MOST_PREPARED:
            return None
        return b"DEALLOCATE " + self._names.popitem(last=False)[1]

    def left_over(self) -> bytes | None:
        """The command that must go before everything else when something failed."""
        unknown, self._unknown = self._unknown, False
        return b"DEALLOCATE ALL" if unknown else None

    def forget(self) -> None:
        """Something failed on the way."""
        self._names.clear()
        self._unknown = True


def carry_out(raw: Any, prepared: Prepared, statements: Sequence[tuple[str, Any]], *, commit: bool) -> list[Rows]:
    """The rows that each statement gave. Raises what psycopg raises; then none of those behind it was carried out."""
    try:
        return _carry_out(raw, prepared, statements, commit=commit)
    except BaseException:
        prepared.forget()
        raise


def _carry_out(raw: Any, prepared: Prepared, statements: Sequence[tuple[str, Any]], *, commit: bool) -> list[Rows]:
    sending = _Sending(raw, prepared)
    if left_over := prepared.left_over():
        sending.plain(left_over)
    if raw.pgconn.transaction_status == TransactionStatus.IDLE and not raw.autocommit:
        sending.plain(_begin(raw.isolation_level, raw.read_only, raw.deferrable))
    wanted = [sending.statement(text, parameters) for text, parameters in statements]
    if commit:
        sending.plain(b"COMMIT")
    results = sending.go()
    return [_rows(sending.adapt, results[at]) for at in wanted]


@lru_cache(maxsize=64)
def _begin(isolation: int | None, read_only: bool | None, deferrable: bool | None) -> bytes:
    """The beginning of a transaction as its connection was told to make it."""
    parts = ["BEGIN"]
    if isolation is not None:
        parts.append(f"ISOLATION LEVEL {IsolationLevel(isolation).name.replace('_', ' ')}")
    if read_only is not None:
        parts.append("READ ONLY" if read_only else "READ WRITE")
    if deferrable is not None:
        parts.append("DEFERRABLE" if deferrable else "NOT DEFERRABLE")
    return " ".join(parts).encode()


class _Sending:
    """Commands on their way to one connection."""

    def __init__(self, raw: Any, prepared: Prepared) -> None:
        self.raw, self.prepared = raw, prepared
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
        self.commands.append(partial(self.raw.pgconn.send_query_prepared, name, dumped, param_formats=formats))
        return len(self.commands) - 1

    def _name(self, text: str, numbered: bytes) -> bytes:
        if known := self.prepared.name_of(text):
            return known
        if too_many := self.prepared.too_many():
            self.plain(too_many)
        name = self.prepared.add(text)
        self.commands.append(partial(self.raw.pgconn.send_prepare, name, numbered))
        return name

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
        return [found[-1] for found in results]

    def _check(self, results: list[Any]) -> None:
        failed = next((result for found in results for result in found if result.status in FAILED), None)
        if failed is not None:
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
