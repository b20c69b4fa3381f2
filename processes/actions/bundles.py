"""The file of a case as one PDF or zip: ask for it, take it away again. Whoever asked is the only one to whom a bundle exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from processes.access.guards import only_staff
from processes.access.staff_scope import kept_from
from processes.base.errors import Invalid, NotFound, NotNow
from processes.execution.bundled import FileReader, GivenPaper, parts_for
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, CaseBundle, Party
from processes.storage.words import BundleForm, BundleReader, BundleState, OutboxKind

KEPT: Final = timedelta(days=1)
MOST_WAITING: Final = 3  # of one person, so that nobody keeps the workers from all other work
WAITING: Final = "Er worden al drie dossiers voor u gemaakt. Wacht tot er een klaar is."
LARGEST: Final = {BundleForm.PDF: 1_000_000_000, BundleForm.ZIP: 10_000_000_000}  # bytes of all files together
TOO_LARGE: Final = {
    BundleForm.PDF: "Deze stukken zijn samen groter dan 1 GB. Kies minder stukken, of maak een zip.",
    BundleForm.ZIP: "Deze stukken zijn samen groter dan 10 GB. Kies minder stukken.",
}


@dataclass(frozen=True, slots=True)
class MakeBundle:
    """`form` and `reader`: words of BundleForm and BundleReader, `party` of the reader `party`. `documents`: ids of what was ticked; what is
    named as withheld for this reader goes along by itself.
    """

    case: str
    form: str
    reader: str
    party: int | None
    documents: tuple[str, ...]


def make_bundle(work: UnitOfWork, action: MakeBundle) -> str:
    """The answer is the id of the bundle. Raises NotFound, Invalid, and NotNow when three of one person are being made."""
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case)
    form, reader = read_form(action.form), _reader(work, case, action)
    chosen = _chosen(work, case, reader, action)
    if sum(part.document.size for part in chosen if not part.withheld) > LARGEST[form]:
        raise Invalid({"documents": TOO_LARGE[form]})
    may_wait(work)
    return ask_for_bundle(work, case, form, reader, chosen)


def ask_for_bundle(
    work: UnitOfWork, case: Case, form: BundleForm, reader: FileReader, parts: Sequence[GivenPaper], by: str = ""
) -> str:
    """A worker makes it of these parts, the withheld ones too, which are named in it. `by`: whose it is, where that is not the actor. The
    answer is the id of the bundle.
    """
    row = CaseBundle(
        case_id=case.id, form=form, reader=reader.kind, party_id=reader.party, asked_by=by or work.actor.subject, asked_at=work.now,
        chosen=[part.stored() for part in parts], delete_from=work.now + KEPT,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.enqueue(OutboxKind.BUNDLE, bundle_key(row.id), {"bundle": row.id}, case.id)
    given = sum(not part.withheld for part in parts)
    work.audit(
        case.id, "bundle_asked", bundle=row.id, form=form, reader=reader.kind, party=reader.party, documents=given
    )
    return row.id


def bundle_key(bundle: str) -> str:
    """The key of the outbox row that makes this bundle."""
    return f"bundle:{bundle}"


def read_form(form: str) -> BundleForm:
    """Raises Invalid for what is no word of BundleForm."""
    if form not in list(BundleForm):
        raise Invalid({"form": "Kies één PDF of een zip."})
    return BundleForm(form)


def _reader(work: UnitOfWork, case: Case, action: MakeBundle) -> FileReader:
    """Raises Invalid for somebody who is not in this case any more, or whose name is kept from who asks."""
    wrong = Invalid({"reader": "Kies voor wie het dossier is."})
    if action.reader not in list(BundleReader):
        raise wrong
    kind = BundleReader(action.reader)
    if kind != BundleReader.PARTY:
        return FileReader(kind)
    party = work.session.get(Party, action.party) if action.party else None
    if (
        party is None
        or party.case_id != case.id
        or party.left_on
        or party.id in kept_from(work.session, work.actor, case)
    ):
        raise wrong
    return FileReader(kind, party.id)


def _chosen(work: UnitOfWork, case: Case, reader: FileReader, action: MakeBundle) -> list[GivenPaper]:
    """All that was ticked, and what is withheld from this reader. Raises Invalid when somebody ticked nothing, or what is gone."""
    parts = parts_for(work.session, work.actor, case, work.deployed(case.model_version_id).model, reader)
    may = {part.document.id for part in parts if not part.withheld}
    ticked = set(action.documents)
    if ticked - may:
        raise Invalid({"documents": "Een van deze stukken is er niet meer, of mag deze lezer niet zien. Kies opnieuw."})
    if not ticked:
        raise Invalid({"documents": "Kies minstens één stuk."})
    return [part for part in parts if part.withheld or part.document.id in ticked]


def may_wait(work: UnitOfWork, sentence: str = WAITING, by: str = "") -> None:
    """Raises NotNow with this sentence when three of one person are being made; `by` as for `ask_for_bundle`."""
    mine = (CaseBundle.asked_by == (by or work.actor.subject), CaseBundle.state == BundleState.WANTED)
    if (work.session.scalar(select(func.count()).where(*mine)) or 0) >= MOST_WAITING:
        raise NotNow(sentence)


@dataclass(frozen=True, slots=True)
class RemoveBundle:
    """Take a bundle away, with its file, before its day is over."""

    bundle: str


def remove_bundle(work: UnitOfWork, action: RemoveBundle) -> str:
    """The answer is the number of the case. Raises NotFound for what somebody else asked."""
    only_staff(work.actor, system=False)
    found = select(CaseBundle.case_id).where(CaseBundle.id == action.bundle, CaseBundle.asked_by == work.actor.subject)
    case_id = work.session.scalar(found)
    if case_id is None:
        raise NotFound
    case = work.lock_case_id(case_id)
    take_away(work, action.bundle)
    work.audit(case.id, "bundle_removed", bundle=action.bundle)
    return case.number


def take_away(work: UnitOfWork, bundle: str) -> None:
    """The row goes now, its file after the commit. Raises NotFound when it went meanwhile."""
    row = work.session.get(CaseBundle, bundle, with_for_update=True)
    if row is None:
        raise NotFound
    if row.blob is not None:
        work.enqueue(OutboxKind.FORGET_BLOB, f"forget:{row.blob}", {"blob": row.blob})
    work.session.delete(row)
