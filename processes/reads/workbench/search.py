"""The cases that the search box of the list finds: words and beginnings of words, however somebody types them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from processes.access.clearance import LEVELS, WITHOUT, levels_of
from processes.access.document_scope import is_read_by
from processes.access.staff_scope import handles
from processes.base.actor import Actor
from processes.base.folding import asked_of, words_of
from processes.storage.among import is_one_of
from processes.storage.model_cache import Deployed
from processes.storage.search_query import Narrow, Told, cases_with
from processes.storage.tables import Case
from processes.storage.words import SearchKind

WHOLE_NUMBER = re.compile(r"[A-Za-z]+-\d{4}-\d{6,}")
KINDS = (
    SearchKind.CASE,
    SearchKind.PARTY,
    SearchKind.DECISION,
)  # what a committee may look through: it does not see every document of its cases
OF_HANDLERS = (
    *KINDS,
    SearchKind.CONTACT,
    SearchKind.DOCUMENT,
    SearchKind.TEXT,
    SearchKind.NOTE,
    SearchKind.FILED,
)  # nor how to reach somebody, nor the messages
OF_DOCUMENTS = (SearchKind.DOCUMENT, SearchKind.TEXT)
OF_CLEARED = (SearchKind.ABOVE, SearchKind.ABOVE_TEXT)  # of a document that asks a clearance


@dataclass(frozen=True, slots=True)
class Searched:
    """Conditions on Case of which one must hold; no case meets two. `whole`: these are all cases that answer."""

    ways: tuple[ColumnElement[bool], ...]
    whole: bool = True


def is_whole_number(text: str) -> bool:
    """Whether this is how the number of a case is written: at most one case has it."""
    return WHOLE_NUMBER.fullmatch(text) is not None


def found_by(
    session: Session, actor: Actor, text: str, types: Sequence[Deployed], narrow: Narrow = lambda: None
) -> Searched:
    """Cases by number, subject, the name of one party and how to reach it, a decision, title and text of a document that
    the actor may see, a message or note, an answer on a form, or another word for the case type ("Wob" finds Woo). It adds to what
    `seen_cases` asks, and replaces none of it.

    `narrow` asks for the cases that the filters of the list leave, when these are few. By a confidential party, or an address that is kept secret, only its own handler finds a
    case; by a document above the clearance who works on the case, or was given access.
    """
    if is_whole_number(text):
        return Searched((Case.number == text.upper(),))  # the index on numbers answers at once
    asked = asked_of(text)
    if not asked:
        return Searched((false(),))
    found = cases_with(session, asked, told_to(actor), narrow)
    told, called = is_one_of(Case.id, found.ids), _called(text, types)
    if called:  # each type has an index of its own
        told = and_(told, Case.case_type.not_in(called))
    return Searched((told, *(Case.case_type == code for code in called)), found.whole)


def told_to(actor: Actor) -> Told:
    """By which rows of the table this reader finds a case. Documents above the clearance are asked after one by one; most readers have no more of
    these than the few that ask one.
    """
    plain, asked = kinds_for(actor)

    def told(row: Any) -> ColumnElement[bool]:
        handled_by = select(Case.handler).where(Case.id == row.case_id).scalar_subquery()
        ways = [row.kind.in_(plain), and_(row.kind == SearchKind.CONFIDENTIAL, handled_by == actor.subject)]
        if asked:
            ways.append(and_(row.kind.in_(asked), is_read_by(actor, row.row_id, row.case_id)))
        return or_(*ways)

    return told


def kinds_for(actor: Actor) -> tuple[tuple[SearchKind, ...], tuple[SearchKind, ...]]:
    """The kinds of row by which a reader finds a case, and those of which each row must be asked after."""
    if not handles(actor):
        return KINDS, ()
    levels = levels_of(actor.roles)
    if len(levels) == len(LEVELS):
        return (*OF_HANDLERS, *OF_CLEARED), ()
    if WITHOUT in levels:
        return OF_HANDLERS, OF_CLEARED
    return tuple(one for one in OF_HANDLERS if one not in OF_DOCUMENTS), (*OF_DOCUMENTS, *OF_CLEARED)


def _called(text: str, types: Sequence[Deployed]) -> list[str]:
    kinds = [deployed.model.case_type for deployed in types if deployed.model.case_type]
    word = words_of(text)
    return [k.identification for k in kinds if word in {words_of(name) for name in (k.title, *k.synonyms)}]
