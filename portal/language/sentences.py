"""Sentences in which something differs: `{name} is in behandeling.` told apart in a text, and said in English.

A place takes in as little as it can and at least one sign. Looking for one walks through the text once, however many places there are and
whatever stands in it: no pattern is made of a text, so nothing that somebody wrote can keep the program busy.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PLACE: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with places. `fixed` stands before, between and after the `places`, so it is one longer; `english` names the places."""

    fixed: tuple[str, ...]
    places: tuple[str, ...]
    english: str

    @property
    def says(self) -> int:
        """How many signs are the same each time: of two sentences that fit, the one that says most counts."""
        return sum(map(len, self.fixed))

    def values_in(self, text: str) -> dict[str, str] | None:
        """The text at each place when `text` is this sentence; None when it is another one. A place that returns holds the same again."""
        first, last = self.fixed[0], self.fixed[-1]
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or end < len(first):
            return None
        values: dict[str, str] = {}
        at = len(first)
        for place, after in zip(self.places, (*self.fixed[1:-1], None), strict=True):
            until = end if after is None else text.find(after, at + 1, end)
            if until <= at or values.setdefault(place, text[at:until]) != text[at:until]:
                return None
            at = until + len(after or "")
        return values

    def with_values(self, values: Mapping[str, str]) -> str:
        """The sentence in English with these values; a name between braces that is no place of it stays as it is."""
        return PLACE.sub(lambda one: values.get(one[1], one[0]), self.english)


def sentence_of(dutch: str, english: str) -> Sentence | None:
    """A pair as a sentence with places; None for a text that is the same each time."""
    parts = PLACE.split(dutch)
    return Sentence(tuple(parts[::2]), tuple(parts[1::2]), english) if parts[1:] else None
