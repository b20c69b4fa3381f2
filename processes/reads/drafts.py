"""Forms that were filled in and not sent yet, each for its own person or link only."""

from sqlalchemy.orm import Session

from processes.access.sign_in_level import refuse_too_weak
from processes.base.actor import Actor, ActorKind
from processes.reads.opening import reading
from processes.storage import drafts, large_uploads
from processes.storage.drafts import Draft
from processes.storage.large_uploads import LargeFile
from processes.storage.services import Services
from processes.storage.tables import Case


def read_draft(services: Services, actor: Actor, form: str) -> Draft | None:
    """The draft that this actor kept of the form with this address; None when there is none."""
    with reading(services) as (session, _):
        return drafts.find(session, services, actor, form)


def read_draft_by_id(services: Services, actor: Actor, draft_id: str) -> Draft | None:
    """The same by the id of the draft. Raises StrongerSignInNeeded as `refuse_form_above` does."""
    with reading(services) as (session, _):
        found = drafts.find_by_id(session, services, actor, draft_id)
        if found:
            _refuse_above(session, services, actor, found.form)
        return found


def refuse_form_above(services: Services, actor: Actor, form: str) -> None:
    """Raises StrongerSignInNeeded for a form of a case above the level at which this citizen signed in."""
    with reading(services) as (session, _):
        _refuse_above(session, services, actor, form)


def _refuse_above(session: Session, services: Services, actor: Actor, form: str) -> None:
    about = drafts.case_of(session, actor, form) if actor.kind == ActorKind.CITIZEN else None
    if about is not None:
        case = session.get_one(Case, about)
        deployed = services.models.version(session, case.model_version_id)
        refuse_too_weak(actor, case, deployed, *services.models.in_use(session, deployed.process))


def read_drafts(services: Services, actor: Actor) -> tuple[Draft, ...]:
    """Everything that this actor has kept, the newest first."""
    with reading(services) as (session, _):
        return drafts.all_of(session, services, actor)


def read_large_files(services: Services, actor: Actor, form: str) -> tuple[LargeFile, ...]:
    """The large files of this actor that come in for the form, wait in it, or were refused, the oldest first."""
    with reading(services) as (session, _):
        return large_uploads.find_all(session, services.secrets, actor, form)
