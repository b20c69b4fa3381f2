"""The search table, kept by the change that it tells of: a session looks itself at what it stores and writes the words along.

So no action can forget it. Words go with the other writes of the change, at its end; a change that moves none of them (as
completing a task) asks and writes nothing. Who writes rows past the session, in SQL of his own, calls `rebuild_cases`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    cast,
    delete,
    event,
    exists,
    insert,
    inspect,
    literal,
    select,
)
from sqlalchemy.orm import Session, sessionmaker

from processes.base.folding import words_of
from processes.storage.base import Base, BigId
from processes.storage.fast import execute_later, insert_rows
from processes.storage.tables import Case, Decision, DocumentRow, FiledRow, Party, SearchRow
from processes.storage.words import DocumentState, SearchKind

TOUCHED: Final = "rows that were stored and may be searched for"  # in the `info` of a session
PAGE: Final = 500  # cases per read


@dataclass(frozen=True, slots=True)
class SearchedTable:
    """Rows of one table that are searched for. `texts` are the columns that are read; `belongs` says of a row whether it may
    be found at all, and `rule` says the same in SQL; `asks` are the columns that this depends on.
    """

    code: SearchKind
    of: type[Base]
    texts: tuple[str, ...]
    belongs: Callable[[Any], bool] = lambda _: True
    rule: ColumnElement[bool] | None = None
    asks: tuple[str, ...] = ()

    @property
    def watched(self) -> frozenset[str]:
        return frozenset((*self.texts, *self.asks))


Entry = tuple[str, str, frozenset[str]]
"""One row of the table: kind, id of the row that it tells of, words."""


AWAY: Final = (DocumentState.REMOVED, DocumentState.ERASED)
_OF_SOMEBODY_SECRET = exists().where(Party.id == DocumentRow.party_id, Party.confidential)
KINDS: Final = (
    SearchedTable(SearchKind.CASE, Case, ("number", "subject")),
    SearchedTable(SearchKind.PARTY, Party, ("name",), lambda row: not row.confidential, Party.confidential.is_(False), ("confidential",)),
    SearchedTable(SearchKind.DECISION, Decision, ("number", "subject")),
    SearchedTable(
        SearchKind.DOCUMENT, DocumentRow, ("reference", "title"), lambda row: row.state not in AWAY,
        and_(DocumentRow.state.not_in(AWAY), ~_OF_SOMEBODY_SECRET), ("state", "party_id"),
    ),
    SearchedTable(SearchKind.FILED, FiledRow, ("answers",), lambda row: not row.confidential, FiledRow.confidential.is_(False), ("confidential",)),
)  # fmt: skip
BY_CLASS: Final[Mapping[type, SearchedTable]] = {kind.of: kind for kind in KINDS}

_TABLE: Final[Any] = SearchRow.__table__
# whose document it is, is known to the database only: the row is written unless that party is confidential
_FILE_DOCUMENT = insert(_TABLE).from_select(
    ["case_id", "kind", "row_id", "words"],
    select(
        cast(bindparam("of_case"), BigId),
        cast(literal(SearchKind.DOCUMENT.value), String(20)),
        cast(bindparam("row"), String(32)),
        cast(bindparam("said"), _TABLE.c.words.type),
    ).where(~exists().where(Party.id == cast(bindparam("party"), BigId), Party.confidential)),
)
_FORGET = delete(_TABLE).where(_TABLE.c.kind == bindparam("of_kind"), _TABLE.c.row_id == bindparam("row"))


def watch_search(sessions: sessionmaker[Session]) -> None:
    """Keep the table from now on, for every session of this factory. Before others that listen to a flush."""
    event.listen(sessions, "pending_to_persistent", _stored)
    event.listen(sessions, "before_flush", _changed)
    event.listen(sessions, "before_commit", _write_along)
    event.listen(sessions, "after_rollback", _forgotten)


def _stored(session: Session, row: Any) -> None:
    if type(row) in BY_CLASS:
        _touched(session).setdefault(row, "new")


def _changed(session: Session, *_: object) -> None:
    for row in session.dirty:
        kind = BY_CLASS.get(type(row))
        if kind and (moved := _moved(row, kind)):
            _touched(session).setdefault(row, "changed")
            if "confidential" in moved:  # what hangs on it must follow
                _touched(session)[row] = "turned"
    for row in session.deleted:
        if type(row) in BY_CLASS:
            _touched(session)[row] = "deleted"


def _moved(row: Any, kind: SearchedTable) -> set[str]:
    """Those columns whose value is another one now."""
    state: Any = inspect(row)
    return {name for name in kind.watched if state.attrs[name].history.has_changes()}


def _touched(session: Session) -> dict[Any, str]:
    found: dict[Any, str] = session.info.setdefault(TOUCHED, {})
    return found


def _forgotten(session: Session) -> None:
    session.info.pop(TOUCHED, None)


def _write_along(session: Session) -> None:
    session.flush()
    touched = session.info.pop(TOUCHED, None)
    if not touched:
        return
    turned = {row.case_id for row, how in touched.items() if how == "turned"}
    for row, how in touched.items():
        if how in {"changed", "deleted"}:
            execute_later(session, _FORGET, {"of_kind": BY_CLASS[type(row)].code, "row": str(row.id)})
    there = [row for row, how in touched.items() if how in {"new", "changed"} and _case_of(row) not in turned]
    _insert(session, [row for row in there if BY_CLASS[type(row)].belongs(row)])
    if turned:
        rebuild_cases(session, sorted(turned))


def _case_of(row: Any) -> int:
    return int(row.id if isinstance(row, Case) else row.case_id)


def _insert(session: Session, rows: Sequence[Any]) -> None:
    plain = [_row(row) for row in rows if not isinstance(row, DocumentRow)]
    if plain:
        insert_rows(session, _TABLE, plain)
    for row in rows:
        if isinstance(row, DocumentRow):
            made = _row(row)
            values = {"of_case": made["case_id"], "row": made["row_id"], "said": made["words"], "party": row.party_id}
            execute_later(session, _FILE_DOCUMENT, values)


def _row(row: Any) -> dict[str, Any]:
    kind = BY_CLASS[type(row)]
    words = words_of(*(getattr(row, name) for name in kind.texts))
    return {"case_id": _case_of(row), "kind": kind.code, "row_id": str(row.id), "words": " ".join(words)}


def rebuild_cases(session: Session, cases: Sequence[int]) -> None:
    """Make the rows of these cases again from what they tell of."""
    session.execute(delete(SearchRow).where(SearchRow.case_id.in_(cases)))
    _insert_again(session, cases)


def _insert_again(session: Session, cases: Sequence[int]) -> None:
    rows = [
        {"case_id": case, "kind": kind, "row_id": row, "words": " ".join(sorted(words))}
        for case, entries in told_by_rows(session, cases).items()
        for kind, row, words in entries
    ]
    if rows:
        insert_rows(session, _TABLE, rows)


def pages(session: Session) -> Iterator[Sequence[int]]:
    """The ids of all cases, some at a time."""
    after = 0
    while found := session.scalars(select(Case.id).where(Case.id > after).order_by(Case.id).limit(PAGE)).all():
        yield found
        after = found[-1]


def told_by_rows(session: Session, cases: Sequence[int]) -> dict[int, set[Entry]]:
    """The rows that the table must hold of these cases."""
    found: dict[int, set[Entry]] = {case: set() for case in cases}
    for kind in KINDS:
        for case, row, *texts in session.execute(_rows_of(kind, cases)):
            found[case].add((kind.code, str(row), frozenset(words_of(*texts))))
    return found


def _rows_of(kind: SearchedTable, cases: Sequence[int]) -> Any:
    columns = inspect(kind.of).local_table.c
    case = columns.id if kind.of is Case else columns.case_id
    texts = (columns[name] for name in kind.texts)
    found = select(case, columns.id, *texts).where(case.in_(cases))
    return found if kind.rule is None else found.where(kind.rule)


def told_by_table(session: Session, cases: Sequence[int]) -> dict[int, set[Entry]]:
    """The rows that the table holds of these cases."""
    found: dict[int, set[Entry]] = {case: set() for case in cases}
    rows = select(SearchRow.case_id, SearchRow.kind, SearchRow.row_id, SearchRow.words)
    for case, kind, row, words in session.execute(rows.where(SearchRow.case_id.in_(cases))):
        # PostgreSQL shows each word between quotes
        found[case].add((kind, row, frozenset(word.strip("'") for word in words.split())))
    return found


def untold(session: Session, cases: Sequence[int]) -> list[int]:
    """Those of these cases of which the table holds another thing than it must."""
    rows, held = told_by_rows(session, cases), told_by_table(session, cases)
    return [case for case in cases if rows[case] != held[case]]
