"""A form is kept as far as it was filled in, and forgotten again. Nothing of it is part of a case yet.

A form that is sent drops its draft by itself: `act(..., form=address)`.
"""

from dataclasses import dataclass, field

from processes.execution.unit_of_work import UnitOfWork
from processes.storage import drafts
from processes.storage.drafts import DraftContent


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """`form` is the address of the form; behind a link the part after the token, so that no token is stored."""

    form: str
    content: DraftContent = field(default_factory=DraftContent)


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Begin again with this form."""

    form: str


def save_draft(work: UnitOfWork, action: SaveDraft) -> str:
    """The answer is the id of the draft, which opens it for its owner only. Raises DraftTooLong."""
    return drafts.save(work.session, work.services, work.actor, action.form, action.content)


def drop_draft(work: UnitOfWork, action: DropDraft) -> str:
    drafts.drop(work.session, work.actor, action.form)
    return ""
