"""The post room (W12): what comes in is taken in, and one that goes into no case is put aside with a reason. Nothing is deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.base.actor import ActorKind
from processes.base.dutch import long_moment
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.base.typed_values import many_lines, one_line
from processes.base.uploads import Upload
from processes.execution.dates import receipt_wrong
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import staff
from processes.storage.audit import INSTALLATION_CHAIN
from processes.storage.tables import Case, FileScan, PostFile, PostItem
from processes.storage.upload_room import arrived, taken_in
from processes.storage.words import PostHandling, PostItemChannel, ScanState

LONGEST: Final = {"sender": 320, "subject": 300}  # what the columns hold
MOST_WORDS: Final = 100_000  # signs of a mail that are kept beside its files
ASIDE: Final = (PostHandling.NOT_OURS, PostHandling.FORWARDED, PostHandling.DOUBLE)


@dataclass(frozen=True, slots=True)
class NewPost:
    """One piece of post: its files, and what is known of it. `words` is the text of a mail. `postmarked_on`: None when there is no mark,
    or it cannot be read.
    """

    channel: str
    received_on: date
    uploads: tuple[Upload, ...]
    postmarked_on: date | None = None
    sender: str = ""
    subject: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class TakeInPost:
    """Post that came in together, by a person or by itself. `wrong`: mistakes that were seen before."""

    pieces: tuple[NewPost, ...]
    wrong: Mapping[str, str] = field(default_factory=dict)


def take_in_post(work: UnitOfWork, action: TakeInPost) -> str:
    """The answer is the ids of the pieces of post, one a line. Raises Invalid with every mistake."""
    only_staff(work.actor)
    wrong = dict(action.wrong)
    for piece in action.pieces:
        wrong = {**_mistakes(work, piece), **wrong}
    if not action.pieces:
        wrong.setdefault("files", "Kies eerst een bestand.")
    if wrong:
        raise Invalid(wrong)
    rows = [_taken(work, piece) for piece in action.pieces]
    uploads = [upload for piece in action.pieces for upload in piece.uploads]
    if work.actor.kind == ActorKind.SYSTEM:
        work.outbox_ids += arrived(work.session, work.services, uploads)
    else:
        taken_in(work.session, [upload.blob for upload in uploads])
    return "\n".join(str(row.id) for row in rows)


def _mistakes(work: UnitOfWork, piece: NewPost) -> dict[str, str]:
    wrong = receipt_wrong(piece.received_on, piece.postmarked_on, work.today)
    if piece.channel not in tuple(PostItemChannel):
        wrong["channel"] = "Kies hoe de post is binnengekomen."
    for name, most in LONGEST.items():
        if len(getattr(piece, name)) > most:
            wrong[name] = f"Maak dit korter: hoogstens {most} tekens."
    return wrong


def _taken(work: UnitOfWork, piece: NewPost) -> PostItem:
    by = work.actor.subject if work.actor.kind == ActorKind.STAFF else None
    row = PostItem(
        channel=piece.channel, received_on=piece.received_on, postmarked_on=piece.postmarked_on,
        sender=one_line(piece.sender), subject=one_line(piece.subject), words=many_lines(piece.words).strip()[:MOST_WORDS],
        taken_at=work.now, taken_by=by,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(INSTALLATION_CHAIN, "post_in", item=row.id, channel=row.channel)
    for upload in piece.uploads:
        work.session.add(
            PostFile(
                item_id=row.id, name=upload.name, media_type=upload.media_type, size=upload.size, sha256=upload.sha256,
                blob=upload.blob, file_key=upload.file_key, locked=upload.locked,
            )
        )  # fmt: skip
        work.audit(INSTALLATION_CHAIN, "post_file_in", item=row.id, sha256=upload.sha256)
    return row


@dataclass(frozen=True, slots=True)
class SetPostAside:
    """The post goes into no case: `how` is one of ASIDE."""

    item: int
    how: str
    reason: str


def set_post_aside(work: UnitOfWork, action: SetPostAside) -> str:
    """The answer is the id. Raises NotFound, AlreadyDone with who was first, Invalid with every mistake."""
    row = waiting_item(work, action.item)
    wrong = reason_wrong(action.reason, "Schrijf op waarom, of aan wie u de post doorgeeft.")
    if action.how not in ASIDE:
        wrong["how"] = "Kies wat er met de post gebeurt."
    if wrong:
        raise Invalid(wrong)
    handled(work, row, PostHandling(action.how))
    row.reason = action.reason.strip()
    work.audit(INSTALLATION_CHAIN, "post_aside", item=row.id, how=row.handled_as)
    return str(row.id)


def waiting_item(work: UnitOfWork, item_id: int) -> PostItem:
    """A piece of post that nobody handled, locked, for staff. Raises NotFound, AlreadyDone with who was first."""
    only_staff(work.actor, system=False)
    row = work.session.get(PostItem, item_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("Dit poststuk bestaat niet.")
    if row.handled_at is not None:
        who = staff.name_of(work.session, row.handled_by) if row.handled_by else "Een collega"
        raise AlreadyDone(f"Dit poststuk is al verwerkt: {who} deed dat op {long_moment(row.handled_at)}.")
    return row


def handled(work: UnitOfWork, row: PostItem, how: PostHandling) -> None:
    """Write down what became of it, when, and by whom."""
    row.handled_as, row.handled_at, row.handled_by = how, work.now, work.actor.subject


def into_case(
    work: UnitOfWork, row: PostItem, case: Case, how: PostHandling, files: Sequence[PostFile], *, filed: bool = False
) -> None:
    """The post is of this case now. `files`: those with which it came. Who sent it stands in them, and so do its words: they are not kept
    a second time, where nobody who hides or removes a document would find them. `filed`: the words became a document of their own.
    """
    handled(work, row, how)
    row.case_id, row.sender = case.id, ""
    if filed or (files and not _thrown_away(work, files)):
        row.words = ""
    work.audit(case.id, "post_handled", item=row.id, how=how)


def _thrown_away(work: UnitOfWork, files: Sequence[PostFile]) -> bool:
    """Whether a virus was in one of these files: then the words may be all that is left of a mail."""
    infected = (FileScan.blob.in_([file.blob for file in files]), FileScan.state == ScanState.INFECTED)
    return work.session.scalar(select(FileScan.blob).where(*infected).limit(1)) is not None
