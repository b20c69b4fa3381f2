"""Looks of one person at things of the own cases, to tell what that person did not open yet (C7), and since when that can be told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, and_, cast, func, or_, select
from sqlalchemy.orm import Session

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
    row = session.get(SettingRow, BEGINS)
    said = [(row.value if row else {}).get(one) for one in ("papers", "messages")]
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
    mine = (LookRow.who == subject, LookRow.case_id.in_(cases))
    papers = (LookKind.LETTER, LookKind.DOCUMENT, LookKind.BUNDLE)
    wanted = select(LookRow.kind, LookRow.part, LookRow.document_id).distinct()
    wanted = wanted.where(*mine, LookRow.at >= begins.papers, LookRow.kind.in_(papers))
    if only is not None:
        letter = and_(LookRow.kind == LookKind.LETTER, LookRow.part.in_(only.letters))
        wanted = wanted.where(or_(letter, LookRow.document_id.in_(only.documents)))
    seen = session.execute(wanted).all()
    newest = select(LookRow.case_id, func.max(cast(LookRow.part, BigInteger))).group_by(LookRow.case_id)
    shown = newest.where(*mine, LookRow.at >= begins.messages, LookRow.kind == LookKind.MESSAGE)
    return OwnLooks(
        frozenset(one.part for one in seen if one.kind == LookKind.LETTER),
        frozenset(one.document_id for one in seen if one.document_id),
        dict(session.execute(shown).all()),
    )
