"""A piece of post goes into a case: as documents, as a new case, as a withdrawal or as a notice of default. Each in one transaction with
what the letter itself leads to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import select

from processes.actions.answers import FIELDS, ReceiptDays, withdrawal_wrong
from processes.actions.documents import AddDocuments, add_documents
from processes.actions.filing import NewDocument
from processes.actions.penalty import RegisterDefaultNotice, register_default_notice
from processes.actions.post_room import into_case, waiting_item
from processes.actions.registering import RegisterCase, register_case
from processes.actions.withdrawing import Withdraw, withdraw
from processes.base.dutch import enumeration, long_date
from processes.base.errors import Invalid, mistakes_into
from processes.base.uploads import Upload
from processes.execution.dates import receipt_wrong
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, PostFile, PostItem
from processes.storage.words import PostHandling

LEFT_OUT: Final = "-"  # in the place of a document type: the file stays with the post and joins no dossier
WORDS: Final = 0  # in the place of the id of a file: the words of a mail, which are all that is left when a virus was in each of its files
NOTHING_FILED: Final = "Kies voor minstens één bestand een soort. Hoort de post hier niet bij? Leg haar dan opzij."
NO_TYPE: Final = "Kies wat voor document dit is."
ON_FORM: Final = {told: name for name, told in FIELDS.items()}  # the days as the forms of the post room name them
CAME_BY: Final = {"post": "per post", "counter": "aan de balie", "mail": "per e-mail"}


@dataclass(frozen=True, slots=True)
class FiledPost:
    """The choice for one file of the post: the code of its document type, or LEFT_OUT. Without a title it has the name of the file.
    `made`: the PDF that was made of it, which becomes the document, with the file beside it; of WORDS the PDF alone.
    """

    file: int
    type: str
    title: str = ""
    made: Upload | None = None


@dataclass(frozen=True, slots=True)
class AttachPost:
    """The post joins a case, by its number; of one that ended with the `reason`. `days`: when the post was received and postmarked, where
    somebody looked; None keeps what was known. `wrong`: mistakes that were seen before.
    """

    item: int
    case: str
    files: tuple[FiledPost, ...]
    reason: str = ""
    days: ReceiptDays | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)


def attach_post(work: UnitOfWork, action: AttachPost) -> str:
    """The answer is the case number. Raises NotFound, AlreadyDone with who was first, and Invalid with `type-<file>` for a file without a
    type or one that does not fit it, `received_on` and `postmark_on` for the days, and what `add_documents` raises.
    """
    row, case, rows, wrong = _begun(work, action)
    if rows and all(one.type == LEFT_OUT for one in action.files):
        wrong[f"type-{min((one.file for one in action.files), default=rows[0].id)}"] = NOTHING_FILED
    else:
        with mistakes_into(wrong):
            _file(work, row, case, rows, action.files, action.reason)
    if wrong:
        raise Invalid(wrong)
    into_case(work, row, case, PostHandling.ATTACHED, rows, filed=_words_filed(action.files))
    return case.number


@dataclass(frozen=True, slots=True)
class WithdrawByPost:
    """The post says that somebody withdraws; `parties` as for Withdraw. It counts from the day on which the post was received. `days` and
    `wrong` as for AttachPost.
    """

    item: int
    case: str
    files: tuple[FiledPost, ...]
    reason: str
    parties: tuple[int, ...] = ()
    days: ReceiptDays | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)


def withdraw_by_post(work: UnitOfWork, action: WithdrawByPost) -> str:
    """The answer is the case number. Raises what `attach_post` and `withdraw` raise."""
    row, case, rows, wrong = _begun(work, action, running=True)
    if not action.reason.strip():
        wrong["withdraw_reason"] = "Schrijf op hoe en waarom de indiener intrekt."
    with mistakes_into(wrong):
        _file(work, row, case, rows, action.files)
    days = ReceiptDays(row.received_on, row.postmarked_on)
    found = withdrawal_wrong(case, days, work.today)
    with mistakes_into(found):
        withdraw(work, Withdraw(case.number, action.reason, action.parties, days))
    wrong = {**{ON_FORM.get(name, name): told for name, told in found.items()}, **wrong}
    if wrong:
        raise Invalid(wrong)
    into_case(work, row, case, PostHandling.WITHDRAWAL, rows, filed=_words_filed(action.files))
    return case.number


@dataclass(frozen=True, slots=True)
class DefaultByPost:
    """The post puts the municipality in default for a term; `party` and `deadline` as for RegisterDefaultNotice. `days` and `wrong` as for
    AttachPost.
    """

    item: int
    case: str
    files: tuple[FiledPost, ...]
    deadline: str
    party: int | None = None
    days: ReceiptDays | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)


def default_by_post(work: UnitOfWork, action: DefaultByPost) -> str:
    """It counts from the day on which the post was received. The answer is the case number. Raises what `attach_post` and
    `register_default_notice` raise.
    """
    row, case, rows, wrong = _begun(work, action)
    if not action.deadline:
        wrong["deadline"] = "Kies om welke termijn het gaat."
    with mistakes_into(wrong):
        _file(work, row, case, rows, action.files)
    found = dict[str, str]()
    if action.deadline:
        notice = RegisterDefaultNotice(case.number, action.deadline, row.received_on, action.party)
        with mistakes_into(found):
            register_default_notice(work, notice)
    wrong = {**found, **wrong}
    if wrong:
        raise Invalid(wrong)
    into_case(work, row, case, PostHandling.DEFAULT, rows, filed=_words_filed(action.files))
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
    into_case(work, row, case, PostHandling.REGISTERED, rows, filed=_words_filed(action.files))
    return case.number


def _begun(
    work: UnitOfWork, action: AttachPost | WithdrawByPost | DefaultByPost, *, running: bool = False
) -> tuple[PostItem, Case, Sequence[PostFile], dict[str, str]]:
    """The post and the case, both locked, the files of the post, and the mistakes in the days."""
    row = waiting_item(work, action.item)
    case = work.lock_case(action.case, running=running)
    return row, case, _files(work, row), _correct_days(work, row, case, action)


def _files(work: UnitOfWork, row: PostItem) -> Sequence[PostFile]:
    return work.session.scalars(select(PostFile).where(PostFile.item_id == row.id).order_by(PostFile.id)).all()


def _correct_days(
    work: UnitOfWork, row: PostItem, case: Case, action: AttachPost | WithdrawByPost | DefaultByPost
) -> dict[str, str]:
    """The days on the paper take the place of those that were known, such as the day on which a scan was made: the law counts from them.
    The answer are the mistakes in them.
    """
    if action.days is not None:
        if action.days.received_on != row.received_on:
            now, before = long_date(action.days.received_on), long_date(row.received_on)
            work.own_note(case.id, f"Dag van ontvangst van het poststuk verbeterd: {now} in plaats van {before}.")
        row.received_on, row.postmarked_on = action.days.received_on, action.days.postmarked_on
    return {**receipt_wrong(row.received_on, row.postmarked_on, work.today), **action.wrong}


def _file(
    work: UnitOfWork, row: PostItem, case: Case, rows: Sequence[PostFile], chosen: Sequence[FiledPost], reason: str = ""
) -> None:
    """The chosen files become documents of the case, and the timeline says when and how the post came in. Who sent it may be somebody
    whose name is kept from readers of the case.
    """
    documents = _documents(rows, chosen)
    if documents:
        add_documents(work, AddDocuments(case.number, documents, reason))
    _let_go(work, case, rows, chosen)
    titles = enumeration([f"'{document.title or document.upload.name}'" for document in documents])
    came = f"Post ontvangen op {long_date(row.received_on)}, {CAME_BY[row.channel]}"
    mark = f", poststempel {long_date(row.postmarked_on)}" if row.postmarked_on else ""
    work.own_note(case.id, f"{came}{mark}. {titles}".strip())


def _documents(rows: Sequence[PostFile], chosen: Sequence[FiledPost]) -> tuple[NewDocument, ...]:
    """Raises Invalid for each file of which nobody said what it is."""
    said = {one.file: one for one in chosen}
    wrong = {f"type-{row.id}": NO_TYPE for row in rows if row.id not in said or not said[row.id].type}
    words = said.get(WORDS)
    if words and not words.type:
        wrong[f"type-{WORDS}"] = NO_TYPE
    if wrong:
        raise Invalid(wrong)
    filed = [(row, said[row.id]) for row in rows if said[row.id].type != LEFT_OUT]
    alone = [NewDocument(words.made, words.type, words.title, f"type-{WORDS}")] if words and words.made else []
    return *alone, *(
        NewDocument(one.made or _upload(row), one.type, one.title, f"type-{row.id}", _upload(row) if one.made else None)
        for row, one in filed
    )


def _words_filed(chosen: Sequence[FiledPost]) -> bool:
    return any(one.file == WORDS and one.made for one in chosen)


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
