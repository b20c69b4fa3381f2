"""A typed question, put to the search table: every word, or its beginning, in one and the same row."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    SelectBase,
    any_,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import InstrumentedAttribute, Session

from processes.base.folding import AskedWord, is_beginning, without_zeros
from processes.storage.base import BigId
from processes.storage.tables import SearchRow

FULL_TEXT: Final = table("search_words", column("rowid"))


def cases_with(session: Session, asked: Sequence[AskedWord], kinds: Collection[str]) -> Select[int]:
    """Ids of the cases with a row of one of these kinds that answers the question; who asks adds the rules of access."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    found = _on_postgres(asked) if on_postgres else _on_sqlite(asked)
    return select(SearchRow.case_id).where(found, SearchRow.kind.in_(kinds))


def is_among(session: Session, of: InstrumentedAttribute[int], cases: SelectBase) -> ColumnElement[bool]:
    """A condition on a column `of` ids of cases: one of these, which are few.

    PostgreSQL keeps no samples of the words, and would guess that so many are found that it had better read every case.
    As an array they are looked up first, and then what belongs to them.
    """
    if session.get_bind().dialect.name != "postgresql":
        return of.in_(cases)
    return of == any_(func.array(cases.scalar_subquery(), type_=ARRAY(BigId)))


def _on_postgres(asked: Sequence[AskedWord]) -> ColumnElement[bool]:
    question = _question(asked, " & ", " | ", "'{}'", "'{}':*")
    matches: ColumnElement[bool] = SearchRow.words.op("@@", is_comparison=True)(cast(literal(question), TSQUERY))
    return matches


def _on_sqlite(asked: Sequence[AskedWord]) -> ColumnElement[bool]:
    matches: Any = literal_column("search_words").op("MATCH")(_question(asked, " AND ", " OR ", '"{}"', '"{}"*'))
    return SearchRow.id.in_(select(FULL_TEXT.c.rowid).where(matches))


def _question(asked: Sequence[AskedWord], both: str, either: str, word: str, beginning: str) -> str:
    """In the language of one of the databases. Words hold letters and digits only, so nothing in them is a sign of it."""

    def one(text: str) -> str:
        found = (beginning if is_beginning(text) else word).format(text)
        number = without_zeros(text)
        return f"({found}{either}{word.format(number)})" if number else found

    def met(wanted: AskedWord) -> str:
        parts = both.join(map(one, wanted.parts))
        return f"({parts})" if wanted.parts == (wanted.whole,) else f"(({parts}){either}{one(wanted.whole)})"

    return both.join(map(met, asked))
