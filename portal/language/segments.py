"""The words in the source of a template, found without rendering it.

In: source of HTML with Jinja2. Out: `SourcePiece`s that joined are the source again. A piece of kind WORDS is one run of text and inserted
values between two tags or statements, or the value of an attribute that people hear or read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

TOKEN: Final = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)|<!")
READ: Final = re.compile(
    r"\s(aria-label|alt|title|placeholder|data-label|data-words|data-say-[a-z]+)=\""
)  # attributes that are read to people
STRONG: Final = ("<strong>", "</strong>")  # a word in a sentence, and no end of it
TYPED: Final = frozenset({"textarea", "script", "style"})  # what somebody typed, or what no person reads
SHOWN_AS_TYPED: Final = re.compile(
    r'\sclass="[^"]*\bzs-typed\b'
)  # the class of an element that shows what somebody typed
SPACE: Final = re.compile(r"\s+")


class SourceKind(Enum):
    """The kind of a piece of source: `RAW` is passed on as it is."""

    RAW = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class SourcePiece:
    kind: SourceKind
    source: str

    @property
    def key(self) -> str:
        """The words as a catalogue knows them: one space between words, none around them."""
        return SPACE.sub(" ", self.source).strip()


def pieces_of(source: str) -> Iterator[SourcePiece]:
    """The source in pieces, in order."""
    at, words, inside = 0, "", ""
    while at < len(source):
        found = TOKEN.match(source, at)
        if found and not found.group().startswith("{{"):
            yield from _words(words, inside)
            yield SourcePiece(SourceKind.RAW, found.group())
            words, at = "", found.end()
        elif found:
            words, at = words + found.group(), found.end()
        elif strong := next((one for one in STRONG if source.startswith(one, at)), ""):
            words, at = words + strong, at + len(strong)
        elif tag := TAG.match(source, at):
            yield from _words(words, inside)
            end = _end_of_tag(source, at)
            yield from _tag(source[at:end])
            inside = _inside(inside, tag, source[at:end])
            words, at = "", end
        else:
            words, at = words + source[at], at + 1
    yield from _words(words, inside)


def inserted_in(words: str) -> list[str]:
    """The inserted values of a run of words, as they are written: `{{ case.number }}`."""
    return [one for one in TOKEN.findall(words) if one.startswith("{{")]


def _words(words: str, inside: str) -> Iterator[SourcePiece]:
    if words:
        yield SourcePiece(SourceKind.RAW if inside else SourceKind.WORDS, words)


def _inside(inside: str, tag: re.Match[str], source: str) -> str:
    """The element whose text nobody translates, when the tag opens one or leaves it open. None of them holds another of its name."""
    name = (tag.group(2) or "").lower()
    if tag.group(1):
        return "" if name == inside else inside
    return name if name in TYPED or (not inside and SHOWN_AS_TYPED.search(source)) else inside


def _end_of_tag(source: str, at: int) -> int:
    """Where the tag ends that begins here; a sign that closes it may stand in a statement or in quotes."""
    quoted = False
    while at < len(source):
        if found := TOKEN.match(source, at):
            at = found.end()
            continue
        if source[at] == '"':
            quoted = not quoted
        if source[at] == ">" and not quoted:
            return at + 1
        at += 1
    return at


def _tag(tag: str) -> Iterator[SourcePiece]:
    """A tag, with the values of the attributes that people read as words of their own."""
    done = 0
    for found in READ.finditer(tag):
        if found.end() < done:
            continue
        yield SourcePiece(SourceKind.RAW, tag[done : found.end()])
        done = _end_of_value(tag, found.end())
        yield from _value(tag[found.end() : done])
    yield SourcePiece(SourceKind.RAW, tag[done:])


def _end_of_value(tag: str, at: int) -> int:
    while at < len(tag) and tag[at] != '"':
        found = TOKEN.match(tag, at)
        at = found.end() if found else at + 1
    return at


def _value(value: str) -> Iterator[SourcePiece]:
    """The value of an attribute; statements in it part its words."""
    done = 0
    for found in TOKEN.finditer(value):
        if not found.group().startswith("{{"):
            yield from _words(value[done : found.start()], "")
            yield SourcePiece(SourceKind.RAW, found.group())
            done = found.end()
    yield from _words(value[done:], "")
