"""The clock process: what must happen by itself, each at its own interval, none stopped by another's failure."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import delete, select

from processes.jobs.access_sweep import sweep_access
from processes.jobs.alarm_sweep import sweep_alarms
from processes.jobs.bundle_sweep import sweep_bundles
from processes.jobs.co_filer_sweep import sweep_co_filers
from processes.jobs.desk_mail_sweep import sweep_desk_mail
from processes.jobs.draft_sweep import sweep_drafts
from processes.jobs.held_files_sweep import SWEEP_SECONDS, sweep_held_files
from processes.jobs.hold_sweep import sweep_holds
from processes.jobs.large_upload_sweep import sweep_large_uploads
from processes.jobs.looks_sweep import sweep_looks
from processes.jobs.mailbox_sweep import sweep_answers, sweep_mailboxes
from processes.jobs.news_digest_sweep import sweep_news_of_day
from processes.jobs.person_sweep import sweep_packages
from processes.jobs.post_coming_in import sweep_post_folder
from processes.jobs.post_sweep import sweep_post_aside
from processes.jobs.reading_documents import SWEEP_SECONDS as READING_SECONDS
from processes.jobs.reading_documents import sweep_unread
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.substitution_sweep import sweep_substitutions
from processes.jobs.timer_sweep import sweep as sweep_timers
from processes.jobs.unconfirmed_sweep import sweep_unconfirmed
from processes.jobs.unopened_sweep import sweep_unopened
from processes.jobs.version_sweep import sweep_versions
from processes.jobs.warning_sweep import sweep_warnings
from processes.jobs.workers import sweep_outbox
from processes.storage import audit
from processes.storage.business_time import business_now
from processes.storage.recent_sign_ins import forget_sign_ins
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import (
    CaseBundle,
    DocumentRow,
    FormKey,
    PersonPackage,
    PostFile,
    RateRow,
    UploadPart,
    UploadRow,
)
from processes.storage.upload_room import waits_in_draft, waits_whole

TICK_SECONDS = 1.0
ORPHAN_AGE = timedelta(days=1)  # of files that nobody is known to have sent: those have a sweep of their own
FORM_KEY_AGE = timedelta(days=30)
KEYS_AT_ONCE = 500  # within the number of parameters that every database takes

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something to do every so many seconds; `run` does nothing when nothing is due."""

    name: str
    seconds: float
    run: Callable[[Services], object]


def sweep_anchors(services: Services) -> None:
    """Anchor the audit chains that moved."""
    with services.sessions.begin() as session:
        audit.anchor(session, business_now(services, session))


def sweep_orphans(services: Services) -> int:
    """Remove files that no document, draft, package, bundle, large upload or piece of post holds and that are older than a day; says how many."""
    before = datetime.now(UTC) - ORPHAN_AGE
    old = [file.blob for file in services.files.all_blobs() if file.written_at < before]
    removed = services.files.forget_broken_arrivals(ORPHAN_AGE)
    for start in range(0, len(old), KEYS_AT_ONCE):
        for blob in _unheld(services, old[start : start + KEYS_AT_ONCE]):
            services.files.delete(blob)
            removed += 1
    if removed:
        log.info("files.orphans_removed", count=removed)
    return removed


def sweep_form_keys(services: Services) -> None:
    """Delete one-time keys of forms that can no longer be sent a second time; their stored answers may name a case."""
    with services.sessions.begin() as session:
        now = business_now(services, session)
        session.execute(delete(FormKey).where(FormKey.used_at < now - FORM_KEY_AGE))


def sweep_rates(services: Services) -> None:
    """Delete the counts of windows that are over."""
    with services.sessions.begin() as session:
        session.execute(delete(RateRow).where(RateRow.until <= datetime.now(UTC)))


# of the installation as a whole; the others below go through cases
INSTALLATION_SWEEPS: Final = (
    Sweep("outbox", 1, sweep_outbox),
    Sweep("anchors", 60, sweep_anchors),
    Sweep("orphans", 3600, sweep_orphans),
    Sweep("form keys", 3600, sweep_form_keys),
    Sweep("unsent files", SWEEP_SECONDS, sweep_held_files),
    Sweep("large files", SWEEP_SECONDS, sweep_large_uploads),
    Sweep("rates", 600, sweep_rates),
    Sweep("looks", 3600, sweep_looks),
    Sweep("sign-ins", 3600, forget_sign_ins),
    Sweep("substitutions", 3600, sweep_substitutions),
    Sweep("mailboxes", 60, sweep_mailboxes),
    Sweep("post in no case", 3600, sweep_post_aside),
    Sweep("post folder", 30, sweep_post_folder),
    Sweep("answers", 3600, sweep_answers),
    Sweep("packages", 3600, sweep_packages),
    Sweep("bundles", 600, sweep_bundles),
    Sweep("drafts of case types", 3600, sweep_drafts),
    Sweep("planned versions", 20, sweep_versions),
    Sweep("unread documents", READING_SECONDS, sweep_unread),
)
SWEEPS: Final = (
    *INSTALLATION_SWEEPS,
    Sweep("timers", 1, sweep_timers),
    Sweep("warnings", 60, sweep_warnings),
    Sweep("alarms", 600, sweep_alarms),
    Sweep("unconfirmed addresses", 600, sweep_unconfirmed),
    Sweep("unopened letters", 3600, sweep_unopened),
    Sweep("filing along", 3600, sweep_co_filers),
    Sweep("retention", 600, sweep_retention),
    Sweep("holds", 600, sweep_holds),
    Sweep("access", 60, sweep_access),
    Sweep("news by mail", 60, sweep_desk_mail),
    Sweep("news of the day", 600, sweep_news_of_day),
)


def run_clock(services: Services, stop: threading.Event, sweeps: Iterable[Sweep] = INSTALLATION_SWEEPS) -> None:
    """Call each sweep at its interval until `stop` is set."""
    due = dict.fromkeys(sweeps, 0.0)
    while not stop.is_set():
        for sweep in [one for one, at in due.items() if at <= time.monotonic()]:
            _run(services, sweep)
            due[sweep] = time.monotonic() + sweep.seconds
        stop.wait(TICK_SECONDS)


def _run(services: Services, sweep: Sweep) -> None:
    try:
        sweep.run(services)
    except Exception as error:  # noqa: BLE001 - the clock must go on ticking for all the other sweeps
        log.error("sweep.failed", sweep=sweep.name, error=type(error).__name__)  # noqa: TRY400 - a trace shows data


def _unheld(services: Services, blobs: list[str]) -> list[str]:
    with services.sessions() as session:
        filed = select(DocumentRow.blob).where(DocumentRow.blob.in_(blobs))
        drafted = select(UploadRow.blob).where(UploadRow.blob.in_(blobs), waits_in_draft())
        packed = select(PersonPackage.blob).where(PersonPackage.blob.in_(blobs))
        bundled = select(CaseBundle.blob).where(CaseBundle.blob.in_(blobs))
        whole = select(UploadRow.blob).where(UploadRow.blob.in_(blobs), waits_whole())
        coming = select(UploadPart.blob).where(UploadPart.blob.in_(blobs))
        post = select(PostFile.blob).where(PostFile.blob.in_(blobs))
        held = set(read_only(session).scalars(filed.union(drafted, packed, bundled, whole, coming, post)))
    return [blob for blob in blobs if blob not in held]
