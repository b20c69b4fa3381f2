"""Forms that were filled in and not sent yet, each for its own person or link only."""

from processes.base.actor import Actor
from processes.reads.opening import reading
from processes.storage import drafts, large_uploads
from processes.storage.drafts import Draft
from processes.storage.large_uploads import LargeFile
from processes.storage.services import Services


def read_draft(services: Services, actor: Actor, form: str) -> Draft | None:
    """The draft that this actor kept of the form with this address; None when there is none."""
    with reading(services) as (session, _):
        return drafts.find(session, services, actor, form)


def read_draft_by_id(services: Services, actor: Actor, draft_id: str) -> Draft | None:
    """The same by the id of the draft."""
    with reading(services) as (session, _):
        return drafts.find_by_id(session, services, actor, draft_id)


def read_drafts(services: Services, actor: Actor) -> tuple[Draft, ...]:
    """Everything that this actor has kept, the newest first."""
    with reading(services) as (session, _):
        return drafts.all_of(session, services, actor)


def read_large_files(services: Services, actor: Actor, form: str) -> tuple[LargeFile, ...]:
    """The large files of this actor that come in for the form, wait in it, or were refused, the oldest first."""
    with reading(services) as (session, _):
        return large_uploads.find_all(session, services.secrets, actor, form)
