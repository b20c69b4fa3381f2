"""Why a search found a case: the field that answers, and the words around the hit. Of what this reader may read, and nothing of what is kept from them.

The search table says which row answers; the words as somebody wrote them come from the row that it tells of. Of a name that is confidential, or an
address that is secret, only that it answers is said, and only to who handles the case.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from processes.access.clearance import levels_of
from processes.base.actor import Actor
from processes.base.folding import AskedWord, asked_of, meets, words_of
from processes.reads.workbench.search import told_to
from processes.storage.search_query import rows_that_answer
from processes.storage.tables import Case, Decision, DocumentRow, FiledRow, NoteRow, Party
from processes.storage.words import NoteKind, SearchKind

# what is said first of a case that answers in several ways; by number or subject, which its line shows, nothing is said
ORDER: Final = (
    SearchKind.CASE, SearchKind.PARTY, SearchKind.CONTACT, SearchKind.DECISION, SearchKind.DOCUMENT, SearchKind.ABOVE, SearchKind.NOTE,
    SearchKind.FILED, SearchKind.TEXT, SearchKind.ABOVE_TEXT, SearchKind.CONFIDENTIAL,
)  # fmt: skip
BEFORE, AFTER = 40, 80  # signs around the first hit, to whole words
CHUNK: Final = re.compile(r"\S+")
FOR_HANDLER: Final = "een gegeven dat alleen u als behandelaar ziet"


@dataclass(frozen=True, slots=True)
class Hit:
    """`where`: the field, in words. `pieces`: the text around the hit, in order; each with whether it is one of the words."""

    where: str
    pieces: tuple[tuple[str, bool], ...] = ()


Fields = Sequence[tuple[str, str | None]]  # label and text


def hits_of(session: Session, actor: Actor, cases: Collection[int], text: str) -> Mapping[int, Hit]:
    """By the id of a case. One statement, and one for each kind of row that answers, however many cases."""
    asked = asked_of(text)
    if not asked or not cases:
        return {}
    first: dict[int, tuple[SearchKind, str]] = {}
    for case_id, kind, row in rows_that_answer(session, cases, asked, told_to(actor)):
        before = first.get(case_id)
        if before is None or ORDER.index(SearchKind(kind)) < ORDER.index(before[0]):
            first[case_id] = (SearchKind(kind), row)
    rows: dict[SearchKind, list[str]] = {}
    for kind, row in first.values():
        rows.setdefault(kind, []).append(row)
    found = {kind: _read(session, actor, kind, ids) for kind, ids in rows.items() if kind in READ}
    hits = {SearchKind.CONFIDENTIAL: Hit(FOR_HANDLER)}
    made = {
        case_id: hits.get(kind) or _hit(found.get(kind, {}).get(row), asked) for case_id, (kind, row) in first.items()
    }
    return {case_id: hit for case_id, hit in made.items() if hit}


def _hit(fields: Fields | None, asked: Sequence[AskedWord]) -> Hit | None:
    """The first field that answers by itself, else all of them."""
    said = [(where, text) for where, text in fields or () if text]
    if not said:
        return None
    where, text = next(
        (one for one in said if meets(asked, words_of(one[1]))), (said[0][0], ", ".join(text for _, text in said))
    )
    return Hit(where, pieces_of(text, asked))


def pieces_of(text: str, asked: Sequence[AskedWord]) -> tuple[tuple[str, bool], ...]:
    """The text around its first hit, on one line, with dots where it goes on."""
    line = " ".join(text.split())
    chunks = [(one.start(), one.end()) for one in CHUNK.finditer(line) if _is_hit(one[0], asked)]
    middle = chunks[0][0] if chunks else 0
    begin = line.rfind(" ", 0, middle - BEFORE) + 1 if middle > BEFORE else 0
    end = line.find(" ", middle + AFTER)
    end = len(line) if end < 0 else end
    found, at = list[tuple[str, bool]](), begin
    for start, stop in chunks:
        if stop <= end:
            found += [(line[at:start], False), (line[start:stop], True)]
            at = stop
    found.append((line[at:end], False))
    dots = [("... ", False)] * (begin > 0), [(" ...", False)] * (end < len(line))
    return tuple(one for one in (*dots[0], *found, *dots[1]) if one[0])


def _is_hit(chunk: str, asked: Sequence[AskedWord]) -> bool:
    """Whether a word of the text is one of those that were typed, or begins with it."""
    words = words_of(chunk)
    return any(meets([AskedWord((part,), part)], words) for one in asked for part in (*one.parts, one.whole))


def _read(session: Session, actor: Actor, kind: SearchKind, ids: Collection[str]) -> Mapping[str, Fields]:
    """The fields of these rows, by their ids in the search table."""
    question, told = READ[kind]
    return {str(row.id): told(row) for row in session.execute(question(actor, ids))}


def _ids(ids: Collection[str]) -> list[int]:
    return [int(one) for one in ids]


def _parties(_actor: Actor, ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    columns = (Party.id, Party.name, Party.phone, Party.email, Party.address, Party.secret_address)
    return select(*columns).where(Party.id.in_(_ids(ids)), Party.confidential.is_(False))


def _contact(row: Any) -> Fields:
    address = None if row.secret_address else row.address
    return ("telefoon", row.phone), ("e-mailadres", row.email), ("adres", address), ("betrokkene", row.name)


def _decisions(_actor: Actor, ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    return select(Decision.id, Decision.number, Decision.subject).where(Decision.id.in_(_ids(ids)))


def _documents(actor: Actor, ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    found = select(DocumentRow.id, DocumentRow.title, DocumentRow.reference).where(DocumentRow.id.in_(ids))
    return _that_may_be_read(actor, found.join(Case, Case.id == DocumentRow.case_id))


def _filed(actor: Actor, ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    found = select(FiledRow.id, FiledRow.title, FiledRow.answers).where(FiledRow.id.in_(ids), ~FiledRow.confidential)
    document = found.join(DocumentRow, DocumentRow.id == FiledRow.document_id)
    return _that_may_be_read(actor, document.join(Case, Case.id == DocumentRow.case_id))


def _that_may_be_read(actor: Actor, found: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Narrower than `kept_documents`, which asks of one case: who works on a case without handling it, or was given access, reads no more here than others."""
    of_secret = exists().where(Party.id == DocumentRow.party_id, Party.confidential)
    filed = exists().where(FiledRow.document_id == DocumentRow.id, FiledRow.confidential).correlate(DocumentRow)
    within = DocumentRow.confidentiality.in_(levels_of(actor.roles))
    return found.where(or_(Case.handler == actor.subject, within & ~of_secret & ~filed))


