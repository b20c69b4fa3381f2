"""One bundle as somebody asked for it, read from its row: its papers with the files, and what stands on its cover."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.base.clock import AMSTERDAM, local_date
from processes.base.dutch import long_date, long_moment
from processes.base.uploads import Upload
from processes.storage.current_settings import current_settings
from processes.storage.services import Services
from processes.storage.tables import Case, CaseBundle, DocumentRow, Party
from processes.storage.words import BundleForm, BundleReader

FOR_WHOM: Final = {
    BundleReader.DESK: "eigen gebruik",
    BundleReader.COMMITTEE: "de commissie",
    BundleReader.COURT: "de rechtbank en de partijen",
    BundleReader.COURT_ALONE: "alleen de rechtbank",
}


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """`file` is None of a paper that is `withheld`, and of one that is not there any more. `sheet`: HTML for `pdf`, of a
    paper of our own; `notes` go along with it as a text.
    """

    title: str
    about: str
    withheld: str
    file: Upload | None
    sheet: str = ""
    notes: str = ""

    @property
    def file_name(self) -> str:
        """A name of which the ending tells the kind of file."""
        return "blad.pdf" if self.sheet else self.file.name if self.file else ""


@dataclass(frozen=True, slots=True)
class WantedBundle:
    """`made_at`: the moment at which it is made; `cover`: name and words of each line."""

    id: str
    form: BundleForm
    title: str
    organisation: str
    cover: tuple[tuple[str, str], ...]
    papers: tuple[WantedPaper, ...]
    made_at: datetime
    of_session: bool = False

    @property
    def pdf_moment(self) -> str:
        """The moment in the form of PDF (ISO 32000-1, 7.9.4)."""
        local = self.made_at.astimezone(AMSTERDAM)
        hours, minutes = local.strftime("%z")[:3], local.strftime("%z")[3:]
        return f"D:{local:%Y%m%d%H%M%S}{hours}'{minutes}'"


def wanted_bundle(services: Services, session: Session, row: CaseBundle, now: datetime) -> WantedBundle:
    """The bundle of one case."""
    case = session.get_one(Case, row.case_id)
    model = services.models.version(session, case.model_version_id).model
    ids = [one["document"] for one in row.chosen]
    found = select(DocumentRow).where(DocumentRow.case_id == case.id, DocumentRow.id.in_(ids))
    documents = {one.id: one for one in session.scalars(found)}
    papers = tuple(paper_of(one, documents.get(one["document"]), model) for one in row.chosen)
    withheld = sum(bool(paper.withheld) for paper in papers)
    return WantedBundle(
        row.id, BundleForm(row.form), f"Dossier {case.number}", current_settings(services).organisation,
        (
            ("Zaak", case.title),
            *((("Onderwerp", case.subject),) if case.subject else ()),
            ("Voor", for_whom(session, row)),
            ("Gemaakt", long_moment(now)),
            ("Stukken", f"{len(papers) - withheld} in dit dossier"),
            *((("Niet erin", f"{withheld}, met de reden in de inventaris"),) if withheld else ()),
        ),
        papers, now,
    )  # fmt: skip


def for_whom(session: Session, row: CaseBundle) -> str:
    """The reader in words: of a party its name."""
    if row.reader != BundleReader.PARTY:
        return FOR_WHOM[BundleReader(row.reader)]
    return session.get_one(Party, row.party_id).name


def asked_by(session: Session, row: CaseBundle) -> Actor:
    """The person who asked, as far as the choice of papers depends on it: the party itself, or somebody who works on the case."""
    party = session.get(Party, row.party_id) if row.party_id else None
    if party and party.identity_index == row.asked_by:
        return Actor(ActorKind.CITIZEN, row.asked_by, "")
    return Actor(ActorKind.STAFF, row.asked_by, "", frozenset({StaffRole.WORKER}))


def paper_of(chosen: Mapping[str, Any], row: DocumentRow | None, model: Model) -> WantedPaper:
    """One paper of `case_bundle.chosen`."""
    if chosen["withheld"] or row is None:
        return WantedPaper(chosen["title"], "", chosen["withheld"], None)
    kind = model.document_types.get(row.type)
    about = ", ".join(
        part for part in (kind.name if kind else "", row.reference, long_date(local_date(row.added_at))) if part
    )
    file = Upload(row.file_name, row.media_type, row.size, row.sha256, row.blob, row.locked, row.file_key)
    return WantedPaper(chosen["title"], about, "", file)
