"""Our Dutch words with what they are in English.

`en.po` holds pairs. A `msgid` is a run of words of a template, with its inserted values as they are written there (`Zaak {{ case.number }}`),
or a sentence that the program makes, with `{}` names for what differs (`{name} is in behandeling.`). A `msgctxt` is the path of the one
template to which a pair belongs. What is not there stays as it is: Dutch words say more than none.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from typing import Final

from babel.messages.pofile import read_po

from portal.language.sentences import PLACE, Sentence, sentence_of
from processes.base.english import day_words
from processes.post.templates import Conditional, Insert, Part, TemplateError, parse_template

FILE: Final = Path(__file__).parent / "en.po"
SENTENCES: Final = re.compile(r"(?<=[.?!:]) (?=\S)")
CONDITIONS: Final = 4  # sixteen ways to say one text
MOST_SENTENCES: Final = 16  # of a text that the program made; a longer one is somebody's own
LONGEST: Final = 600  # signs: twice the longest sentence with places that comes along
MOST_LINES: Final = 20
MOST_TRIES: Final = 20_000  # sentences compared with pieces of one text: thirty milliseconds at most
DEEPEST: Final = 3  # a value in a sentence in a sentence


@dataclass(slots=True)
class Catalogue:
    """`words`: what is the same each time. `sentences` with places, by their first word; an empty one where it differs."""

    words: dict[str, str] = field(default_factory=dict)
    of_template: dict[tuple[str, str], str] = field(default_factory=dict)
    sentences: dict[str, list[Sentence]] = field(default_factory=lambda: defaultdict(list))

    def add(self, dutch: str, english: str, template: str = "") -> None:
        """Take in a pair."""
        if template:
            self.of_template[template, dutch] = english
        elif "{{" not in dutch and (sentence := sentence_of(dutch, english)):
            first = dutch.split(maxsplit=1)[0]
            self.sentences["" if PLACE.search(first) else first].append(sentence)
        else:
            self.words[dutch] = english

    def of_source(self, template: str, key: str) -> str | None:
        """The words of a template in English; None when there are none."""
        return self.of_template.get((template, key)) or self.words.get(key)

    def exact(self, text: str) -> str | None:
        """The pair of this text, or of this text with another first letter: a name in the middle of a sentence has a small one."""
        if text in self.words:
            return self.words[text]
        english = self.words.get(text[:1].swapcase() + text[1:])
        return english if not english or english[:2].isupper() else english[:1].swapcase() + english[1:]

    def sentences_for(self, text: str) -> Iterator[Sentence]:
        """The sentences with places that this text may be."""
        yield from self.sentences.get(text.split(maxsplit=1)[0], ())
        yield from self.sentences.get("", ())


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says a text that the program made in English, out of several catalogues: the first that knows it counts. Unknown words stay.

    A text that no catalogue holds whole, and that is longer than LONGEST, has more lines than MOST_LINES or takes more than MOST_TRIES to
    make out, is somebody's own and stays as it is.
    """

    catalogues: tuple[Catalogue, ...]

    def said(self, text: str) -> str:
        """The whole text, or each of its sentences that is known; in a sentence also each part of a list."""
        exact = self.exact(text)
        if exact is not None:
            return exact
        if len(text) > LONGEST or text.count("\n") >= MOST_LINES:
            return text
        try:
            return _Telling(self).said(text)
        except _TooMuch:
            return text

    def exact(self, text: str) -> str | None:
        """The words of the first catalogue that knows this text; None when none does."""
        return next((found for one in self.catalogues if (found := one.exact(text)) is not None), None)


class _TooMuch(Exception):
    """A text took more than MOST_TRIES."""


