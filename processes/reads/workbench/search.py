"""The cases that the search box of the list finds: words and beginnings of words, however somebody types them."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, false, select, union_all
from sqlalchemy.orm import Session

from processes.access.staff_scope import handles
from processes.base.actor import Actor
from processes.base.contact_words import contact_words
from processes.base.folding import AskedWord, asked_of, meets, words_of
from processes.storage.model_cache import Deployed
from processes.storage.search_query import cases_with, is_among
from processes.storage.tables import Case, Party
from processes.storage.words import CaseState, SearchKind

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


def found_by(session: Session, actor: Actor, text: str, types: Sequence[Deployed]) -> ColumnElement[bool]:
    """A condition on Case: number, subject, the name of one party and how to reach it, a decision, title and text of a document that
    the actor may see, a message or note, an answer on a form, or another word for the case type ("Wob" finds Woo). It adds to what
    `seen_cases` asks, and replaces none of it.

    By a confidential party, or an address that is kept secret, only its own handler finds a case.
    """
    if WHOLE_NUMBER.fullmatch(text):
        return Case.number == text.upper()  # the index on numbers answers at once
    asked = asked_of(text)
    if not asked:
        return false()
    ways = [cases_with(session, asked, OF_HANDLERS if handles(actor) else KINDS)]
    if secret := _of_own_secrets(session, actor, asked):
        ways.append(select(Case.id).where(Case.id.in_(secret)))
    if called := _called(text, types):
        ways.append(select(Case.id).where(Case.case_type.in_(called)))
    return is_among(session, Case.id, union_all(*ways) if len(ways) > 1 else ways[0])


def _of_own_secrets(session: Session, actor: Actor, asked: Sequence[AskedWord]) -> list[int]:
    """The cases that the actor handles with such a confidential party or secret address: those stand in no table of words."""
    mine = select(Case.id).where(Case.state.in_((CaseState.RUNNING, CaseState.CLOSED)), Case.handler == actor.subject)
    among = is_among(session, Party.case_id, mine)
    told = select(Party.case_id, Party.name, Party.address, Party.phone, Party.email)
    # two questions, for each has an index of its own
    rows = session.execute(union_all(*(told.where(one, among) for one in (Party.confidential, Party.secret_address))))
    return sorted({row.case_id for row in rows if meets(asked, _all_words(row))})


def _all_words(row: Any) -> tuple[str, ...]:
    return contact_words(row.name, row.address, row.phone, row.email, secret_address=False)


def _called(text: str, types: Sequence[Deployed]) -> list[str]:
    kinds = [deployed.model.case_type for deployed in types if deployed.model.case_type]
    word = words_of(text)
    return [k.identification for k in kinds if word in {words_of(name) for name in (k.title, *k.synonyms)}]
