"""A piece of post goes into a case: as documents, as a new case, as a withdrawal or as a notice of default. Each in one transaction with
what the letter itself leads to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from processes.actions.answers import ReceiptDays
from processes.actions.documents import AddDocuments, add_documents
from processes.actions.filing import NewDocument
from processes.actions.penalty import RegisterDefaultNotice, register_default_notice
from processes.actions.post_room import handled, waiting_item
from processes.actions.registering import RegisterCase, register_case
from processes.actions.withdrawing import Withdraw, withdraw
from processes.base.dutch import enumeration, long_date
from processes.base.errors import Invalid, mistakes_into
from processes.base.uploads import Upload
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, PostFile, PostItem
from processes.storage.words import PostHandling

LEFT_OUT: Final = "-"  # in the place of a document type: the file stays with the post and joins no dossier
NO_TYPE: Final = "Kies wat voor document dit is."
CAME_BY: Final = {"post": "per post", "counter": "aan de balie", "mail": "per e-mail"}


@dataclass(frozen=True, slots=True)
class FiledPost:
    """The choice for one file of the post: the code of its document type, or LEFT_OUT. Without a title it has the name of the file."""

    file: int
    type: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class AttachPost:
    """The post joins a case, by its number; of one that ended with the `reason`."""

    item: int
    case: str
    files: tuple[FiledPost, ...]
    reason: str = ""


def attach_post(work: UnitOfWork, action: AttachPost) -> str:
    """The answer is the case number. Raises NotFound, AlreadyDone with who was first, and Invalid with `type-<file>` for a file without a
    type or one that does not fit it, and what `add_documents` raises.
    """
    row = waiting_item(work, action.item)
    case = work.lock_case(action.case)
    rows = _files(work, row)
    if rows and all(one.type == LEFT_OUT for one in action.files):
        raise Invalid(
            {
                f"type-{rows[0].id}": "Kies voor minstens één bestand een soort. Hoort de post hier niet bij? Leg haar dan opzij."
            }
        )
    _file(work, row, case, rows, action.files, action.reason)
    _into(work, row, case, PostHandling.ATTACHED)
    return case.number


@dataclass(frozen=True, slots=True)
class WithdrawByPost:
    """The post says that somebody withdraws; `parties` as for Withdraw. It counts from the day on which the post was received."""

    item: int
    case: str
    files: tuple[FiledPost, ...]
    reason: str
    parties: tuple[int, ...] = ()


def withdraw_by_post(work: UnitOfWork, action: WithdrawByPost) -> str:
    """The answer is the case number. Raises what `attach_post` and `withdraw` raise."""
    row = waiting_item(work, action.item)
    case, wrong = work.lock_case(action.case, running=True), dict[str, str]()
    if not action.reason.strip():
        wrong["withdraw_reason"] = "Schrijf op hoe en waarom de indiener intrekt."
    with mistakes_into(wrong):
        _file(work, row, case, _files(work, row), action.files)
    with mistakes_into(wrong):
        days = ReceiptDays(row.received_on, row.postmarked_on)
        withdraw(work, Withdraw(case.number, action.reason, action.parties, days))
    if wrong:
        raise Invalid(wrong)
    _into(work, row, case, PostHandling.WITHDRAWAL)
    return case.number


@dataclass(frozen=True, slots=True)
class DefaultByPost:
    """The post puts the municipality in default for a term; `party` and `deadline` as for RegisterDefaultNotice."""

    item: int
    case: str
    files: tuple[FiledPost, ...]
    deadline: str
    party: int | None = None


def default_by_post(work: UnitOfWork, action: DefaultByPost) -> str:
    """It counts from the day on which the post was received. The answer is the case number. Raises what `attach_post` and
    `register_default_notice` raise.
    """
    row = waiting_item(work, action.item)
    case, wrong = work.lock_case(action.case), dict[str, str]()
    if not action.deadline:
        wrong["deadline"] = "Kies om welke termijn het gaat."
    with mistakes_into(wrong):
        _file(work, row, case, _files(work, row), action.files)
    if action.deadline:
        with mistakes_into(wrong):
            register_default_notice(
                work, RegisterDefaultNotice(case.number, action.deadline, row.received_on, action.party)
            )
    if wrong:
        raise Invalid(wrong)
    _into(work, row, case, PostHandling.DEFAULT)
    return case.number


@dataclass(frozen=True, slots=True)
class RegisterPost:
    """The post becomes a new case, with its files among the documents."""

    item: int
    case: RegisterCase
    files: tuple[FiledPost, ...]


def register_post(work: UnitOfWork, action: RegisterPost) -> str:
    """The answer is the number of the new case. Raises what `attach_post` and `register_case` raise, every mistake at once."""
    row, wrong = waiting_item(work, action.item), dict(action.case.wrong)
    rows, documents = _files(work, row), tuple[NewDocument, ...]()
    with mistakes_into(wrong):
        documents = _documents(rows, action.files)
    wanted = replace(action.case, documents=(*action.case.documents, *documents), wrong=wrong)
    case = work.lock_case(register_case(work, wanted))
    _let_go(work, case, rows, action.files)
    _into(work, row, case, PostHandling.REGISTERED)
    return case.number


def _files(work: UnitOfWork, row: PostItem) -> Sequence[PostFile]:
    return work.session.scalars(select(PostFile).where(PostFile.item_id == row.id).order_by(PostFile.id)).all()


def _file(
    work: UnitOfWork, row: PostItem, case: Case, rows: Sequence[PostFile], chosen: Sequence[FiledPost], reason: str = ""
) -> None:
    """The chosen files become documents of the case, and the timeline says when and how the post came in."""
    documents = _documents(rows, chosen)
    if documents:
        add_documents(work, AddDocuments(case.number, documents, reason))
    _let_go(work, case, rows, chosen)
    titles = enumeration([f"'{document.title or document.upload.name}'" for document in documents])
    came = f"Post ontvangen op {long_date(row.received_on)}, {CAME_BY[row.channel]}"
    mark = f", poststempel {long_date(row.postmarked_on)}" if row.postmarked_on else ""
    work.own_note(case.id, f"{came}{mark}.{f' Van: {row.sender}.' if row.sender else ''} {titles}".strip())


def _documents(rows: Sequence[PostFile], chosen: Sequence[FiledPost]) -> tuple[NewDocument, ...]:
    """Raises Invalid for each file of which nobody said what it is."""
    said = {one.file: one for one in chosen}
    wrong = {f"type-{row.id}": NO_TYPE for row in rows if row.id not in said or not said[row.id].type}
    if wrong:
        raise Invalid(wrong)
    filed = [(row, said[row.id]) for row in rows if said[row.id].type != LEFT_OUT]
    return tuple(NewDocument(_upload(row), one.type, one.title, f"type-{row.id}") for row, one in filed)


def _upload(row: PostFile) -> Upload:
    return Upload(row.name, row.media_type, row.size, row.sha256, row.blob, row.locked, row.file_key)


def _let_go(work: UnitOfWork, case: Case, rows: Sequence[PostFile], chosen: Sequence[FiledPost]) -> None:
    """A file that became a document has its bytes there; one that was left out is of the case too, and goes with it."""
    left = {one.file for one in chosen if one.type == LEFT_OUT}
    for row in rows:
        if row.id in left:
            row.case_id = case.id
        else:
            work.session.delete(row)


def _into(work: UnitOfWork, row: PostItem, case: Case, how: PostHandling) -> None:
    handled(work, row, how)
    row.case_id = case.id
    work.audit(case.id, "post_handled", item=row.id, how=how)
