"""A new secret: every sealed value, blind index, link and file key is written again with it, while everything else goes on.

In batches, each in one transaction together with the place that was reached: whoever is killed begins there again. What was
sealed already is left alone, so doing it twice does no harm. At the end nothing needs the secret of before, and the row of the
canaries says so. Where the installation encrypts files, those that are still plain are encrypted too.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count as counted
from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.actor import SYSTEM
from processes.base.crash_points import crash_point
from processes.base.errors import Busy
from processes.base.security_log import SecurityEvent, security_event
from processes.jobs.encrypting_files import encrypt_plain_files
from processes.jobs.sealed_file_keys import SealState
from processes.jobs.sealed_parts import PARTS, SealedPart
from processes.jobs.secret_check import SecretReport, count, key_of, look_at_secrets, page_of
from processes.storage import audit
from processes.storage.business_time import business_now
from processes.storage.known_secrets import KnownSecrets, check_secret, only_current, read_known, write_known
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import Case, SettingRow

BATCH: Final = 100  # rows; a page that wants one of their cases waits for so many at most
ROUNDS: Final = 3  # what was written meanwhile by a process without the new secret is found in the next one
TRIES: Final = 20
NOT_DONE: Final = "Niet alles is klaar: er kwam werk bij onder het vorige geheim. Start eerst alle processen met het nieuwe en draai dit opnieuw."
WAIT_SECONDS: Final = 0.5
REACHED: Final = "reseal"  # the row of settings that says how far it came

Done = TypeVar("Done")

Start = tuple[Any, int]
"""The last key that was done, None for none, and how many rows that makes."""
Progress = Callable[[str, int, int], None]
"""Called as the work goes on: what is sealed again, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """The end of a run: how many values were written again, and what is left. `complete`: no secret of before is needed any more."""

    written: int
    files: int
    report: SecretReport
    complete: bool


def reseal(services: Services, progress: Progress = lambda *_: None) -> Resealed:
    """Write everything again that an older secret or format wrote. Raises WrongSecret, or Busy when a case stays locked."""
    check_secret(services)
    written, files = 0, 0
    for _ in range(ROUNDS):
        written += sum(
            _part(services, part, start, progress) for part, start in _patiently(partial(_parts_left, services))
        )
        _patiently(partial(_forget_place, services))
        files += encrypt_plain_files(services, lambda done, total: progress("Bestanden", done, total))
        report = look_at_secrets(services, lambda done, total: progress("Nakijken", done, total))
        if not report.old:
            break
    complete = not report.old
    if complete:
        _patiently(partial(_finish, services))
        report.changing = False
    return Resealed(written, files, report, complete)


def _part(services: Services, part: SealedPart, start: Start, progress: Progress) -> int:
    (after, done), written, total = start, 0, count(services, part)
    while rows := page_of(services, part, after, BATCH):
        after, done = key_of(part, rows[-1]), done + len(rows)
        written += _patiently(partial(_batch, services, part, rows, done))
        progress(part.title, min(done, total), total)
        crash_point("resealed")
    return written


def _batch(services: Services, part: SealedPart, seen: Sequence[Any], done: int) -> int:
    """Seal these rows again, as they stand once their cases are locked; how many were old."""
    old = [row for row in seen if part.judge(services, row) == SealState.OLD]
    keys = [key_of(part, row) for row in old]
    with transaction(services.sessions) as session:
        if old:
            rows = _locked(
                session,
                part,
                keys,
                sorted({row.case_id for row in old if "case_id" in part.table.c and row.case_id is not None}),
            )
            part.write(session, services, [row for row in rows if part.judge(services, row) == SealState.OLD])
        place = {"key": services.secrets.key_id, "part": part.code, "after": key_of(part, seen[-1]), "done": done}
        session.merge(SettingRow(name=REACHED, value=place))
    return len(old)


def _locked(session: Session, part: SealedPart, keys: Sequence[Any], cases: Sequence[int]) -> list[Any]:
    if cases:  # first the cases, in one order, as everybody does who changes them
        session.execute(select(Case.id).where(Case.id.in_(cases)).order_by(Case.id).with_for_update()).all()
    wanted = part.wanted.where(part.key.in_(keys)).order_by(part.key)
    return list(session.execute(wanted.with_for_update()))


def _patiently(work: Callable[[], Done]) -> Done:
    """A case that somebody works in is tried again for some seconds, and so is a database that somebody else writes all the time."""
    for attempt in counted(1):
        try:
            return work()
        except Busy:
            if attempt >= TRIES:
                raise
            time.sleep(WAIT_SECONDS)
    raise AssertionError("counting does not end")


def _parts_left(services: Services) -> list[tuple[SealedPart, Start]]:
    """The parts to go through; a run that was killed goes on where it was."""
    with transaction(services.sessions) as session:
        row = read_only(session).get(SettingRow, REACHED)
    place = row.value if row is not None and row.value["key"] == services.secrets.key_id else None
    codes = [one.code for one in PARTS]
    at = codes.index(place["part"]) if place else 0
    starts = [(place["after"], place["done"]) if place and one.code == place["part"] else (None, 0) for one in PARTS]
    return list(zip(PARTS, starts, strict=True))[at:]


def _forget_place(services: Services) -> None:
    with transaction(services.sessions) as session:
        row = session.get(SettingRow, REACHED)
        if row is not None:
            session.delete(row)


def _finish(services: Services) -> None:
    secrets = services.secrets
    with transaction(services.sessions) as session:
        known = read_known(session) or KnownSecrets()
        after = only_current(known, secrets)
        if known.bound and set(known.canaries) == set(after.canaries):
            return  # there was nothing to change
        write_known(session, after)
        now = business_now(services, session)
        audit.record(session, audit.INSTALLATION_CHAIN, SYSTEM, "resealed", {"key": secrets.key_id}, now, secrets)
    secrets.only_bound()
    security_event(SecurityEvent.SECRET_CHANGED, who=SYSTEM, key=secrets.key_id, step="done")
