"""The papers of a case as one reader may have them together, in order; and the bundles that were made of them.

Who may see a document is asked of `processes.access.visibility`. What stays inside is named with the reason, by its kind only: a title may tell
what the paper says (Awb 7:4, sixth paragraph; 8:29).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Audience, FixedRole
from processes.access.document_scope import kept_documents
from processes.access.visibility import (
    SHOWN,
    committee_reads,
    documents_of,
    seen_from,
    version_for_others,
)
from processes.base.actor import Actor
from processes.base.errors import NotNow
from processes.execution.court_only import is_court_only
from processes.execution.inspecting import is_withheld
from processes.execution.unit_of_work import UnitOfWork
from processes.law.disclosure_grounds import GROUNDS, WITH_GROUNDS
from processes.storage.document_versions import IN_ORDER, ORIGINAL_TYPE, is_public_in, redactions_of
from processes.storage.tables import Case, CaseBundle, DocumentRow, Party
from processes.storage.words import BundleReader, DocumentOrigin, DocumentState, HiddenState, OutboxKind

FOR_COURT: Final = "Alleen de rechtbank mag dit stuk zien (artikel 8:29 van de Awb): {}"
KEPT_BACK: Final = "Dit stuk ligt niet ter inzage (artikel 7:4, zesde lid, van de Awb): {}"
NOT_PUBLIC: Final = "Dit stuk is deels of niet openbaar: {}"
CONFIDENTIAL: Final = "Dit stuk is vertrouwelijk."
NO_VERSION: Final = "In dit stuk staan contactgegevens, en er is geen versie zonder."
OF_HIDDEN_PARTY: Final = "Dit stuk is van iemand met geheime gegevens. Alleen wie aan de zaak werkt, mag het zien."
UNSEEN: Final = "Dit stuk wordt nog nagekeken."
NOT_OUT_YET: Final = (HiddenState.WAITING, HiddenState.FOUND)
FOR_ONE: Final = "Dit stuk is voor één betrokkene. Kijk of de anderen het mogen zien."
CHANGED_FOR_PARTY: Final = (
    "Er is iets veranderd in wat u van deze zaak kunt zien. Laat het opnieuw maken."  # to that party
)
SOME_PAPER: Final = "Stuk"


@dataclass(frozen=True, slots=True)
class FileReader:
    """For whom papers are bundled; `party` of the reader `party`."""

    kind: BundleReader
    party: int | None = None


@dataclass(frozen=True, slots=True)
class GivenPaper:
    """One paper as a reader may have it: `document` is the version for this reader, `title` what the reader knows it by. `withheld`: why it
    stays inside; then its title is that of its kind. `care`: somebody must have looked at it before it goes along.
    """

    document: DocumentRow
    title: str
    kind: str
    withheld: str = ""
    care: str = ""

    def stored(self) -> dict[str, Any]:
        """The paper in the form of `case_bundle.chosen`."""
        blob = "" if self.withheld else self.document.blob
        return {"document": self.document.id, "title": self.title, "blob": blob, "withheld": self.withheld}


def parts_for(session: Session, actor: Actor, case: Case, model: Model, reader: FileReader) -> list[GivenPaper]:
    """The papers that this reader may have of the case, oldest first, as `actor` may give it."""
    here = _Here(session, case, model)
    kept = kept_documents(session, actor, case)
    return [
        here.withheld(part.document, OF_HIDDEN_PARTY) if part.document in kept else part
        for part in READERS[reader.kind](here, reader)
    ]


def ready_for(session: Session, actor: Actor, case: Case, model: Model, reader: FileReader) -> list[GivenPaper]:
    """The same without what has no file that can be read yet: a letter or filing that is still being made."""
    parts = parts_for(session, actor, case, model, reader)
    return [part for part in parts if part.withheld or part.document.is_readable]


class _Here:
    """The case that is looked at."""

    def __init__(self, session: Session, case: Case, model: Model) -> None:
        self.session, self.case, self.model = session, case, model

    def accepted(self) -> Sequence[DocumentRow]:
        mine = (DocumentRow.case_id == self.case.id, DocumentRow.state == DocumentState.ACCEPTED)
        return self.session.scalars(select(DocumentRow).where(*mine).order_by(*IN_ORDER)).all()

    def is_for_one_of_several(self, document: DocumentRow) -> bool:
        """Whether we made a paper for one of the parties, while others take part beside that one."""
        if document.audience != Audience.OWN or document.origin == DocumentOrigin.CITIZEN:
            return False
        others = (Party.left_on.is_(None), Party.role != FixedRole.REPRESENTATIVE, Party.id != document.party_id)
        found = select(Party.id).where(Party.case_id == self.case.id, *others).limit(1)
        return self.session.scalar(found) is not None

    def given(self, document: DocumentRow) -> GivenPaper:
        return GivenPaper(document, document.title, self.kind_of(document))

    def withheld(self, document: DocumentRow, why: str) -> GivenPaper:
        kind = self.kind_of(document)
        return GivenPaper(document, kind, kind, why)

    def kind_of(self, document: DocumentRow) -> str:
        kind = self.model.document_types.get(document.type)
        return kind.name if kind else SOME_PAPER


def _for_desk(here: _Here, _reader: FileReader) -> Iterator[GivenPaper]:
    """For who handles cases: everything that is in the file, the versions for others too."""
    return (here.given(row) for row in here.accepted() if row.type != ORIGINAL_TYPE)


def _for_party(here: _Here, reader: FileReader) -> Iterator[GivenPaper]:
    """A party has what it could see on the portal, also when it does not sign in there; nothing in a case that is confidential."""
    if here.case.confidentiality not in SHOWN or reader.party is None:
        return
    seen = documents_of(here.case, list(here.session.scalars(seen_from(here.case.id, reader.party))))
    given = {row.id for row in here.session.scalars(seen) if row.state == DocumentState.ACCEPTED}
    rows = here.accepted()
    is_open = any(row.inspected_from for row in rows)
    for row in rows:
        if row.id in given:
            yield here.given(row)
        elif is_open and is_withheld(row) and not is_court_only(row):
            yield here.withheld(row, KEPT_BACK.format(_why(row)))


def _for_committee(here: _Here, _reader: FileReader) -> Iterator[GivenPaper]:
    return (here.given(row) for row in here.accepted() if committee_reads(row, here.model))


def _for_court(here: _Here, _reader: FileReader) -> Iterator[GivenPaper]:
    """A paper that goes to a court goes to the other side as well: what the parties may not have is named and goes apart (Awb 8:29, 8:42)."""
    rows = here.accepted()
    redacted = redactions_of(rows)
    for row in rows:
        if row.redacts or row.type == ORIGINAL_TYPE:
            continue
        if why := _apart(row):
            version = redacted.get(row.id) if is_public_in(row, *WITH_GROUNDS) and not is_withheld(row) else None
            yield _shown(here, version, row, why)
        else:
            part = _shown(here, _version(here, row), row, NO_VERSION)
            yield replace(part, care=FOR_ONE) if here.is_for_one_of_several(row) and not part.withheld else part


def _for_court_alone(here: _Here, _reader: FileReader) -> Iterator[GivenPaper]:
    """The papers that were kept apart, whole: for the court, which decides whether that was right."""
    rows = (row for row in here.accepted() if not row.redacts and row.type != ORIGINAL_TYPE and _apart(row))
    return (here.withheld(row, UNSEEN) if row.hidden in NOT_OUT_YET else here.given(row) for row in rows)


def _shown(here: _Here, version: DocumentRow | None, row: DocumentRow, why: str) -> GivenPaper:
    """The version, or else the paper is named with why it is not there."""
    if version is None:
        return here.withheld(row, why)
    if version.hidden in NOT_OUT_YET:
        return here.withheld(row, UNSEEN)
    return here.given(version) if version.confidentiality in SHOWN else here.withheld(row, CONFIDENTIAL)


def _version(here: _Here, row: DocumentRow) -> DocumentRow | None:
    try:
        return version_for_others(here.session, row)
    except NotNow:
        return None


def _apart(row: DocumentRow) -> str:
    """Why somebody said that this paper stays away from the parties; empty when nobody did."""
    if is_court_only(row):
        return FOR_COURT.format(_why(row))
    if is_withheld(row):
        return KEPT_BACK.format(_why(row))
    if is_public_in(row, *WITH_GROUNDS):
        codes = (row.assessment or {}).get("grounds", ())
        return NOT_PUBLIC.format("; ".join(GROUNDS[code].title for code in codes if code in GROUNDS) or "Woo")
    return ""


def _why(row: DocumentRow) -> str:
    return str((row.inspection or {}).get("why", ""))


READERS: Final[Mapping[BundleReader, Callable[[_Here, FileReader], Iterator[GivenPaper]]]] = {
    BundleReader.DESK: _for_desk,
    BundleReader.PARTY: _for_party,
    BundleReader.COMMITTEE: _for_committee,
    BundleReader.COURT: _for_court,
    BundleReader.COURT_ALONE: _for_court_alone,
}


def changed_since(chosen: Sequence[Mapping[str, Any]], now: Sequence[GivenPaper]) -> list[str]:
    """The titles, as the reader of the bundle knew them, of what went into a bundle and may not be given so any more."""
    given = {part.document.id: part.stored() for part in now}
    return [one["title"] for one in chosen if not one["withheld"] and given.get(one["document"]) != one]


def reader_of_bundle(row: CaseBundle) -> FileReader:
    return FileReader(BundleReader(row.reader), row.party_id)


def forget_bundles(work: UnitOfWork, case_id: int) -> None:
    """Take away every bundle of this case, also one that is being made; who asked makes a new one."""
    rows = work.session.execute(
        select(CaseBundle.id, CaseBundle.blob).where(CaseBundle.case_id == case_id).with_for_update()
    ).all()
    for _, blob in rows:
        if blob is not None:
            work.enqueue(OutboxKind.FORGET_BLOB, f"forget:{blob}", {"blob": blob})
    work.session.execute(delete(CaseBundle).where(CaseBundle.id.in_([bundle for bundle, _ in rows])))
