"""The papers of all cases of a session as one PDF or zip: asked for and taken away by who sits there, or who handles cases."""

from dataclasses import dataclass

from sqlalchemy import select

from processes.access.agenda import sits_in
from processes.access.guards import only_staff
from processes.access.staff_scope import HANDLES, handles
from processes.actions.bundles import KEPT, LARGEST, TOO_LARGE, bundle_key, may_wait, read_form, take_away
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotFound, NotNow
from processes.execution.session_bundles import READER, cases_in, chosen_of_session
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import CaseBundle, HearingSession
from processes.storage.words import HearingSessionState, OutboxKind


@dataclass(frozen=True, slots=True)
class MakeSessionBundle:
    """`form`: a word of BundleForm. The cases on the agenda that who asks may see, each with what a committee may have of it."""

    session: int
    form: str


def make_session_bundle(work: UnitOfWork, action: MakeSessionBundle) -> str:
    """The answer is the id of the bundle. Raises NotFound for who does not sit there, Invalid, and NotNow with nothing to give."""
    only_staff(work.actor, (*HANDLES, StaffRole.COMMITTEE), system=False)
    row = work.session.get(HearingSession, action.session)
    if row is None or not (handles(work.actor) or sits_in(work.session, work.actor.subject, row.id)):
        raise NotFound("Deze zitting bestaat niet.")
    if row.state == HearingSessionState.CANCELLED:
        raise NotNow("Deze zitting gaat niet door.")
    form = read_form(action.form)
    chosen, size = chosen_of_session(work.session, work.services.models, work.actor, row.id)
    if not chosen:
        raise NotNow("Er staan nog geen zaken op de agenda die u mag zien.")
    if size > LARGEST[form]:
        raise Invalid({"form": TOO_LARGE[form]})
    may_wait(work)
    bundle = CaseBundle(
        session_id=row.id, form=form, reader=READER.kind, asked_by=work.actor.subject, asked_at=work.now, chosen=chosen,
        delete_from=work.now + KEPT,
    )  # fmt: skip
    work.session.add(bundle)
    work.session.flush()
    work.enqueue(OutboxKind.BUNDLE, bundle_key(bundle.id), {"bundle": bundle.id})
    work.audit(0, "session_bundle_asked", session=row.id, bundle=bundle.id, form=form, cases=len(cases_in(bundle)))
    return bundle.id


@dataclass(frozen=True, slots=True)
class RemoveSessionBundle:
    """Take a bundle away, with its file, before its day is over."""

    bundle: str


def remove_session_bundle(work: UnitOfWork, action: RemoveSessionBundle) -> str:
    """The answer is the id of the session. Raises NotFound for what somebody else asked."""
    only_staff(work.actor, (*HANDLES, StaffRole.COMMITTEE), system=False)
    mine = (CaseBundle.id == action.bundle, CaseBundle.asked_by == work.actor.subject)
    session = work.session.scalar(select(CaseBundle.session_id).where(*mine))
    if session is None:
        raise NotFound
    take_away(work, action.bundle)
    work.audit(0, "session_bundle_removed", session=session, bundle=action.bundle)
    return str(session)
