"""The language of mails, letters and status texts: text, `{{ name }}`, `{{ name|date }}`, `{% if name %}` and
`{% documents type %}`, which prints nothing and says that the text points to documents of that type.

A text and plain facts in, plain text out. Nothing in it can call, loop or reach into an object, so a template cannot
harm and its length is bounded.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from processes.base.typed_values import one_line
from processes.post.plain_text import DUTCH, FILTERS, plain_text

SUBJECT: Final = "Onderwerp:"
SUBJECT_LENGTH = 300
TEMPLATE_LENGTH = 50_000
OUTPUT_LENGTH = 200_000
DEPTH = 10
NAME = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*"

TOKEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
INSERT = re.compile(rf"\{{\{{\s*({NAME})((?:\s*\|\s*[a-z]+)*)\s*\}}\}}")
IF = re.compile(rf"\{{%-?\s*if\s+({NAME})\s*-?%\}}")
DOCUMENTS = re.compile(r"\{%-?\s*documents((?:\s+[a-z][a-z0-9_]*)+)\s*-?%\}")
OTHER = re.compile(r"\{%-?\s*(else|endif)\s*-?%\}")
# a tag alone on its line leaves no empty line behind
LONE_TAG = re.compile(r"^[ \t]*(\{%[^%\n]*%\})[ \t]*\r?\n", re.MULTILINE)


class TemplateError(Exception):
    """Dit sjabloon klopt niet."""


@dataclass(frozen=True, slots=True)
class Insert:
    name: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    name: str
    then: "tuple[Part, ...]"
    otherwise: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place where the text points to documents of these types, which its reader must be able to see."""

    types: tuple[str, ...]


Part = str | Insert | Conditional | Pointer


@dataclass(frozen=True, slots=True)
class Template:
    parts: tuple[Part, ...]

    def names(self) -> frozenset[str]:
        """Every name that the text needs."""
        return frozenset(_names(self.parts))

    def said(self, facts: Mapping[str, object]) -> Iterator[Insert | Pointer]:
        """Everything that the text says with these facts: the values and pointers outside the branches that are not taken."""
        return _said(self.parts, facts)

    def fill(self, facts: Mapping[str, object], language: str = DUTCH) -> str:
        """The text with the facts in it, days and numbers as in this language (ReadingLanguage). Raises TemplateError for an unknown name, a wrong value or too much text."""
        pieces: list[str] = []
        room = OUTPUT_LENGTH
        for piece in _fill(self.parts, facts, language):
            room -= len(piece)
            if room < 0:
                raise TemplateError("De tekst wordt met deze gegevens te lang.")
            pieces.append(piece)
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Rendered:
    """`language`: in which the words are (ReadingLanguage)."""

    subject: str
    body: str
    language: str = DUTCH


def parse_template(text: str) -> Template:
    """A template, read. Raises TemplateError that quotes the place and says what to write instead."""
    if len(text) > TEMPLATE_LENGTH:
        raise TemplateError(f"Dit sjabloon is te lang. Het mag hoogstens {TEMPLATE_LENGTH} tekens zijn.")
    tokens = _Tokens(LONE_TAG.sub(r"\1", text))
    parts = _block(tokens, 0)
    if tokens.peek() is not None:
        raise TemplateError(f"Bij '{tokens.peek()}' hoort een eerdere {{% if naam %}}, maar die is er niet.")
    return Template(parts)


def names_in(text: str) -> frozenset[str]:
    """The names that a text uses. Raises TemplateError."""
    return parse_template(text).names()


def render(template: bytes, facts: Mapping[str, object], language: str = DUTCH) -> Rendered:
    """A mail or letter in this language (ReadingLanguage): first line `Onderwerp: ...`, an empty line, the text. Raises TemplateError."""
    head, body = split_template(template)
    subject = one_line(parse_template(head).fill(facts, language))  # a fact may hold what no header can
    return Rendered(subject[:SUBJECT_LENGTH], parse_template(body).fill(facts, language).strip() + "\n", language)


def split_template(template: bytes) -> tuple[str, str]:
    """The subject and the text of a template file, unread. Raises TemplateError."""
    try:
        text = template.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise TemplateError("Dit sjabloon is geen tekst in UTF-8.") from error
    head, _, body = text.partition("\n")
    if not head.startswith(SUBJECT) or not head.removeprefix(SUBJECT).strip():
        raise TemplateError(f"De eerste regel moet '{SUBJECT}' zijn met daarachter het onderwerp.")
    return head.removeprefix(SUBJECT).strip(), body


