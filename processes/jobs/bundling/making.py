"""Makes a bundle and keeps it for a day: the file first, then the row that says where it is.

Who may have what was fixed when it was asked for. Before it is kept that is looked at again, under the lock of the case: of what may no longer be
given so, nothing is kept, and the row says why.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from processes.actions.bundles import KEPT, bundle_key
from processes.base.actor import SYSTEM, ActorKind
from processes.execution.bundled import CHANGED_FOR_PARTY, changed_since, parts_for, reader_of_bundle
from processes.execution.session_bundles import asked_with_roles, cases_in, not_given_any_more
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.jobs.bundling.pdf_file import FELL, TOO_MANY, CannotBind, write_pdf
from processes.jobs.bundling.session_wanted import wanted_of_session
from processes.jobs.bundling.session_zip import write_session_zip
from processes.jobs.bundling.wanted import WantedBundle, asked_by, wanted_bundle
from processes.jobs.bundling.zip_file import write_zip
from processes.post.bundling.order import Bound
from processes.storage import outbox
from processes.storage.business_time import business_now
from processes.storage.incoming_file import IncomingFile
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import Case, CaseBundle
from processes.storage.words import BundleForm, BundleState

TOLD_SECONDS: Final = 2.0  # how often the page hears how far it is; the lease is kept as often
CHANGED: Final = (
    "Terwijl dit dossier werd gemaakt, veranderde wat deze lezer mag zien: {}. Kijk de keuze na en vraag het opnieuw."
)
NAMED: Final = 3  # titles in that sentence
# the same for a party that takes the own papers along, who chose no papers and is the reader
OWN: Final = {
    CHANGED: CHANGED_FOR_PARTY,
    TOO_MANY: "De stukken van deze zaak hebben samen meer dan 10.000 bladzijden. Kies de map (zip).",
    FELL: "Het maken van de PDF lukte niet. Probeer het nog een keer, of kies de map (zip).",
}


def make_bundle(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `bundle`: `{"bundle": id}`. Nothing for one that is made already, was refused or was taken away."""
    with transaction(services.sessions) as session:
        wanted = _wanted(services, read_only(session), payload["bundle"], business_now(services, session))
    if wanted is None:
        return
    with services.files.open_incoming() as incoming:
        try:
            bound = _written(services, wanted, incoming)
        except CannotBind as wrong:
            sentence = str(wrong)
            transact(services, SYSTEM, lambda work: _refuse(work, wanted.id, sentence))
            return
        blob, sha256, size = incoming.finish()
    made = {"blob": blob, "file_key": incoming.file_key, "sha256": sha256, "size": size}
    if not transact(services, SYSTEM, lambda work: _keep(work, wanted.id, bound, made)):
        services.files.delete(blob)  # taken away meanwhile, or not to be given any more


def _wanted(services: Services, session: Session, bundle: str, now: datetime) -> WantedBundle | None:
    row = session.get(CaseBundle, bundle)
    if row is None or row.state != BundleState.WANTED:
        return None
    return wanted_bundle(services, session, row, now) if row.case_id else wanted_of_session(services, session, row, now)


def _written(services: Services, wanted: WantedBundle, incoming: IncomingFile) -> Bound:
    told = _Progress(services, wanted.id)
    if wanted.form == BundleForm.ZIP:
        if wanted.of_session:
            return write_session_zip(services, wanted, incoming.write, told)
        return write_zip(services, wanted, incoming.write, told)
    return write_pdf(services, wanted, incoming.write, told)


def _keep(work: UnitOfWork, bundle: str, bound: Bound, made: Mapping[str, Any]) -> str:
    """The id of the bundle when its file is kept; else empty."""
    row = _locked(work, bundle)
    if row is None:
        return ""
    if titles := _not_given_any_more(work, row):
        _refuse_row(work, row, CHANGED, "; ".join(titles[:NAMED]))
        return ""
    row.state, row.made_at, row.delete_from = BundleState.READY, work.now, work.now + KEPT
    row.blob, row.file_key, row.sha256, row.size = made["blob"], made["file_key"], made["sha256"], made["size"]
    row.pages, row.sheets, row.done = bound.pages or None, len(bound.sheets), len(row.chosen)
    work.audit(row.case_id or 0, "bundle_made", bundle=row.id)
    return row.id


def _not_given_any_more(work: UnitOfWork, row: CaseBundle) -> list[str]:
    """The titles of what went into the bundle and its reader may not have any more."""
    models = work.services.models
    if row.case_id is None:
        return not_given_any_more(work.session, models, asked_with_roles(work.session, row.asked_by), row)
    case = work.session.get_one(Case, row.case_id)
    model = models.version(work.session, case.model_version_id).model
    return changed_since(
        row.chosen, parts_for(work.session, asked_by(work.session, row), case, model, reader_of_bundle(row))
    )


def _refuse(work: UnitOfWork, bundle: str, why: str) -> str:
    row = _locked(work, bundle)
    if row is not None:
        _refuse_row(work, row, why)
    return ""


def _refuse_row(work: UnitOfWork, row: CaseBundle, why: str, *titles: str) -> None:
    own = asked_by(work.session, row).kind == ActorKind.CITIZEN
    row.why = (OWN.get(why, why) if own else why).format(*titles)
    row.state, row.made_at, row.delete_from = BundleState.REFUSED, work.now, work.now + KEPT
    work.audit(row.case_id or 0, "bundle_refused", bundle=row.id)


def _locked(work: UnitOfWork, bundle: str) -> CaseBundle | None:
    """The row, under the lock of its case, or of all cases of its session, when it still waits."""
    known = work.session.get(CaseBundle, bundle)
    if known is None:
        return None
    if known.case_id is not None:
        work.lock_case_id(known.case_id)
    else:  # one after the other in the order of their ids, as everybody does; one that is gone took the bundle along
        ids = select(Case.id).where(Case.id.in_(cases_in(known))).order_by(Case.id)
        work.session.scalars(ids.with_for_update()).all()
    row = work.session.get(CaseBundle, bundle, with_for_update=True, populate_existing=True)
    return row if row is not None and row.state == BundleState.WANTED else None


class _Progress:
    """Tells the page how far the work is, and keeps the outbox row with its worker: at most once in a while."""

    def __init__(self, services: Services, bundle: str) -> None:
        self._services, self._bundle, self._told = services, bundle, time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._told < TOLD_SECONDS:
            return
        with transaction(self._services.sessions) as session:
            session.execute(update(CaseBundle).where(CaseBundle.id == self._bundle).values(done=done))
            outbox.keep_lease(session, bundle_key(self._bundle))
        self._told = time.monotonic()
