"""The language in which a person reads: as chosen at Mijn gegevens, else Dutch. Each party of a case keeps it, so that post asks nobody."""

from sqlalchemy import select

from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import PersonProfile
from processes.storage.words import ReadingLanguage


def chosen_language(work: UnitOfWork, subject: str | None) -> str:
    """The choice of the person with this blind index (ReadingLanguage); Dutch for who never chose, or cannot sign in."""
    mine = select(PersonProfile.language).where(PersonProfile.identity_index == subject)
    return (work.session.scalar(mine) if subject else None) or ReadingLanguage.DUTCH
