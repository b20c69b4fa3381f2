"""The sweep of drafts of case types: after going into use, or ninety days without a change, only the saves with a name stay.

What somebody tidied away goes a week later. The newest save always stays. The pages of a draft say so beforehand.
"""

import structlog
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from processes.actions import act
from processes.actions.drafting import TidyDraft
from processes.base.actor import SYSTEM
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import ModelDraft, ModelDraftRevision
from processes.studio.revisions import HAD_BACK, KEPT

log = structlog.get_logger()


def sweep_drafts(services: Services) -> int:
    """How many drafts were tidied. One that fails is tried again by the next sweep."""
    due = [
        *(TidyDraft(name) for name in _due(services)),
        *(TidyDraft(name, expired=True) for name in _expired(services)),
    ]
    for one in due:
        name = one.name
        try:
            act(services, SYSTEM, one)
        except Exception as cause:  # noqa: BLE001 - whatever is wrong with one draft, all others are tidied
            log.error("draft_not_tidied", draft=name, error=type(cause).__name__)  # noqa: TRY400 - a trace shows data
    return len(due)


def _expired(services: Services) -> list[str]:
    """Drafts of which somebody tidied saves away, too long ago to have them back."""
    with services.sessions() as session:
        before = business_now(services, read_only(session)) - HAD_BACK
        wanted = select(ModelDraftRevision.draft).where(ModelDraftRevision.tidied_at < before)
        return list(session.scalars(wanted.distinct()))


def _due(services: Services) -> list[str]:
    """Drafts that rest and have more to lose than their newest save."""
    later = aliased(ModelDraftRevision)
    newest = select(func.max(later.number)).where(later.draft == ModelDraftRevision.draft).scalar_subquery()
    goes = select(ModelDraftRevision.draft).where(
        ModelDraftRevision.label.is_(None), ModelDraftRevision.number < newest
    )
    with services.sessions() as session:
        before = business_now(services, read_only(session)) - KEPT
        rests = or_(ModelDraft.deployed_at.is_not(None), ModelDraft.changed_at < before)
        return list(session.scalars(select(ModelDraft.name).where(rests, ModelDraft.name.in_(goes))))
