"""The file of a case as one PDF or zip: for whom it can be, what that reader may have, and what was made for who looks; and the file to fetch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.access.staff_scope import handled_case, kept_from
from processes.base.actor import Actor
from processes.base.clock import AMSTERDAM
from processes.base.errors import NotFound, NotNow
from processes.execution.bundled import FileReader, changed_since, parts_for, reader_of_bundle
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.words import role_in_words
from processes.storage.services import Services
from processes.storage.tables import Case, CaseBundle, Party
from processes.storage.words import BundleForm, BundleReader, BundleState

FOR_WHOM: Final = {
    BundleReader.DESK: "Onszelf: alle stukken in het dossier",
    BundleReader.COURT: "De rechtbank en de partijen",
    BundleReader.COURT_ALONE: "Alleen de rechtbank: wat de partijen niet mogen zien",
    BundleReader.COMMITTEE: "De commissie",
}
PARTY: Final = "party-"  # before the id of a party, in the code of a reader
FORMS: Final = {BundleForm.PDF: "Eén PDF", BundleForm.ZIP: "Zip"}
MEDIA_TYPES: Final = {BundleForm.PDF: "application/pdf", BundleForm.ZIP: "application/zip"}
NOT_SO_ANY_MORE: Final = (
    "Dit dossier klopt niet meer: wat deze lezer mag zien, is veranderd. Haal het weg en vraag het opnieuw."
)


@dataclass(frozen=True, slots=True)
class BundlePart:
    """One paper to tick; `withheld` says why it stays inside, `care` why it is not ticked by itself."""

    id: str
    title: str
    detail: str
    size: int
    withheld: str
    care: str


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One bundle that was asked for. `form`, `reader` in words; `state` is a BundleState; `total`: papers in it; `sheets`: for so many there is no page
    or no file; `outdated`: it may not be fetched any more.
    """

    id: str
    form: str
    reader: str
    state: str
    asked_at: datetime
    delete_from: datetime
    done: int
    total: int
    withheld: int
    pages: int
    sheets: int
    size: int
    sha256: str
    why: str
    outdated: bool


@dataclass(frozen=True, slots=True)
class BundlePage:
    """`readers`: code and words of each; `reader`: the code of the one that is looked at; `parts`: what that one may have."""

    head: Head
    readers: tuple[tuple[str, str], ...]
    reader: str
    parts: tuple[BundlePart, ...]
    bundles: tuple[BundleLine, ...]

    @property
    def is_busy(self) -> bool:
        return any(one.state == BundleState.WANTED for one in self.bundles)


@dataclass(frozen=True, slots=True)
class BundleFile:
    """A made bundle as it is sent; `documents`: ids of what is in it."""

    blob: str
    file_key: str | None
    name: str
    media_type: str
    size: int
    case_id: int
    case: str
    documents: tuple[str, ...]


def reader_of(code: str) -> FileReader | None:
    """The reader that a code of the page stands for; None for what is no code."""
    if code.startswith(PARTY):
        number = code.removeprefix(PARTY)
        good = number.isascii() and number.isdecimal() and len(number) <= 18  # noqa: PLR2004 - digits of a key
        return FileReader(BundleReader.PARTY, int(number)) if good else None
    return FileReader(BundleReader(code)) if code in FOR_WHOM else None


def read_bundles(services: Services, actor: Actor, number: str, reader: str) -> BundlePage:
    """`reader`: a code of `readers`; for another the first. Raises NotFound, and NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        readers = _readers(session, actor, case, model)
        code = reader if reader in dict(readers) else readers[0][0]
        chosen = reader_of(code) or FileReader(BundleReader.DESK)
        parts = parts_for(session, actor, case, model, chosen)
        return BundlePage(
            head_of(session, services, actor, case, now), readers, code,
            tuple(
                BundlePart(
                    one.document.id, one.title, f"{one.kind}, {one.document.reference}", one.document.size, one.withheld, one.care
                )
                for one in parts
            ),
            tuple(_lines(session, actor, case, model, dict(readers))),
        )  # fmt: skip


def bundle_file(services: Services, actor: Actor, number: str, bundle: str) -> BundleFile:
    """Raises NotFound for what somebody else asked or is not made, NotNow when it may not be given so any more."""
    with reading(services) as (session, _):
        case = handled_case(session, actor, number)
        row = session.get(CaseBundle, bundle)
        if row is None or row.case_id != case.id or row.asked_by != actor.subject or row.blob is None:
            raise NotFound
        model = services.models.version(session, case.model_version_id).model
        if _is_outdated(session, actor, case, model, row):
            raise NotNow(NOT_SO_ANY_MORE)
        form = BundleForm(row.form)
        made = (row.made_at or row.asked_at).astimezone(AMSTERDAM)
        return BundleFile(
            row.blob, row.file_key, f"Dossier {case.number} {made:%Y-%m-%d %H.%M}.{form}", MEDIA_TYPES[form], row.size or 0, case.id,
            case.number, tuple(one["document"] for one in row.chosen if not one["withheld"]),
        )  # fmt: skip


def _readers(session: Session, actor: Actor, case: Case, model: Model) -> tuple[tuple[str, str], ...]:
    """Everybody for whom papers can be bundled: a confidential party only where this reader knows who it is."""
    kept = kept_from(session, actor, case)
    found = select(Party).where(Party.case_id == case.id, Party.left_on.is_(None)).order_by(Party.id)
    parties = [one for one in session.scalars(found) if one.id not in kept]
    named = [(f"{PARTY}{one.id}", f"{one.name} ({role_in_words(one.role, model).lower()})") for one in parties]
    return (*((str(kind), words) for kind, words in FOR_WHOM.items()), *named)


def _lines(session: Session, actor: Actor, case: Case, model: Model, readers: dict[str, str]) -> Sequence[BundleLine]:
    mine = (CaseBundle.case_id == case.id, CaseBundle.asked_by == actor.subject)
    rows = session.scalars(select(CaseBundle).where(*mine).order_by(CaseBundle.asked_at.desc(), CaseBundle.id))
    return [_line(session, actor, case, model, row, readers) for row in rows]


def _line(
    session: Session, actor: Actor, case: Case, model: Model, row: CaseBundle, readers: dict[str, str]
) -> BundleLine:
    code = f"{PARTY}{row.party_id}" if row.party_id else row.reader
    outdated = row.state == BundleState.READY and _is_outdated(session, actor, case, model, row)
    return bundle_line(row, readers.get(code, "iemand die niet meer bij de zaak hoort"), outdated=outdated)


def bundle_line(row: CaseBundle, reader: str, *, outdated: bool) -> BundleLine:
    """`reader`: in words for whom it is."""
    papers = [one for one in row.chosen if one["document"]]  # without the sheets of cases
    withheld = sum(bool(one["withheld"]) for one in papers)
    return BundleLine(
        row.id, FORMS[BundleForm(row.form)], reader, row.state, row.asked_at, row.delete_from, min(row.done, len(papers)), len(papers),
        withheld, row.pages or 0, row.sheets, row.size or 0, row.sha256 or "", row.why, outdated,
    )  # fmt: skip


def _is_outdated(session: Session, actor: Actor, case: Case, model: Model, row: CaseBundle) -> bool:
    if row.party_id is not None and session.get_one(Party, row.party_id).left_on is not None:
        return True
    return bool(changed_since(row.chosen, parts_for(session, actor, case, model, reader_of_bundle(row))))
