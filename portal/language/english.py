"""Templates in English: words are replaced while a template is compiled, and what the program says while it is filled in.

A template needs nothing for it. Each inserted value that stands where people read passes `ours`: a text of the program or of a case type
becomes English. What is `OwnWords` by people stays letter by letter, also within a text that a template puts together (`composed`), and so
does what stands in an element of the class `zs-typed`. What is code of HTML already is left alone.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final

from jinja2 import Environment
from jinja2.ext import Extension

from portal.language.catalogue import Catalogue, Speaker, catalogue_of, english_catalogue, with_places
from portal.language.composed import compose_in
from portal.language.segments import SPACE, TOKEN, SourceKind, SourcePiece, inserted_in, pieces_of
from processes.base.written import Composed

_OWN: ContextVar[Catalogue | None] = ContextVar("own_texts", default=None)
INSERT: Final = re.compile(r"\{\{([-+]?)(.*?)([-+]?)\}\}", re.DOTALL)
# names and codes, by the name of the value: they are shown letter by letter
WRITTEN: Final = re.compile(
    r"^\s*(?:name|id|key|token|here|session\.name|settings\.organisation|.*\.reference|.*\.number)\s*$"
)


class EnglishTemplates(Extension):
    """The extension of Jinja2 that reads a template in English."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        compose_in(environment)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja2 passes it
        """The source with our words in English."""
        return "".join(_in_english(piece, name or "") for piece in pieces_of(source))


def _in_english(piece: SourcePiece, template: str) -> str:
    if piece.kind == SourceKind.RAW:
        return piece.source
    found = english_catalogue().of_source(template, piece.key)
    if found is None:
        return INSERT.sub(_passed, piece.source)
    before, after = piece.source[: _lead(piece.source)], piece.source[len(piece.source.rstrip()) :]
    as_written = {SPACE.sub(" ", one): one for one in inserted_in(piece.source)}
    english = TOKEN.sub(lambda one: as_written.get(one.group(), one.group()), found)
    return before + INSERT.sub(_passed, english) + after


def _lead(source: str) -> int:
    return len(source) - len(source.lstrip())


def _passed(found: re.Match[str]) -> str:
    before, value, after = found.groups()
    return found.group() if WRITTEN.match(value) else f"{{{{{before} ({value})|ours {after}}}}}"


def ours(value: Any) -> Any:
    """A text of the program in English, also around words of people; any other value as it is."""
    if type(value) is Composed:
        return value.said(english)
    return english(value) if type(value) is str and value else value


def english(text: str) -> str:
    """A text of the program or of a case type in English; any other text as it is."""
    own = _OWN.get()
    return Speaker((english_catalogue(), own) if own else (english_catalogue(),)).said(text)


@lru_cache(maxsize=4)
def own_texts(pairs: tuple[tuple[str, str], ...]) -> Catalogue:
    """The texts of case types as a catalogue; they stay the same until a version goes live."""
    return catalogue_of((*one, "") for dutch, english in pairs for one in with_places(dutch, english))


@contextmanager
def speaking_of(pairs: tuple[tuple[str, str], ...]) -> Iterator[None]:
    """While a page is filled in: what case types call their things, in Dutch and in English."""
    token = _OWN.set(own_texts(pairs))
    try:
        yield
    finally:
        _OWN.reset(token)
