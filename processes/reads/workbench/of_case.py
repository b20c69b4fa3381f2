"""The rows that an address under a case names: each belongs to that case, or there is no such address."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from processes.access.staff_scope import seen_cases
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import (
    Bar,
    Case,
    CaseBundle,
    ChecklistItem,
    CoFiler,
    ColleagueTask,
    Decision,
    DefaultNotice,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    FiledRow,
    Instance,
    LetterRow,
    MailAnswer,
    MailRow,
    NoteRow,
    NoticeRow,
    Party,
    PublicationRow,
    RequestReply,
    TaskRow,
)

LARGEST: Final = 2**63 - 1  # a larger number names no row
NAMED: Final[Mapping[str, Any]] = {  # the name of a part of an address -> the table of which it names a row
    "answer": MailAnswer,
    "asked": DocumentRequestRow,
    "bar": Bar,
    "bundle": CaseBundle,
    "co_filer": CoFiler,
    "colleague_task": ColleagueTask,
    "decision": Decision,
    "default": DefaultNotice,
    "document": DocumentRow,
    "dossier": Dossier,
    "filed": FiledRow,
    "instance": Instance,
    "letter": LetterRow,
    "mail": MailRow,
    "note": NoteRow,
    "notice": NoticeRow,
    "party": Party,
    "point": ChecklistItem,
    "publication": PublicationRow,
    "reply": RequestReply,
    "task": TaskRow,
}


def only_of_case(services: Services, actor: Actor, number: str, parts: Mapping[str, str]) -> None:
    """Raises NotFound when a part (by its name in NAMED) names no row of this case, or the reader may not see the case."""
    with reading(services) as (session, _now):
        for name, text in parts.items():
            table = NAMED[name]
            mine = select(table.id).join(Case, Case.id == table.case_id)
            found = mine.where(table.id == _key(table, text), Case.number == number, seen_cases(actor))
            if session.scalar(found) is None:
                raise NotFound


def _key(table: Any, text: str) -> str | int:
    """The key of a row; 0, which no row has, for what cannot be one."""
    if table.id.type.python_type is str:
        return text
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST)) else 0
    return number if number <= LARGEST else 0
