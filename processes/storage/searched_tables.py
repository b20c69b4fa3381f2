"""Which rows the search table tells of: of each kind its table, the columns that are read, and when a row may be found at all.

Of a confidential party no message and no document goes in. Its name and how to reach it, and an address that is kept secret, go in as a
kind of their own, by which only who handles the case finds it. So does a document of a level that staff need a clearance for, with its words: only who may
read it finds the case by it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_

from engine.words import Confidentiality
from processes.base.actor import SYSTEM
from processes.base.contact_words import contact_words
from processes.base.folding import words_of
from processes.storage.base import Base
from processes.storage.tables import Case, Decision, DocumentRow, DocumentText, FiledRow, NoteRow, Party, SearchRow
from processes.storage.words import DocumentState, NoteKind, SearchKind

SEARCH: Final[Any] = SearchRow.__table__


@dataclass(frozen=True, slots=True)
class SearchedTable:
    """Rows of one table that are searched for. `texts` are the columns that are read, of which `words` makes words; `belongs` says
    of a row whether it may be found at all, and `rule` says the same in SQL; `asks` are the columns that this depends on.

    With `of_party` a row that belongs to a confidential party is not found, which only the database knows. With `kept_words` the
    column holds the words already, and the database copies them.
    """

    code: SearchKind
    of: type[Base]
    texts: tuple[str, ...]
    belongs: Callable[[Any], bool] = lambda _: True
    rule: ColumnElement[bool] | None = None
    asks: tuple[str, ...] = ()
    words: Callable[..., Iterable[str]] = words_of
    of_party: bool = False
    kept_words: bool = False

    @property
    def watched(self) -> frozenset[str]:
        return frozenset((*self.texts, *self.asks))


LEVELS: Final = tuple(Confidentiality)  # from low to high
ASK_CLEARANCE: Final = LEVELS[
    LEVELS.index(Confidentiality.VERTROUWELIJK) + 1 :
]  # levels of documents that not everybody of staff reads
AWAY: Final = (DocumentState.REMOVED, DocumentState.ERASED)
SAID: Final = (
    NoteKind.MESSAGE,
    NoteKind.REPLY,
    NoteKind.NOTE,
)  # an upload only names documents, which are found themselves


def _of_secret_party(of: type[DocumentRow | NoteRow]) -> ColumnElement[bool]:
    return exists().where(Party.id == of.party_id, Party.confidential)


def _asks_clearance(document: DocumentRow) -> bool:
    return document.confidentiality in ASK_CLEARANCE


def _is_there(document: DocumentRow) -> bool:
    return document.state not in AWAY


def _is_said(note: NoteRow) -> bool:
    """Whether a person wrote it: what the program notes stands in other rows too."""
    return note.kind in SAID and note.author != SYSTEM.name


# the text of a letter names an address: not that of who keeps it secret
_OF_HIDDEN_PARTY = exists().where(Party.id == DocumentRow.party_id, or_(Party.confidential, Party.secret_address))
_IS_THERE = [DocumentRow.state != one for one in AWAY]  # one by one: a statement that is kept has no list that grows
_ABOVE: Final = or_(*(DocumentRow.confidentiality == one for one in ASK_CLEARANCE))
_HAS_FOUND_TEXT = (DocumentRow.id == DocumentText.id, *_IS_THERE, ~_OF_HIDDEN_PARTY)
_FOUND = and_(DocumentRow.state.not_in(AWAY), ~_of_secret_party(DocumentRow))
_TITLE, _ASKS = ("reference", "title"), ("state", "party_id", "confidentiality")
KINDS: Final = (
    SearchedTable(SearchKind.CASE, Case, ("number", "subject")),
    SearchedTable(SearchKind.PARTY, Party, ("name",), lambda row: not row.confidential, Party.confidential.is_(False), ("confidential",)),
    SearchedTable(
        SearchKind.CONTACT, Party, ("name", "address", "phone", "email", "secret_address"), lambda row: not row.confidential,
        Party.confidential.is_(False), ("confidential",), contact_words,
    ),
    SearchedTable(
        SearchKind.CONFIDENTIAL, Party, ("name", "address", "phone", "email"), lambda row: row.confidential or row.secret_address,
        or_(Party.confidential, Party.secret_address), ("confidential", "secret_address"), contact_words,
    ),
    SearchedTable(SearchKind.DECISION, Decision, ("number", "subject")),
    SearchedTable(
        SearchKind.DOCUMENT, DocumentRow, _TITLE, lambda row: _is_there(row) and not _asks_clearance(row),
        and_(_FOUND, ~_ABOVE), _ASKS, of_party=True,
    ),
    SearchedTable(
        SearchKind.ABOVE, DocumentRow, _TITLE, lambda row: _is_there(row) and _asks_clearance(row), and_(_FOUND, _ABOVE), _ASKS, of_party=True,
    ),
    SearchedTable(
        SearchKind.NOTE, NoteRow, ("text",), _is_said,
        and_(NoteRow.kind.in_(SAID), NoteRow.author != SYSTEM.name, ~_of_secret_party(NoteRow)), ("party_id",), of_party=True,
    ),
    SearchedTable(SearchKind.FILED, FiledRow, ("answers",), lambda row: not row.confidential, FiledRow.confidential.is_(False), ("confidential",)),
    SearchedTable(
        SearchKind.TEXT, DocumentText, ("words",), rule=exists().where(*_HAS_FOUND_TEXT, ~_ABOVE), words=str.split, kept_words=True
    ),
    SearchedTable(
        SearchKind.ABOVE_TEXT, DocumentText, ("words",), rule=exists().where(*_HAS_FOUND_TEXT, _ABOVE), words=str.split, kept_words=True
    ),
)  # fmt: skip
BY_CLASS: Final[Mapping[type, Sequence[SearchedTable]]] = {
    of: tuple(one for one in KINDS if one.of is of) for of in {one.of for one in KINDS}
}
