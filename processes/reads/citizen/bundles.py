"""The papers of a case that a citizen takes along: what was asked for, how far it is, and the file (C15)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.base.clock import AMSTERDAM
from processes.base.errors import NotNow
from processes.base.written import TypedText
from processes.execution.bundled import CHANGED_FOR_PARTY, FileReader, GivenPaper, changed_since, ready_for
from processes.reads.citizen.entry import Entered, enter, refused
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import CaseBundle
from processes.storage.words import BundleForm, BundleReader, BundleState

MEDIA_TYPES: Final = {BundleForm.PDF: "application/pdf", BundleForm.ZIP: "application/zip"}


@dataclass(frozen=True, slots=True)
class OwnBundle:
    """`state`: a BundleState; `done` of `total` papers; `why`: it was not made, or may not be fetched any more."""

    id: str
    form: str
    state: str
    asked_at: datetime
    delete_from: datetime
    done: int
    total: int
    size: int
    why: str


@dataclass(frozen=True, slots=True)
class OwnBundles:
    number: str
    title: str
    subject: TypedText
    papers: int
    bundles: tuple[OwnBundle, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that may be asked for now: none without any paper, nor one that is being made."""
        made_now = {one.form for one in self.bundles if one.state == BundleState.WANTED}
        return tuple(str(form) for form in BundleForm if form not in made_now) if self.papers else ()


@dataclass(frozen=True, slots=True)
class OwnBundleFile:
    """`documents`: ids of what is in it; `size` in bytes."""

    blob: str
    file_key: str | None
    name: TypedText
    media_type: str
    size: int
    case_id: int
    documents: tuple[str, ...]


def read_own_bundles(services: Services, actor: Actor, number: str) -> OwnBundles:
    """Raises NotFound as the page of the case does."""
    with reading(services) as (session, _):
        entered = enter(session, services, actor, number)
        rows = session.scalars(_own(entered).order_by(CaseBundle.asked_at.desc())).all()
        given = _given(session, entered, actor)
        papers = sum(not part.withheld for part in given)
        lines = tuple(_line(row, outdated=bool(changed_since(row.chosen, given))) for row in rows)
        return OwnBundles(entered.case.number, entered.case.title, entered.case.subject, papers, lines)


def own_bundle_file(services: Services, actor: Actor, number: str, bundle: str) -> OwnBundleFile:
    """Raises NotFound, which is recorded, for what is not this person's or not made, NotNow when it may not be given so any more."""
    with reading(services) as (session, _):
        entered = enter(session, services, actor, number)
        row = session.scalar(_own(entered).where(CaseBundle.id == bundle))
        if row is None or row.blob is None:
            raise refused(services, actor, "bundle")
        if changed_since(row.chosen, _given(session, entered, actor)):
            raise NotNow(CHANGED_FOR_PARTY)
        form, made = BundleForm(row.form), (row.made_at or row.asked_at).astimezone(AMSTERDAM)
        documents = tuple(one["document"] for one in row.chosen if not one["withheld"])
        name = f"Zaak {entered.case.number} {made:%Y-%m-%d}.{form}"
        return OwnBundleFile(row.blob, row.file_key, name, MEDIA_TYPES[form], row.size or 0, entered.case.id, documents)


def _own(entered: Entered) -> Select[CaseBundle]:
    mine = (CaseBundle.case_id == entered.case.id, CaseBundle.asked_by == entered.me.identity_index)
    return select(CaseBundle).where(*mine, CaseBundle.party_id == entered.me.id)


def _given(session: Session, entered: Entered, actor: Actor) -> list[GivenPaper]:
    reader = FileReader(BundleReader.PARTY, entered.me.id)
    return ready_for(session, actor, entered.case, entered.deployed.model, reader)


def _line(row: CaseBundle, *, outdated: bool) -> OwnBundle:
    ready = row.state == BundleState.READY
    why = CHANGED_FOR_PARTY if ready and outdated else row.why
    return OwnBundle(
        row.id, row.form, row.state, row.asked_at, row.delete_from, min(row.done, len(row.chosen)), len(row.chosen),
        row.size or 0, why,
    )  # fmt: skip