def texts_with_facts(text: str, facts: Mapping[str, object]) -> str:
    """A status text on a page. A name without a fact stays empty: a page must not fail on a text."""
    template = parse_template(text)
    return template.fill({name: facts.get(name) for name in template.names()})


class _Tokens:
    """Pieces of text and tags, one at a time."""

    def __init__(self, text: str) -> None:
        self._pieces = list(_pieces(text))
        self._at = 0

    def peek(self) -> str | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def take(self) -> str:
        self._at += 1
        return self._pieces[self._at - 1]


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for found in TOKEN.finditer(text):
        yield from (_plain(text[at : found.start()]), found.group())
        at = found.end()
    yield _plain(text[at:])


def _plain(text: str) -> str:
    stray = re.search(r"\{\{|\{%|%\}|\}\}", text)
    if stray:
        raise TemplateError(f"Hier is iets niet afgemaakt: '{text[stray.start() :][:40].strip()}'.")
    return text


def _block(tokens: _Tokens, depth: int) -> tuple[Part, ...]:
    if depth > DEPTH:
        raise TemplateError(f"Een 'if' mag hoogstens {DEPTH} keer in een andere staan.")
    parts: list[Part] = []
    while (piece := tokens.peek()) is not None and not OTHER.fullmatch(piece):
        tokens.take()
        if piece.startswith("{{"):
            parts.append(_insert(piece))
        elif found := DOCUMENTS.fullmatch(piece):
            parts.append(Pointer(tuple(found.group(1).split())))
        elif piece.startswith("{%"):
            parts.append(_choice(piece, tokens, depth))
        elif piece:
            parts.append(piece)
    return tuple(parts)


def _insert(piece: str) -> Insert:
    found = INSERT.fullmatch(piece)
    if not found:
        raise TemplateError(f"'{piece}' kan niet. Schrijf {{{{ naam }}}} of {{{{ naam|date }}}}.")
    filters = tuple(part.strip() for part in found.group(2).split("|")[1:])
    for unknown in set(filters) - set(FILTERS):
        raise TemplateError(f"Het filter '{unknown}' bestaat niet. Kies uit {', '.join(sorted(FILTERS))}.")
    return Insert(found.group(1), filters)


def _choice(piece: str, tokens: _Tokens, depth: int) -> Conditional:
    found = IF.fullmatch(piece)
    if not found:
        raise TemplateError(
            f"'{piece}' kan niet. Schrijf {{% if naam %}}, {{% else %}}, {{% endif %}} of {{% documents soort %}}."
        )
    then = _block(tokens, depth + 1)
    otherwise: tuple[Part, ...] = ()
    if _is_tag(tokens.peek(), "else"):
        tokens.take()
        otherwise = _block(tokens, depth + 1)
    if not _is_tag(tokens.peek(), "endif"):
        raise TemplateError(f"Bij '{piece}' hoort een {{% endif %}}, maar die is er niet.")
    tokens.take()
    return Conditional(found.group(1), then, otherwise)


def _is_tag(piece: str | None, word: str) -> bool:
    found = OTHER.fullmatch(piece) if piece else None
    return found is not None and found.group(1) == word


def _names(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Insert | Conditional):
            yield part.name
        if isinstance(part, Conditional):
            yield from _names(part.then + part.otherwise)


def _fill(parts: tuple[Part, ...], facts: Mapping[str, object], language: str) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Insert):
            yield filled(part, facts, language)
        elif isinstance(part, Conditional):
            yield from _fill(part.then if _fact(part.name, facts) else part.otherwise, facts, language)


def _said(parts: tuple[Part, ...], facts: Mapping[str, object]) -> Iterator[Insert | Pointer]:
    for part in parts:
        if isinstance(part, Conditional):
            yield from _said(part.then if _fact(part.name, facts) else part.otherwise, facts)
        elif not isinstance(part, str):
            yield part


def filled(insert: Insert, facts: Mapping[str, object], language: str = DUTCH) -> str:
    """One value as text. Raises TemplateError for an unknown name or a wrong value."""
    value = _fact(insert.name, facts)
    try:
        for name in insert.filters:
            value = FILTERS[name](value, language)
        return plain_text(value, language)
    except ValueError as error:
        raise TemplateError(f"'{insert.name}' kan niet zo in de tekst: {error}") from error


def _fact(name: str, facts: Mapping[str, object]) -> object:
    if name not in facts:
        raise TemplateError(f"Het gegeven '{name}' bestaat niet.")
    return facts[name]
