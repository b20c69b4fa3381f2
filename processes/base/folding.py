"""Words for searching: text as somebody wrote it in, words without case, accents and signs out.

Both sides go through here: what is kept in the search table (`words_of`) and what is typed (`asked_of`). A word that holds
signs (d'Ancona, EV-77, J.P.) is kept in its parts and as one, so that it is found either way.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

LONGEST = 80  # signs of a word that are kept and compared: PostgreSQL takes 2,046 bytes, and nobody types this many
MOST_ASKED = 12  # words of a question; what comes after them is not looked at
LEAST = 2  # signs from which the beginning of a word is enough: a single letter stands for half of all names

# every sign that keyboards, telephones and word processors put for an apostrophe. Before anything else: as some of them are
# decomposed, a space comes out
APOSTROPHES = dict.fromkeys(
    map(ord, "'`´ʹʺʻʼʽʾʿˈˊˋ‘’‚‛′‵՚׳ꞌ＇｀᾽᾿`´῾"),
    "'",
)
# letters that are one sign in Unicode where people type another
LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n",
        "ĸ": "k", "ɓ": "b", "ɗ": "d", "ƒ": "f", "ǝ": "e", "ə": "e",
    }
)  # fmt: skip
NOT_WRITTEN = ("M", "Cf")  # marks on letters, and signs that nobody sees
SIGNS = re.compile(r"[\W_]+")
FIGURES = 6  # of the number of a case, zeros and all
ZEROS = re.compile(r"0+[1-9]\d*")
NUMBER = re.compile(r"\s*\+?[\d\s()./-]{8,30}")  # a telephone number, however somebody writes it


@dataclass(frozen=True, slots=True)
class AskedWord:
    """One word of a question. It is met by all of its parts, or by the parts written as one."""

    parts: tuple[str, ...]
    whole: str


def fold(text: str) -> str:
    """The text without case, accents and invisible signs: `Şahin` becomes `sahin`, `d’Ancona` `d'ancona`."""
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold()
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(one for one in decomposed if not unicodedata.category(one).startswith(NOT_WRITTEN)).translate(
        LETTERS
    )


def words_of(*texts: str | None) -> tuple[str, ...]:
    """The words that are kept of texts: each once, words with signs also as one, and numbers also without their first zeros."""
    return tuple(dict.fromkeys(word for text in texts for word in _kept(text or "")))


def asked_of(text: str) -> tuple[AskedWord, ...]:
    """The words of a question, which must all be met; empty when there is no letter or digit in it."""
    chunks = tuple(_chunks(text))[:MOST_ASKED]
    if chunks and NUMBER.fullmatch(text):
        return (AskedWord(tuple(part for parts in chunks for part in parts), telephone(text)),)
    return tuple(AskedWord(parts, _whole(parts)) for parts in chunks)


def telephone(text: str) -> str:
    """The figures of a telephone number, a Dutch one from its zero: `+31 (0)6 12 34` becomes `061234`."""
    figures = re.sub(r"\D", "", text.replace("(0)", ""))
    if text.strip().startswith("+31"):
        return f"0{figures[2:]}"
    return f"0{figures[4:]}" if figures.startswith("0031") else figures


def without_zeros(word: str) -> str | None:
    """A typed number without its first zeros; None for anything else. Whoever types 00123 means 000123 as well, but 000012, as it stands
    in the number of a case, means no 12 weeks.
    """
    return word.lstrip("0") if ZEROS.fullmatch(word) and len(word) < FIGURES else None


def is_beginning(word: str) -> bool:
    """Whether a typed word may be the beginning of a longer one."""
    return len(word) >= LEAST


def meets(asked: Collection[AskedWord], words: Collection[str]) -> bool:
    """Whether these kept words answer a question: the same rule as the databases'."""
    return bool(asked) and all(_has(words, one.whole) or all(_has(words, part) for part in one.parts) for one in asked)


def _has(words: Collection[str], asked: str) -> bool:
    exactly = {asked, without_zeros(asked)}
    return not exactly.isdisjoint(words) or (is_beginning(asked) and any(word.startswith(asked) for word in words))


def _kept(text: str) -> Iterator[str]:
    for parts in _chunks(text):
        yield from parts
        yield _whole(parts)
        yield from (part.lstrip("0") for part in parts if ZEROS.fullmatch(part))


def _chunks(text: str) -> Iterator[tuple[str, ...]]:
    """The pieces of a text between its spaces, in parts between signs."""
    for chunk in fold(text).split():
        parts = tuple(part[:LONGEST] for part in SIGNS.split(chunk) if part)
        if parts:
            yield parts


def _whole(parts: tuple[str, ...]) -> str:
    return "".join(parts)[:LONGEST]
