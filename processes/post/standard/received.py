"""The words of a receipt for each thing that can come in from a citizen."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from processes.storage.words import ReadingLanguage


class What(StrEnum):
    """The things that a citizen sends. With `{name}`: what the case type calls it, or how many there are."""

    CASE = "case"
    MESSAGE = "message"
    DOCUMENT = "document"
    DOCUMENTS = "documents"
    WITHDRAWAL = "withdrawal"
    JOINING = "joining"
    ANSWER = "answer"
    CHANGED_ANSWER = "changed_answer"


_DUTCH: Final[Mapping[str, str]] = {
    What.CASE: "{name}",
    What.MESSAGE: "een bericht",
    What.DOCUMENT: "een document",
    What.DOCUMENTS: "{name} documenten",
    What.WITHDRAWAL: "u trekt de zaak in",
    What.JOINING: "u doet mee met deze zaak",
    What.ANSWER: "uw antwoord bij '{name}'",
    What.CHANGED_ANSWER: "uw veranderde antwoord bij '{name}'",
}
_ENGLISH: Final[Mapping[str, str]] = {
    What.CASE: "{name}",
    What.MESSAGE: "a message",
    What.DOCUMENT: "a document",
    What.DOCUMENTS: "{name} documents",
    What.WITHDRAWAL: "you withdraw the case",
    What.JOINING: "you take part in this case",
    What.ANSWER: "your answer to '{name}'",
    What.CHANGED_ANSWER: "your changed answer to '{name}'",
}


def in_words(what: What, name: str, language: str) -> str:
    """The words for it in this language (ReadingLanguage); the name of a kind of case stands in the middle of a sentence."""
    said = (_ENGLISH if language == ReadingLanguage.ENGLISH else _DUTCH)[what]
    return said.format(name=name.lower() if what == What.CASE else name)
