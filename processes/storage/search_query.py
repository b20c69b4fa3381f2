"""A typed question, put to the search table: every word, or its beginning, in one and the same row.

What it costs does not follow the size of the table. An index finds the rows with a word, and would read every one of them: so a word
that stands in very many (`COMMON`) is not looked up but compared with the rows that the other words find. When no other word is left,
the newest rows are looked through, and no more than those; or those of the few cases that a filter leaves.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    SelectBase,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import InstrumentedAttribute, Session

from processes.base.folding import AskedWord, is_beginning, without_zeros
from processes.storage.among import among, is_one_of
from processes.storage.asked_ahead import answer
from processes.storage.base import BigId
from processes.storage.fast import PreparedQuery
from processes.storage.tables import SearchRow

FULL_TEXT: Final = table("search_words", column("rowid"))
MOST_ROWS: Final = 5_000  # that one question takes: a list shows a thousand cases at most, and each has some rows
MOST_CASES: Final = 5_000  # that a filter may leave for it to be a narrow one
MOST_COMPARED: Final = 20_000  # rows of those cases: to compare the words of as many takes some tenths of a second
NEWEST: Final = 5_000  # rows that are looked through when every word is a common one
COMMON: Final = 100_000  # rows with a word: to collect as many from the index takes some ten milliseconds
SAMPLED: Final = 512  # rows, the same ones each time, by which it is guessed how many have a word
BESIDE: Final = (
    8  # of those stand beside each other, and are read together: each place in the index costs more than a row
)


Told = Callable[[Any], ColumnElement[bool]]
"""Makes a condition on a row of the table (its columns `kind`, `case_id` and `row_id`): it may be told to who asks."""
Narrow = Callable[[], Sequence[int] | None]
"""Asks for the ids of the cases that a filter leaves; None when it leaves very many, or there is none."""


@dataclass(frozen=True, slots=True)
class FoundCases:
    """Ids of cases, each once; `whole` when these are all that answer the question."""

    ids: tuple[int, ...]
    whole: bool


def cases_with(session: Session, asked: Sequence[AskedWord], told: Told, narrow: Narrow = lambda: None) -> FoundCases:
    """The cases with a row that answers the question and may be `told`; who asks adds the rules of access to cases. At most MOST_ROWS from the index, and as many of the newest; for words that stand in very many
    those of the cases that are left by a `narrow` filter, which who asks adds as well.
    """
    common = _common(session, asked)
    looked_up = [word for one in asked if (word := _without(one, common))]
    found: list[int] = []
    if looked_up:
        found = _looked_up(session, asked, looked_up, told)
        if len(found) <= MOST_ROWS:
            return FoundCases(tuple(dict.fromkeys(found)), whole=True)
    left = narrow()
    if left is not None and _are_few(session, left):
        return FoundCases(_among_cases(session, left, asked, told), whole=True)
    found += _among_newest(session, asked, told)
    return FoundCases(tuple(dict.fromkeys(found)), whole=False)


def rows_that_answer(
    session: Session, cases: Collection[int], asked: Sequence[AskedWord], told: Told
) -> Sequence[tuple[int, str, str]]:
    """Case, kind and id of each row of these few cases (those of one page) that answers, as `cases_with` reads it. At most
    MOST_COMPARED rows are looked at.
    """
    held = select(SearchRow.case_id, SearchRow.kind, SearchRow.row_id, SearchRow.words)
    apart = held.where(is_one_of(SearchRow.case_id, cases)).limit(MOST_COMPARED).cte("of_page")
    row = apart.prefix_with("MATERIALIZED", dialect="postgresql").c
    found = select(row.case_id, row.kind, row.row_id).where(_answers(session, row.words, asked))
    return [tuple(one) for one in session.execute(found.where(told(row)))]


def is_among(session: Session, of: InstrumentedAttribute[int], cases: SelectBase) -> ColumnElement[bool]:
    """A condition on a column `of` ids of cases: one of these, which are few.

    PostgreSQL keeps no samples of the words, and would guess that so many are found that it had better read every case.
    As an array they are looked up first, and then what belongs to them.
    """
    if not _on_postgres(session):
        return of.in_(cases)
    return of == any_(func.array(cases.scalar_subquery(), type_=ARRAY(BigId)))


def _on_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _looked_up(session: Session, asked: Sequence[AskedWord], by: Sequence[AskedWord], told: Told) -> list[int]:
    """By the index on these words; the others are compared, and so is what may be told, of the rows that the index gave."""
    found = select(SearchRow.case_id, SearchRow.kind, SearchRow.row_id).where(_indexed(session, by))
    if tuple(by) != tuple(asked):
        found = found.where(_answers(session, SearchRow.words, asked))
    # apart from the limit, for which PostgreSQL would rather try its luck in the whole table, and from the kinds: it does not know
    # how few rows have a word, and would read all rows of these kinds from their index as well
    apart = found.cte("looked_up").prefix_with("MATERIALIZED", dialect="postgresql").c
    cases = select(apart.case_id).where(told(apart))
    return list(session.scalars(cases.limit(MOST_ROWS + 1)))


def _are_few(session: Session, cases: Sequence[int]) -> bool:
    """Whether these cases have so few rows that each is compared."""
    held = select(func.count()).select_from(SearchRow).where(is_one_of(SearchRow.case_id, cases))
    return len(cases) <= MOST_CASES and (session.scalar(held) or 0) <= MOST_COMPARED


def _among_cases(session: Session, cases: Sequence[int], asked: Sequence[AskedWord], told: Told) -> tuple[int, ...]:
    """Apart, as in `_looked_up`: PostgreSQL would read the index on words as well, and they stand in very many."""
    held = select(SearchRow.case_id, SearchRow.kind, SearchRow.row_id, SearchRow.words)
    apart = held.where(is_one_of(SearchRow.case_id, cases)).cte("left")
    row = apart.prefix_with("MATERIALIZED", dialect="postgresql").c
    found = select(row.case_id).where(_answers(session, row.words, asked), told(row))
    return tuple(session.scalars(found.distinct()))


def _among_newest(session: Session, asked: Sequence[AskedWord], told: Told) -> list[int]:
    rows = select(SearchRow.case_id, SearchRow.kind, SearchRow.row_id, SearchRow.words).order_by(SearchRow.id.desc())
    newest = rows.limit(NEWEST).subquery("newest").c
    found = select(newest.case_id).where(_answers(session, newest.words, asked), told(newest))
    return list(session.scalars(found.limit(MOST_ROWS)))


def _common(session: Session, asked: Sequence[AskedWord]) -> frozenset[str]:
    """The parts of the question that stand in more than COMMON rows, by a sample. The database keeps none: it would outlive its rows."""
    last = answer(session, _last_row())[0][0] or 0
    if last <= COMMON:
        return frozenset()
    # a power of two, so that the sample changes only when the table has doubled; less one, for rows of one kind may stand at even places
    step = max(BESIDE, (1 << (last * BESIDE // SAMPLED).bit_length()) - 1)
    places = range(step - BESIDE + 1, last + 1, step)
    sample = tuple(row for place in places for row in range(place, place + BESIDE))
    texts = sorted({text for one in asked for text in (*one.parts, one.whole)})
    met = _met(session, [AskedWord((text,), text) for text in texts], sample)
    return frozenset(text for text, count in zip(texts, met, strict=True) if (count or 0) * step > COMMON * BESIDE)


@cache
def _last_row() -> PreparedQuery:
    return PreparedQuery(select(func.max(SearchRow.id)))


def _met(session: Session, words: Sequence[AskedWord], sample: Sequence[int]) -> Sequence[int | None]:
    """How many rows of the sample have each word."""
    if _on_postgres(session):
        texts = {f"text{at}": _ts_text([one]) for at, one in enumerate(words)}
        found: Sequence[int | None] = answer(session, _sampled(len(words)), rows=sample, **texts)[0]
        return found
    counts = [_how_many(_answers(session, SearchRow.words, [one])) for one in words]
    return tuple(session.execute(select(*counts).where(is_one_of(SearchRow.id, sample))).one())


@lru_cache(maxsize=100)
def _sampled(words: int) -> PreparedQuery:
    """The question of `_met` for PostgreSQL, by the number of words: making it takes longer than looking through the sample."""
    asked = (bindparam(f"text{at}", type_=TSQUERY()) for at in range(words))
    counts = [_how_many(func.ts_match_vq(SearchRow.words, one)) for one in asked]
    return PreparedQuery(select(*counts).where(among(SearchRow.id, "rows")))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0), type_=Integer)


def _without(one: AskedWord, common: Collection[str]) -> AskedWord | None:
    """The part of a word about which an index is asked; None when it would answer with too many rows."""
    parts = tuple(part for part in one.parts if part not in common)
    return AskedWord(parts, one.whole) if parts and one.whole not in common else None


def _indexed(session: Session, asked: Sequence[AskedWord]) -> ColumnElement[bool]:
    if _on_postgres(session):
        matches: ColumnElement[bool] = SearchRow.words.op("@@", is_comparison=True)(_ts_query(asked))
        return matches
    found: Any = literal_column("search_words").op("MATCH")(_question(asked, " AND ", " OR ", '"{}"', '"{}"*'))
    return SearchRow.id.in_(select(FULL_TEXT.c.rowid).where(found))


def _answers(session: Session, words: Any, asked: Sequence[AskedWord]) -> ColumnElement[bool]:
    """The same as `_indexed`, of one row after another: no index serves it."""
    if _on_postgres(session):
        compared: ColumnElement[bool] = func.ts_match_vq(words, _ts_query(asked))
        return compared
    held = literal(" ") + words + " "
    return and_(*(_meets(held, one) for one in asked))


def _meets(held: ColumnElement[str], asked: AskedWord) -> ColumnElement[bool]:
    def has(text: str) -> ColumnElement[bool]:
        number = without_zeros(text)
        ways = [f" {text}" if is_beginning(text) else f" {text} ", *([f" {number} "] if number else [])]
        return or_(*(held.contains(way) for way in ways))

    return or_(has(asked.whole), and_(*map(has, asked.parts)))


def _ts_query(asked: Sequence[AskedWord]) -> ColumnElement[Any]:
    return cast(literal(_ts_text(asked)), TSQUERY)


def _ts_text(asked: Sequence[AskedWord]) -> str:
    return _question(asked, " & ", " | ", "'{}'", "'{}':*")


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
