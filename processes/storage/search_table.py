"""The search table, kept by the change that it tells of: a session looks itself at what it stores and writes the words along.

So no action can forget it. Words go with the other writes of the change, at its end; a change that moves none of them (as
completing a task) asks and writes nothing. Who writes rows past the session, in SQL of his own, calls `rebuild_cases`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Insert, String, bindparam, cast, delete, event, exists, insert, inspect, literal, select
from sqlalchemy.orm import Session, sessionmaker

from processes.storage.base import BigId
from processes.storage.fast import execute_later, insert_rows
from processes.storage.searched_tables import AWAY, BY_CLASS, KINDS, SEARCH, SearchedTable
from processes.storage.tables import Case, DocumentRow, DocumentText, Party, SearchRow

TOUCHED: Final = "rows that were stored and may be searched for"  # in the `info` of a session
PAGE: Final = 500  # cases per read
COLUMNS: Final = ["case_id", "kind", "row_id", "words"]
TURNS: Final = frozenset({"confidential", "secret_address"})  # what hangs on the row must follow
Entry = tuple[str, str, frozenset[str]]
"""One row of the table: kind, id of the row that it tells of, words."""

# whose it is, is known to the database only: the row is written unless that party is confidential
_OF_PARTY: Final = insert(SEARCH).from_select(
    COLUMNS,
    select(
        cast(bindparam("of_case"), BigId),
        cast(bindparam("of_kind"), String(20)),
        cast(bindparam("row"), String(32)),
        cast(bindparam("said"), SEARCH.c.words.type),
    ).where(~exists().where(Party.id == cast(bindparam("party"), BigId), Party.confidential)),
)


def _copied(kind: SearchedTable) -> Insert:
    """Copies the words that this kind keeps of one document, when it may be found by this kind."""
    copied = select(
        DocumentText.case_id,
        cast(literal(kind.code.value), String(20)),
        DocumentText.id,
        cast(DocumentText.words, SEARCH.c.words.type),
    )
    rules = [] if kind.rule is None else [kind.rule]
    return insert(SEARCH).from_select(COLUMNS, copied.where(DocumentText.id == bindparam("row"), *rules))


_OF_TEXT: Final[Mapping[str, Insert]] = {kind.code: _copied(kind) for kind in KINDS if kind.kept_words}
_FORGET: Final = delete(SEARCH).where(SEARCH.c.kind == bindparam("of_kind"), SEARCH.c.row_id == bindparam("row"))
_TEXTS: Final[Any] = DocumentText.__table__
_FORGET_TEXT: Final = delete(_TEXTS).where(_TEXTS.c.id == bindparam("row"))


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
        moved = {name for kind in BY_CLASS.get(type(row), ()) for name in kind.watched if _has_moved(row, name)}
        if moved:
            _touched(session).setdefault(row, "changed")
            if moved & TURNS:
                _touched(session)[row] = "turned"
        if isinstance(row, DocumentRow) and _has_moved(row, "blob"):
            row.words_read = False  # another file is another text
            _touched(session).setdefault(row, "changed")
    for row in session.deleted:
        if type(row) in BY_CLASS:
            _touched(session)[row] = "deleted"


def _has_moved(row: Any, name: str) -> bool:
    """Whether this column has another value now."""
    state: Any = inspect(row)
    return bool(state.attrs[name].history.has_changes())


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
            _forget(session, row)
    _insert(session, [row for row, how in touched.items() if how in {"new", "changed"} and _case_of(row) not in turned])
    for row, how in touched.items():
        if how == "changed" and isinstance(row, DocumentRow) and row.words_read:
            for copied in _OF_TEXT.values():
                execute_later(session, copied, {"row": row.id})
    if turned:
        rebuild_cases(session, sorted(turned))


def _case_of(row: Any) -> int:
    return int(row.id if isinstance(row, Case) else row.case_id)


def _forget(session: Session, row: Any) -> None:
    kinds = [kind.code for kind in BY_CLASS[type(row)]]
    if isinstance(row, DocumentRow):
        kinds.extend(kind.code for kind in BY_CLASS[DocumentText])
        if row.state in AWAY or not row.words_read:
            execute_later(session, _FORGET_TEXT, {"row": row.id})
    for kind in kinds:
        execute_later(session, _FORGET, {"of_kind": kind, "row": str(row.id)})


def _insert(session: Session, rows: Sequence[Any]) -> None:
    found = [(row, kind) for row in rows for kind in BY_CLASS[type(row)] if kind.belongs(row)]
    plain = [_row(row, kind) for row, kind in found if not kind.kept_words and not _of_party(row, kind)]
    if plain:
        insert_rows(session, SEARCH, plain)
    for row, kind in found:
        if kind.kept_words:
            execute_later(session, _OF_TEXT[kind.code], {"row": row.id})
        elif _of_party(row, kind):
            made = _row(row, kind)
            values = {"of_case": made["case_id"], "of_kind": made["kind"], "row": made["row_id"], "said": made["words"]}
            execute_later(session, _OF_PARTY, {**values, "party": row.party_id})


def _of_party(row: Any, kind: SearchedTable) -> bool:
    return kind.of_party and row.party_id is not None


def _row(row: Any, kind: SearchedTable) -> dict[str, Any]:
    words = kind.words(*(getattr(row, name) for name in kind.texts))
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
        insert_rows(session, SEARCH, rows)


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
            found[case].add((kind.code, str(row), frozenset(kind.words(*texts))))
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