def _notes(_actor: Actor, ids: Collection[str]) -> Select[*tuple[Any, ...]]:
    of_secret = exists().where(Party.id == NoteRow.party_id, Party.confidential)
    return select(NoteRow.id, NoteRow.kind, NoteRow.text).where(NoteRow.id.in_(_ids(ids)), ~of_secret)


def _document(row: Any) -> Fields:
    return (("document", f"{row.title} ({row.reference})"),)


def _text(row: Any) -> Fields:
    return (("de tekst van", row.title),)


Question = Callable[[Actor, Collection[str]], Select[*tuple[Any, ...]]]
READ: Final[Mapping[SearchKind, tuple[Question, Callable[[Any], Fields]]]] = {
    SearchKind.PARTY: (_parties, lambda row: (("betrokkene", row.name),)),
    SearchKind.CONTACT: (_parties, _contact),
    SearchKind.DECISION: (_decisions, lambda row: (("besluit", f"{row.subject} {row.number}".strip()),)),
    SearchKind.DOCUMENT: (_documents, _document),
    SearchKind.ABOVE: (_documents, _document),
    SearchKind.TEXT: (_documents, _text),
    SearchKind.ABOVE_TEXT: (_documents, _text),
    SearchKind.NOTE: (_notes, lambda row: (("notitie" if row.kind == NoteKind.NOTE else "bericht", row.text),)),
    SearchKind.FILED: (_filed, lambda row: [(f"wat is ingevuld ({row.title})", one) for one in row.answers.splitlines()]),
}  # fmt: skip
