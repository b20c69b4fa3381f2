"""A template read back out of a text that was made of it: which values stood at its places, and how its conditions turned out.

A text was filled in on a day; since then a term may have moved. With what is read back, the same letter can be said in another language as it
was sent. Where a text can be read in two ways that say different things, nobody knows what it said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from processes.base.english import day_words
from processes.post.templates import Conditional, Insert, Part, Template, TemplateError, filled

MOST_STEPS: Final = 20_000  # pieces held against a text: a letter takes some hundreds
MOST_READINGS: Final = 8
Place = tuple[str, tuple[str, ...]]  # name and filters of an Insert


@dataclass(frozen=True, slots=True)
class Readings:
    """`values`: the words at each place; `turns`: whether each condition held."""

    values: Mapping[Place, str] = field(default_factory=dict)
    turns: Mapping[str, bool] = field(default_factory=dict)


def read_back(template: Template, text: str, facts: Mapping[str, object], known: Readings) -> list[Readings]:
    """Every reading of `text`; none when there are more than MOST_READINGS or it takes too long. `facts` are those of now, in Dutch: a place that
    holds neither what it would hold now nor a day or amount is not read. `known`: read already, of another part.
    """
    reader = _Reader(text.strip(), facts)
    try:
        found = list(islice(reader.read(_from_the_text(template.parts), 0, known), MOST_READINGS + 1))
    except _TooLong:
        return []
    return found if len(found) <= MOST_READINGS else []


def said_again(template: Template, facts: Mapping[str, object], read: Readings, language: str) -> str:
    """The template of the translation with these readings, and with `facts` in its language where these are as they were. Raises TemplateError
    for a place that changed and is not read.
    """
    return "".join(_said_again(template.parts, facts, read, language))


def changed(read: Readings, facts: Mapping[str, object]) -> Readings:
    """The readings that are not so any more by the `facts` of now, in Dutch."""
    return Readings({place: text for place, text in read.values.items() if _now(place, facts) != text}, read.turns)


class _TooLong(Exception):
    """A text took more than MOST_STEPS."""


@dataclass(slots=True)
class _Reader:
    text: str
    facts: Mapping[str, object]
    steps: int = 0

    def read(self, parts: tuple[Part, ...], at: int, known: Readings) -> Iterator[Readings]:
        """Every reading of the text from `at` as these parts."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise _TooLong
        if not parts:
            if at == len(self.text):
                yield known
            return
        part, rest = parts[0], parts[1:]
        if isinstance(part, str):
            if (end := self._after(part, at)) is not None:
                yield from self.read(rest, end, known)
        elif isinstance(part, Insert):
            for value in self._values(part, at, known):
                place = (part.name, part.filters)
                told = Readings({**known.values, place: value}, known.turns)
                yield from self.read(rest, at + len(value), told)
        elif isinstance(part, Conditional):
            for turn in [known.turns[part.name]] if part.name in known.turns else (True, False):
                told = Readings(known.values, {**known.turns, part.name: turn})
                yield from self.read((part.then if turn else part.otherwise) + rest, at, told)
        else:
            yield from self.read(rest, at, known)

    def _after(self, piece: str, at: int) -> int | None:
        """Where the text goes on behind this piece; its end may have lost the white space."""
        if self.text.startswith(piece, at):
            return at + len(piece)
        return len(self.text) if self.text[at:] == piece.rstrip() else None

    def _values(self, insert: Insert, at: int, known: Readings) -> list[str]:
        """The words that can stand at this place: what was read there before, what stands there now, and each day."""
        place = (insert.name, insert.filters)
        if place in known.values:
            return [known.values[place]] if self.text.startswith(known.values[place], at) else []
        now, line = _now(place, self.facts), self.text[at:].partition("\n")[0]
        day = [line[:end] for end in range(len(line), 0, -1) if day_words(line[:end])][:1]
        found = [one for one in (now, *day) if one is not None and self.text.startswith(one, at)]
        return list(dict.fromkeys(found))


def _from_the_text(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Without the white space that a text loses at its beginning."""
    first = parts[0] if parts else ""
    return (first.lstrip(), *parts[1:]) if isinstance(first, str) and parts else parts


def _now(place: Place, facts: Mapping[str, object]) -> str | None:
    try:
        return filled(Insert(*place), facts)
    except TemplateError:
        return None


def _said_again(
    parts: tuple[Part, ...], facts: Mapping[str, object], read: Readings, language: str
) -> Iterator[str]:  # fmt: skip
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Insert):
            yield _value(part, facts, read, language)
        elif isinstance(part, Conditional):
            if part.name not in read.turns:
                raise TemplateError(f"'{part.name}' staat niet in de brief.")
            yield from _said_again(part.then if read.turns[part.name] else part.otherwise, facts, read, language)


def _value(insert: Insert, facts: Mapping[str, object], read: Readings, language: str) -> str:
    """`read` holds what changed alone."""
    if (was := read.values.get((insert.name, insert.filters))) is not None:
        return day_words(was) or was
    if any(name == insert.name for name, _ in read.values):
        raise TemplateError(f"'{insert.name}' is veranderd, en staat zo niet in de brief.")
    return filled(insert, facts, language)
