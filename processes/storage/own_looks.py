"""Looks of one person at things of the own cases, to tell what that person did not open yet (C7), and since when that can be told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, cast, func, literal_column, or_, select
from sqlalchemy.orm import Session

from processes.storage.among import among
from processes.storage.asked_ahead import Question, answer
from processes.storage.fast import PreparedQuery
from processes.storage.tables import LookRow, SettingRow
from processes.storage.words import LookKind

BEGINS: Final = "citizen.news_begins"  # a setting that migration 0081 wrote, where there was something to see before


@dataclass(frozen=True, slots=True)
class NewsBegins:
    """The moments before which nothing is new to anybody: `papers` for letters and documents, `messages` for answers. Both aware."""

    papers: datetime
    messages: datetime


@dataclass(frozen=True, slots=True)
class Things:
    """`letters` by id as text, `documents` by id."""

    letters: Collection[str]
    documents: Collection[str]


@dataclass(frozen=True, slots=True)
class OwnLooks:
    """Things that somebody opened: `letters` by id as text, `documents` by id, `messages` the newest id by case."""

    letters: frozenset[str]
    documents: frozenset[str]
    messages: Mapping[int, int]


def news_begins(session: Session, kept_since: datetime) -> NewsBegins:
    """`kept_since`: the moment since which looks are kept for certain."""
    row = next(iter(answer(session, began())), None)
    said = [(row[0] if row else {}).get(one) for one in ("papers", "messages")]
    papers, messages = (max(kept_since, datetime.fromisoformat(one)) if one else kept_since for one in said)
    return NewsBegins(papers, messages)


def own_looks(
    session: Session, subject: str, cases: Collection[int], begins: NewsBegins, only: Things | None = None
) -> OwnLooks:
    """All that this person opened in these cases, by their ids; of letters and documents only of those in `only`, when that is given.

    Each thing comes once, however often it was opened. Two statements.
    """
    if not cases:
        return OwnLooks(frozenset(), frozenset(), {})
    (papers, of_papers), (messages, of_messages) = questions(subject, cases, begins)
    if only is None:
        seen = answer(session, papers, **of_papers)
    else:
        letter = and_(LookRow.kind == LookKind.LETTER, LookRow.part.in_(only.letters))
        few = papers.statement.where(or_(letter, LookRow.document_id.in_(only.documents)))
        seen = [tuple(row) for row in session.execute(few, of_papers)]
    return OwnLooks(
        frozenset(part for kind, part, _ in seen if kind == LookKind.LETTER),
        frozenset(document for *_, document in seen if document),
        dict(answer(session, messages, **of_messages)),
    )


def questions(subject: str, cases: Collection[int], begins: NewsBegins) -> tuple[Question, Question]:
    """The two questions of `own_looks`: letters and documents, and the newest message of each case."""
    mine = {"who": subject, "cases": tuple(cases)}
    return (_papers(), {**mine, "since": begins.papers}), (_messages(), {**mine, "since": begins.messages})


@cache
def began() -> PreparedQuery:
    """The question of `news_begins`."""
    return PreparedQuery(select(SettingRow.value).where(SettingRow.name == literal_column(f"'{BEGINS}'")))


@cache
def _papers() -> PreparedQuery:
    kinds = LookRow.kind.in_((LookKind.LETTER, LookKind.DOCUMENT, LookKind.BUNDLE))
    return PreparedQuery(select(LookRow.kind, LookRow.part, LookRow.document_id).distinct().where(*_mine(), kinds))


@cache
def _messages() -> PreparedQuery:
    newest = select(LookRow.case_id, func.max(cast(LookRow.part, BigInteger))).group_by(LookRow.case_id)
    return PreparedQuery(newest.where(*_mine(), LookRow.kind == LookKind.MESSAGE))


def _mine() -> tuple[ColumnElement[bool], ...]:
    return LookRow.who == bindparam("who"), among(LookRow.case_id, "cases"), LookRow.at >= bindparam("since")
