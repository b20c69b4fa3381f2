"""A draft is shared for reading with somebody without a role, who comments on its texts; an administrator answers and ticks off."""

import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from processes.access.draft_share import is_open, open_share
from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotFound, NotNow
from processes.dated import link_terms_on
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.base import new_id
from processes.storage.tables import DraftComment, DraftShare
from processes.studio.revisions import locked_draft

LONGEST_NAME: Final = 80
LONGEST_COMMENT: Final = 2000
LONGEST_QUOTE: Final = 4000
LONGEST_PLACE: Final = 300
MOST_SHARES: Final = 20  # living links of one draft
MOST_COMMENTS: Final = 300  # of one link; a draft has at most MOST_SHARES times as many


class TooManyComments(NotNow):
    """Met deze link zijn al heel veel opmerkingen gemaakt. Vraag een nieuwe link aan wie u de link gaf."""


@dataclass(frozen=True, slots=True)
class ShareDraft:
    """A link for `reader`, as the administrator calls that person, that works until and with `until`."""

    name: str
    reader: str
    until: date | None


@dataclass(frozen=True, slots=True)
class EndShare:
    """The link works no longer. The comments stay."""

    name: str
    share: str


@dataclass(frozen=True, slots=True)
class NewComment:
    """A remark on the text at `place`, as it was read: `title` and `quote`. `field` is the form field that it was typed in."""

    place: str
    title: str
    quote: str
    text: str
    field: str = "text"


@dataclass(frozen=True, slots=True)
class CommentOnDraft:
    """The words of somebody with the link. The place, title and quote are those that the page showed, by the page's own reading."""

    token: str
    reader: str
    comments: Sequence[NewComment] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class AnswerComment:
    """The words of the administrator, which the reader sees by the same link; empty words take an answer away."""

    name: str
    comment: str
    text: str


@dataclass(frozen=True, slots=True)
class TickComment:
    """The comment is dealt with, or (`done` False) waits again."""

    name: str
    comment: str
    done: bool


def share_draft(work: UnitOfWork, action: ShareDraft) -> str:
    """The answer is the id of the link. Raises NotFound, Invalid and NotNow."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    locked_draft(work.session, action.name)
    if wrong := _share_wrong(work, action):
        raise Invalid(wrong)
    shares = work.session.scalars(select(DraftShare).where(DraftShare.draft == action.name)).all()
    if sum(is_open(one, work.today) for one in shares) >= MOST_SHARES:
        raise NotNow(f"Dit ontwerp is al met {MOST_SHARES} mensen gedeeld. Trek eerst een link in.")
    assert action.until is not None  # noqa: S101 - it would be wrong
    salt, secrets = random.token_bytes(32), work.services.secrets
    row = DraftShare(
        id=new_id(), draft=action.name, reader=action.reader.strip(), token_hash=secrets.token_hash(secrets.link_token(salt)),
        salt=salt, until=action.until, made_at=work.now, made_by=work.actor.subject,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(0, "draft_shared", draft=action.name, share=row.id, until=row.until.isoformat())
    return row.id


def end_share(work: UnitOfWork, action: EndShare) -> str:
    """The answer is the id of the link. Raises NotFound."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = work.session.get(DraftShare, action.share, with_for_update=True)
    if row is None or row.draft != action.name:
        raise NotFound("Deze link is er niet (meer).")
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = work.now, work.actor.subject
        work.audit(0, "draft_share_ended", draft=row.draft, share=row.id)
    return row.id


def comment_on_draft(work: UnitOfWork, action: CommentOnDraft) -> str:
    """The answer is how many comments were kept. Raises ReadingGone, Invalid and TooManyComments."""
    share = open_share(work.session, work.services, action.token, work.today)
    work.session.refresh(share, with_for_update=True)  # so that the count below holds
    if wrong := _comments_wrong(action):
        raise Invalid(wrong)
    counted = select(func.count()).select_from(DraftComment).where(DraftComment.share == share.id)
    if (work.session.scalar(counted) or 0) + len(action.comments) > MOST_COMMENTS:
        raise TooManyComments
    for one in action.comments:
        work.session.add(
            DraftComment(
                id=new_id(), draft=share.draft, share=share.id, place=one.place, title=one.title[:LONGEST_PLACE],
                quote=one.quote[:LONGEST_QUOTE], reader=action.reader.strip(), text=one.text.strip(), written_at=work.now,
            )
        )  # fmt: skip
    work.audit(0, "draft_commented", draft=share.draft, share=share.id, count=len(action.comments))
    return str(len(action.comments))


def answer_comment(work: UnitOfWork, action: AnswerComment) -> str:
    """The answer is the id of the comment. Raises NotFound and Invalid."""
    row = _own_comment(work, action.name, action.comment)
    if len(action.text) > LONGEST_COMMENT:
        raise Invalid({"answer": f"Maak dit korter: hoogstens {LONGEST_COMMENT} tekens."})
    row.answer, row.answered_by = action.text.strip(), work.actor.subject
    work.audit(0, "comment_answered", draft=row.draft, comment=row.id)
    return row.id


def tick_comment(work: UnitOfWork, action: TickComment) -> str:
    """The answer is the id of the comment. Raises NotFound."""
    row = _own_comment(work, action.name, action.comment)
    row.done_at, row.done_by = (work.now, work.actor.subject) if action.done else (None, None)
    work.audit(0, "comment_ticked", draft=row.draft, comment=row.id, done=action.done)
    return row.id


def _share_wrong(work: UnitOfWork, action: ShareDraft) -> dict[str, str]:
    wrong, most = {}, link_terms_on(work.services.law.shelf(work.session), work.today).reader
    if not action.reader.strip():
        wrong["reader"] = "Vul in voor wie de link is."
    elif len(action.reader.strip()) > LONGEST_NAME:
        wrong["reader"] = f"Maak dit korter: hoogstens {LONGEST_NAME} tekens."
    if action.until is None:
        wrong["until"] = "Vul in tot en met welke dag de link werkt."
    elif not work.today <= action.until <= work.today + timedelta(most):
        wrong["until"] = f"Kies een dag vanaf vandaag, hoogstens {most} dagen vooruit."
    return wrong


def _comments_wrong(action: CommentOnDraft) -> dict[str, str]:
    wrong = {
        one.field: f"Maak deze opmerking korter: hoogstens {LONGEST_COMMENT} tekens."
        for one in action.comments
        if len(one.text.strip()) > LONGEST_COMMENT
    }
    if not action.reader.strip():
        wrong["reader"] = "Vul uw naam in, zodat de beheerder weet van wie de opmerking is."
    elif len(action.reader.strip()) > LONGEST_NAME:
        wrong["reader"] = f"Maak uw naam korter: hoogstens {LONGEST_NAME} tekens."
    if not any(one.text.strip() for one in action.comments):
        wrong[""] = "Schrijf bij minstens één tekst een opmerking."
    return wrong


def _own_comment(work: UnitOfWork, name: str, comment: str) -> DraftComment:
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = work.session.get(DraftComment, comment, with_for_update=True)
    if row is None or row.draft != name:
        raise NotFound("Deze opmerking is er niet (meer).")
    return row
