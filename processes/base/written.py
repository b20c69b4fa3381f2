"""Words of people beside the words of the program: a page in another language shows them letter by letter.

A field of what a page reads says so in its type: `subject: TypedText`. Of a pair of label and text the label is ours: `TypedLines`. A
sentence of ours around words of people is put together by `composed`; plain joining would lose whose words they are.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Annotated, Any, Final, cast

# signs that Unicode leaves to private use; in one text, a number between them stands for what somebody wrote
STANDS_FOR: Final = re.compile("\ue000(\\d+)\ue001")


class OwnWords(str):
    """A text that somebody wrote, or that stands in something that was sent or frozen."""

    __slots__ = ()


class Composed(str):
    """A text with its parts: our words, and those of people as `OwnWords`. `composed` makes it."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def said(self, say: Callable[[str], str]) -> str:
        """The text as `say` says it, who never sees what somebody wrote."""
        written = [one for one in self.parts if isinstance(one, OwnWords)]
        numbers = iter(range(len(written)))
        ours = "".join(f"\ue000{next(numbers)}\ue001" if isinstance(one, OwnWords) else one for one in self.parts)
        return STANDS_FOR.sub(
            lambda found: written[int(found[1])] if int(found[1]) < len(written) else found[0], say(ours)
        )


def composed(*parts: str) -> Composed:
    """The parts joined; what is composed itself counts with its own parts."""
    each = tuple(one for part in parts for one in (part.parts if isinstance(part, Composed) else (part,)))
    made = Composed("".join(each))
    made.parts = each
    return made


def listed(texts: Iterable[str]) -> str:
    """The texts with commas between them; a single one as it is."""
    each = tuple(texts)
    return each[0] if len(each) == 1 else composed(*[part for one in each for part in (", ", one)][1:])


@dataclass(frozen=True, slots=True)
class Keeps:
    """The mark of a field with words of people: `marked` makes its value one that is known as such."""

    marked: Callable[[Any], Any]


def as_written(value: Any) -> Any:
    """A text, or each text in a value with parts, as `OwnWords`; anything else as it is."""
    if type(value) is str:
        return OwnWords(value)
    if isinstance(value, tuple | list):
        return type(value)(as_written(one) for one in value)
    if isinstance(value, Mapping):
        return {name: as_written(one) for name, one in value.items()}
    return value


def lines_as_written(lines: Any) -> Any:
    """Lines of a label and a text, with the text as `OwnWords`."""
    return tuple((label, as_written(text)) for label, text in lines)


_WORDS: Final = Keeps(as_written)
TypedText = Annotated[str, _WORDS]
TypedTextOrNone = Annotated[str | None, _WORDS]
TypedTexts = Annotated[tuple[str, ...], _WORDS]
TypedPair = Annotated[tuple[str, str] | None, _WORDS]
TypedChoices = Annotated[tuple[tuple[int, str], ...], _WORDS]
TypedEnclosures = Annotated[tuple[tuple[str, str | None], ...], _WORDS]
TypedLines = Annotated[tuple[tuple[str, str], ...], Keeps(lines_as_written)]


@lru_cache(maxsize=500)  # kinds of values on pages
def typed_fields(kind: type) -> Mapping[str, Keeps]:
    """The fields of a dataclass that hold words of people; none of any other value."""
    if not is_dataclass(kind):
        return {}
    return {
        one.name: mark
        for one in fields(kind)
        for mark in getattr(one.type, "__metadata__", ())
        if isinstance(mark, Keeps)
    }


def read_field(value: object, name: str, found: Any) -> Any:
    """The value `found` in this field, marked when it holds words of people."""
    mark = typed_fields(cast("Hashable", type(value))).get(name)
    return found if mark is None else mark.marked(found)