@dataclass(slots=True)
class _Telling:
    """One text while it is made out. `known`: each piece that was met, since the same ones come back in many divisions of a text."""

    speaker: Speaker
    known: dict[tuple[str, int], str | None] = field(default_factory=dict)
    tries: int = 0

    def said(self, text: str, deep: int = DEEPEST) -> str:
        exact = self.speaker.exact(text)
        if exact is not None or not text.strip():
            return text if exact is None else exact
        if "\n" in text:
            return "\n".join(self.said(line, deep) for line in text.split("\n"))
        sentences = SENTENCES.split(text)
        return text if len(sentences) > MOST_SENTENCES else " ".join(self._in_sentences(sentences, deep))

    def _in_sentences(self, sentences: Sequence[str], deep: int) -> Sequence[str]:
        """The sentences, joined so that as few as can be stay Dutch: what a case type says is one text, however many sentences it has.
        Where that can be done in several ways, what is the same each time counts before a sentence with a place, which takes in no more
        sentences than it must.
        """
        best: list[tuple[int, Sequence[str]]] = [
            (0, ())
        ]  # from the last sentence back: how many stay Dutch, and what is said
        for at in range(len(sentences) - 1, -1, -1):
            ways = [(best[0][0] + 1, 1, 0, (self._listed(sentences[at], deep), *best[0][1]))]
            for length in range(1, len(sentences) - at + 1):
                part, rest = " ".join(sentences[at : at + length]), best[length - 1]
                if (exact := self.speaker.exact(part)) is not None:
                    ways.append((rest[0], 0, -length, (exact, *rest[1])))
                elif (english := self._with_values(part, deep)) is not None:
                    ways.append((rest[0], 1, length, (english, *rest[1])))
            left, _, _, said = min(ways, key=lambda way: way[:3])
            best.insert(0, (left, said))
        return best[0][1]

    def _listed(self, text: str, deep: int) -> str:
        """A text that is not known: inside a sentence each part of a list may be."""
        return text if deep == DEEPEST else ", ".join(self.speaker.exact(one) or one for one in text.split(", "))

    def _with_values(self, text: str, deep: int) -> str | None:
        """A text that is no pair of its own, as a sentence with places or a day; None when it is neither."""
        if not deep:
            return None
        if (text, deep) not in self.known:
            self.known[text, deep] = self._found(text, deep)
        return self.known[text, deep]

    def _found(self, text: str, deep: int) -> str | None:
        for sentence in (one for known in self.speaker.catalogues for one in known.sentences_for(text)):
            self.tries += 1
            if self.tries > MOST_TRIES:
                raise _TooMuch
            if (values := sentence.values_in(text)) is not None:
                return sentence.with_values({name: self.said(value, deep - 1) for name, value in values.items()})
        return day_words(text)


def with_places(dutch: str, english: str) -> Iterator[tuple[str, str]]:
    """A pair of texts of a case type as pairs of sentences, with names for the places that the program fills in: one for each way
    in which its conditions can turn out. A text that is no template, or has more conditions than CONDITIONS, is taken as it is. There is
    none for an English text with a place that the Dutch one lacks: nothing would stand there. The linter says so at its element.
    """
    try:
        said, other = parse_template(dutch).parts, parse_template(english).parts
    except TemplateError:
        yield dutch, english
        return
    conditions = sorted(_conditions(said))[:CONDITIONS]
    for turns in product((True, False), repeat=len(conditions)):
        true, names = {name for name, holds in zip(conditions, turns, strict=True) if holds}, dict[str, str]()
        text, known = _turned(said, true, names).strip(), len(names)
        translated = _turned(other, true, names).strip()
        if len(names) == known:
            yield text, translated


def _conditions(parts: Iterable[Part]) -> set[str]:
    found = set()
    for part in parts:
        if isinstance(part, Conditional):
            found |= {part.name} | _conditions((*part.then, *part.otherwise))
    return found


def _turned(parts: Iterable[Part], true: Collection[str], names: dict[str, str]) -> str:
    """The text of a template as its conditions turn out, with a name of `names` for each place."""
    text = ""
    for part in parts:
        if isinstance(part, Conditional):
            text += _turned(part.then if part.name in true else part.otherwise, true, names)
        elif isinstance(part, Insert):
            text += "{" + names.setdefault(part.name, f"place_{ascii_lowercase[len(names) % 26]}") + "}"
        elif isinstance(part, str):
            text += part
    return text


def catalogue_of(pairs: Iterable[tuple[str, str, str]]) -> Catalogue:
    """A catalogue of triples: Dutch, English, and the template to which they belong or an empty text."""
    made = Catalogue()
    for dutch, english, template in pairs:
        made.add(dutch, english, template)
    for same_word in made.sentences.values():
        same_word.sort(key=lambda one: one.says, reverse=True)  # the one that says most counts first
    return made


@lru_cache(maxsize=1)
def english_catalogue() -> Catalogue:
    """The catalogue that comes along, read once in a process."""
    with FILE.open(encoding="utf-8") as file:
        found = read_po(file, locale="en")
    return catalogue_of((str(one.id), str(one.string), one.context or "") for one in found if one.id and one.string)
