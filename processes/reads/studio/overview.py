"""The overview of a draft: its check, and how much of it has no English or is not in this installation."""

from dataclasses import dataclass

from processes.base.actor import Actor
from processes.reads.studio.draft_check import DraftCheck
from processes.reads.studio.english import english_of_draft
from processes.reads.studio.guarding import DeployGuard, read_guard
from processes.reads.studio.lacking import lacking_in
from processes.reads.studio.open_draft import opened_draft
from processes.storage.services import Services


@dataclass(frozen=True, slots=True)
class DraftOverview:
    """`without_english`: texts; `lacking`: things that it names and that are not here; `addresses`: written out in texts; `guard`:
    the rehearsals that must go as recorded before it goes into use, as far as they were played.
    """

    checked: DraftCheck
    without_english: int
    lacking: int
    addresses: int
    guard: DeployGuard


def read_draft_overview(services: Services, actor: Actor, name: str) -> DraftOverview:
    """Raises NotFound."""
    draft = opened_draft(services, actor, name)
    lacking = lacking_in(services, draft)
    english = english_of_draft(draft)
    return DraftOverview(
        draft.checked,
        len(english.missing),
        len(lacking.things) + lacking.around.missing,
        len(lacking.addresses),
        read_guard(services, draft.checked.check),
    )
