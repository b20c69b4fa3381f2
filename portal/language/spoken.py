"""A sentence that is answered by itself, to a script: in the language of who asks."""

from starlette.requests import HTTPConnection

from portal.language.chosen import DUTCH, language_of
from portal.language.english import english


def said_to(request: HTTPConnection, sentence: str) -> str:
    """A sentence of the program in the language of this request."""
    return sentence if language_of(request) == DUTCH else english(sentence)
