"""The translation of a letter that left without one, for who reads English and asks for it (C10), such as who came to the case later."""

from dataclasses import dataclass

from processes.access.guards import own_case
from processes.access.visibility import notices_of
from processes.base.errors import NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork
from processes.post.later_translation import translate_later
from processes.storage.tables import NoticeRow
from processes.storage.words import ReadingLanguage


class NoTranslation(NotNow):
    """Van deze brief kunnen wij geen vertaling maken: de woorden zijn van een medewerker, of er is intussen iets in de zaak veranderd. De brief zelf geldt. Heeft u hulp nodig? Bel ons."""


@dataclass(frozen=True, slots=True)
class TranslateLetter:
    """`notice`: the id of a letter to this person, or to whom this person represents."""

    case: str
    notice: int


def translate_letter(work: UnitOfWork, action: TranslateLetter) -> str:
    """The answer is the number of the case; a letter that has its translation keeps it. Raises NotFound for a letter of another, and
    NoTranslation.
    """
    case = work.lock_case(action.case)
    mine = notices_of(case.id, own_case(work, case)).where(NoticeRow.id == action.notice)
    notice = work.session.scalar(mine)
    if notice is None:
        raise NotFound
    if notice.translation is None:
        if not translate_later(CaseExecution.of(work, case), notice, ReadingLanguage.ENGLISH):
            raise NoTranslation
        work.audit(case.id, "translate_letter", notice=notice.id)
    return case.number
