"""Texts of a case type in the language of a reader, for mails and letters: as its makers wrote them, and Dutch where they wrote none."""

from engine.translating import mail_in, texts_in
from processes.base.english import day_words
from processes.base.errors import NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case
from processes.storage.words import ReadingLanguage


def said_in(work: UnitOfWork, case: Case, text: str, language: str) -> str:
    """A name of a task, title or choice of the case type of this case, or an amount in words, in `language` (ReadingLanguage)."""
    if language == ReadingLanguage.DUTCH:
        return text
    if written := day_words(text):  # a day, a length of time or an amount
        return written
    return dict(texts_in(work.deployed(case.model_version_id).model, language)).get(text, text)


def template_in(language: str, name: str, *folders: Deployed) -> tuple[bytes, str]:
    """The template from the first folder that has it, and its language: Dutch where it is not there in `language`. Raises NotNow without one."""
    for deployed in folders:
        mails = deployed.folder.mails
        if (dutch := mails.get(f"{name}.txt")) is not None:
            found = mail_in(mails, f"{name}.txt", language) or dutch
            return found, language if found is not dutch else ReadingLanguage.DUTCH
    raise NotNow(f"Het sjabloon '{name}' bestaat niet in dit zaaktype.")
