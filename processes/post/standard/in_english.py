"""Which text of this folder is which in English, and the choice between them by the language of a reader (ReadingLanguage).

Mails go out in one language. Letters are Dutch, and what stands here is their translation.
"""

from collections.abc import Mapping
from typing import Final

from processes.post.standard import citizens, english_letters, english_mails, persons, reopening
from processes.storage.words import ReadingLanguage

_MAILS: Final[Mapping[bytes, bytes]] = {
    citizens.AVAILABLE: english_mails.AVAILABLE,
    citizens.CONFIRM: english_mails.CONFIRM,
    citizens.ADDRESS_CHANGED: english_mails.ADDRESS_CHANGED,
    citizens.CO_FILER_ASKED: english_mails.CO_FILER_ASKED,
    citizens.CO_FILER_REMINDED: english_mails.CO_FILER_REMINDED,
    citizens.CO_FILER_NEWS: english_mails.CO_FILER_NEWS,
    citizens.NEWS_OF_DAY: english_mails.NEWS_OF_DAY,
    citizens.RECEIVED: english_mails.RECEIVED,
    **{source: english_mails.NEWS[kind] for kind, source in citizens.NEWS.items()},
    persons.ANSWER_RECEIVED: english_mails.ANSWER_RECEIVED,
    persons.VIRUS: english_mails.VIRUS,
    persons.ASKED_OF_PERSON: english_mails.ASKED_OF_PERSON,
    persons.SHARED: english_mails.SHARED,
    persons.NEW_LINK: english_mails.NEW_LINK,
    persons.NEW_LINK_FOR_PERSON: english_mails.NEW_LINK_FOR_PERSON,
    persons.LETTER_FOR_PERSON: english_mails.LETTER_FOR_PERSON,
}
_LETTERS: Final[Mapping[bytes, bytes]] = {
    citizens.ONE_WITHDREW: english_letters.ONE_WITHDREW,
    citizens.REPLY: english_letters.REPLY,
    citizens.DOCUMENT_BY_POST: english_letters.DOCUMENT_BY_POST,
    citizens.LETTER_CODE: english_letters.LETTER_CODE,
    citizens.PAPER_ADDED: english_letters.PAPER_ADDED,
    **{source: english_letters.TERM_CHANGED[kind] for kind, source in citizens.TERM_CHANGED.items()},
    citizens.PENALTY_SET: english_letters.PENALTY_SET,
    citizens.DEFAULT_RECEIVED: english_letters.DEFAULT_RECEIVED,
    reopening.REOPENED: english_letters.REOPENED,
    reopening.CLOSED_AGAIN: english_letters.CLOSED_AGAIN,
}


def mail_for(source: bytes, language: str) -> bytes:
    """The text of a mail for a reader of this language. Raises KeyError for one that has no English: no citizen gets such a mail."""
    return _MAILS[source] if language == ReadingLanguage.ENGLISH else source


def letter_for(source: bytes, language: str) -> bytes | None:
    """The translation of a letter for a reader of this language; None for Dutch, and for a letter without one."""
    return _LETTERS.get(source) if language == ReadingLanguage.ENGLISH else None


def news_in_words(language: str) -> Mapping[str, str]:
    """A sentence for each kind of news."""
    return english_mails.NEWS_IN_WORDS if language == ReadingLanguage.ENGLISH else citizens.NEWS_IN_WORDS
