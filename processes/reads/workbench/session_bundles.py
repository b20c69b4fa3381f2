"""The papers of a session for who sits there: what was made of them, the file to fetch, and the own note about a case."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.agenda import sits_in
from processes.access.staff_scope import seen_cases
from processes.base.actor import Actor
from processes.base.clock import AMSTERDAM
from processes.base.errors import NotFound, NotNow
from processes.execution.hearing_notes import notes_of
from processes.execution.session_bundles import CASE, cases_in, is_sheet, not_given_any_more
from processes.reads.opening import reading
from processes.reads.workbench.bundles import MEDIA_TYPES, NOT_SO_ANY_MORE, BundleLine, bundle_line
from processes.reads.workbench.sessions import visible_session
from processes.storage.services import Services
from processes.storage.tables import Case, CaseBundle, HearingItem
from processes.storage.words import BundleForm, BundleState

FOR_ME = "uzelf"


@dataclass(frozen=True, slots=True)
class SessionBundles:
    """`bundles`: of who looks, the newest first."""

    bundles: tuple[BundleLine, ...]

    @property
    def is_busy(self) -> bool:
        return any(one.state == BundleState.WANTED for one in self.bundles)


@dataclass(frozen=True, slots=True)
class SessionBundleFile:
    """A made bundle as it is sent; `documents`: by the id of a case, ids of what is in it."""

    blob: str
    file_key: str | None
    name: str
    media_type: str
    size: int
    documents: dict[int, tuple[str, ...]]


def read_session_bundles(services: Services, actor: Actor, session_id: int) -> SessionBundles:
    """Raises NotFound for who does not sit there."""
    with reading(services) as (session, _):
        row = visible_session(session, actor, session_id)
        mine = (CaseBundle.session_id == row.id, CaseBundle.asked_by == actor.subject)
        rows = session.scalars(select(CaseBundle).where(*mine).order_by(CaseBundle.asked_at.desc(), CaseBundle.id))
        return SessionBundles(
            tuple(bundle_line(one, FOR_ME, outdated=_outdated(services, session, actor, one)) for one in rows)
        )


def session_bundle_file(services: Services, actor: Actor, session_id: int, bundle: str) -> SessionBundleFile:
    """Raises NotFound for what somebody else asked or is not made, NotNow when it may not be given so any more."""
    with reading(services) as (session, _):
        sitting = visible_session(session, actor, session_id)
        row = session.get(CaseBundle, bundle)
        if row is None or row.session_id != sitting.id or row.asked_by != actor.subject or row.blob is None:
            raise NotFound
        if _outdated(services, session, actor, row):
            raise NotNow(NOT_SO_ANY_MORE)
        form = BundleForm(row.form)
        begins = sitting.begins_at.astimezone(AMSTERDAM)
        given = [one for one in row.chosen if not is_sheet(one) and not one["withheld"]]
        return SessionBundleFile(
            row.blob, row.file_key, f"Zitting {begins:%Y-%m-%d %H.%M}.{form}", MEDIA_TYPES[form], row.size or 0,
            {case: tuple(one["document"] for one in given if one[CASE] == case) for case in cases_in(row)},
        )  # fmt: skip


def own_note(services: Services, actor: Actor, session_id: int, item_id: int) -> str:
    """The note of who looks about a case on the agenda of a session; empty before. Raises NotFound for who does not sit there."""
    with reading(services) as (session, _):
        row = visible_session(session, actor, session_id)
        item = session.get(HearingItem, item_id)
        if item is None or item.session_id != row.id or not sits_in(session, actor.subject, row.id):
            raise NotFound
        if session.scalar(select(Case.id).where(Case.id == item.case_id, seen_cases(actor))) is None:
            raise NotFound
        return notes_of(services, session, actor.subject, [item.case_id]).get(item.case_id, "")


def _outdated(services: Services, session: Session, actor: Actor, row: CaseBundle) -> bool:
    return row.state == BundleState.READY and bool(not_given_any_more(session, services.models, actor, row))
