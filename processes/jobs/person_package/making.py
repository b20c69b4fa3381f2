"""Makes a package of a person and keeps it: the file first, then the row that says where it is."""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select

from processes.actions.person_data import package_key
from processes.base.actor import SYSTEM, ActorKind
from processes.base.security_log import SecurityEvent, security_event
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.jobs.person_package.archive import write_archive
from processes.jobs.person_package.wanted import wanted_package
from processes.storage import outbox
from processes.storage.audit import INSTALLATION_CHAIN
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import PersonPackage
from processes.storage.words import PackageState

EVERY_SECONDS: Final = 30.0  # a quarter of the lease


def make_person_package(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `person_package`: `{"package": id}`. Nothing for a package that is made already or was taken away.

    It may take longer than a lease lasts, and so keeps it.
    """
    with transaction(services.sessions) as session:
        wanted = wanted_package(read_only(session), payload["package"], business_now(services, session))
    if wanted is None:
        return
    with services.files.open_incoming() as incoming:
        contents = write_archive(services, wanted, incoming.write, _Lease(services, wanted.id))
        blob, _, size = incoming.finish()
    if not transact(services, SYSTEM, lambda work: _keep(work, wanted.id, blob, incoming.file_key, size)):
        services.files.delete(blob)  # taken away meanwhile, with a case of it or by who asked
        return
    security_event(
        SecurityEvent.PERSON_DATA_EXPORTED, who=f"{ActorKind.STAFF}:{wanted.asked_by}", step="made", about=wanted.id,
        citizen=wanted.person, cases=contents.cases, documents=len(contents.paths), missing=len(contents.missing),
    )  # fmt: skip


def _keep(work: UnitOfWork, package: str, blob: str, file_key: str | None, size: int) -> str:
    row = work.session.scalar(select(PersonPackage).where(PersonPackage.id == package).with_for_update())
    if row is None or row.state != PackageState.WANTED:
        return ""
    row.state, row.blob, row.file_key, row.size, row.made_at = PackageState.READY, blob, file_key, size, work.now
    row.delete_from = work.now + timedelta(days=work.services.settings.package_days)
    work.audit(INSTALLATION_CHAIN, "person_package_made", package=row.id)
    return row.id


class _Lease:
    """Keeps the outbox row of a package with its worker, at most once in a while."""

    def __init__(self, services: Services, package: str) -> None:
        self._services, self._key, self._kept = services, package_key(package), time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self._kept < EVERY_SECONDS:
            return
        with transaction(self._services.sessions) as session:
            outbox.keep_lease(session, self._key)
        self._kept = time.monotonic()
