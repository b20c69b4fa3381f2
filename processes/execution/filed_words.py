"""The words of a filing or an answer, as they are frozen in the change that stores them (J2): one value, two versions.

The whole version is read by who filed it and by who handles the case; the other, without contact details, by everybody else to whom
it is shown. The hash is of the whole version as plain text.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from processes.base.contact_details import LEFT_OUT, OwnDetails, without_contact_details
from processes.base.written import TypedLines, TypedText

Line = tuple[str, str]
"""A label or question, and the text beside it."""

RECEIPT: Final = (
    "Nummer van het ontvangstbewijs"  # our own sign: ten of its figures by chance are nobody's telephone number
)
FILED_TYPE: Final = "filed"  # the type of a document for which neither drawing nor form names one
CONTACT: Final = "Contactgegevens"
ANSWERS: Final = "Gevraagd en geantwoord"
FILES: Final = "Bestanden"
NO_FILES: Final = "Er zijn geen bestanden meegestuurd."


@dataclass(frozen=True, slots=True)
class FiledFile:
    """A file that came along: `sha256` in hexadecimal, `size` in bytes, `reference` of the document that it became."""

    name: TypedText
    size: int
    sha256: str
    reference: str


@dataclass(frozen=True, slots=True)
class FiledAnswer:
    """A question as it was asked and its answer in words; `secret`: only who handles the case reads it."""

    question: str
    answer: TypedText
    secret: bool = False


@dataclass(frozen=True, slots=True)
class FiledWords:
    """`facts`: which case, when, how and by whom; `contact`: how to reach who filed it."""

    title: TypedText
    facts: TypedLines
    contact: TypedLines
    answers: tuple[FiledAnswer, ...]
    files: tuple[FiledFile, ...]

    def stored(self) -> dict[str, Any]:
        """The words as JSON, for the column."""
        return {
            "title": self.title, "facts": [list(line) for line in self.facts],
            "contact": [list(line) for line in self.contact],
            "answers": [[one.question, one.answer, one.secret] for one in self.answers],
            "files": [[one.name, one.size, one.sha256, one.reference] for one in self.files],
        }  # fmt: skip

    def as_text(self) -> str:
        """The words as plain text: what the hash is of, and what somebody can keep and compare."""
        parts = [self.title, _lines(self.facts)]
        if self.contact:
            parts.append(f"{CONTACT}\n{_lines(self.contact)}")
        parts += [ANSWERS, *(f"{one.question}\n{one.answer}" for one in self.answers)]
        files = [f"{one.reference} {one.name}, {one.size} bytes, SHA-256 {one.sha256}" for one in self.files]
        return "\n\n".join([*parts, "\n".join([FILES, *(files or [NO_FILES])])]) + "\n"

    def sha256(self) -> str:
        return hashlib.sha256(self.as_text().encode()).hexdigest()

    def to_search(self) -> str:
        """The answers that staff may find by a search: none that only who handles the case may read."""
        return "\n".join(one.answer for one in self.answers if not one.secret)


def words_from(stored: Mapping[str, Any]) -> FiledWords:
    """The words from the JSON of the column."""
    return FiledWords(
        stored["title"],
        tuple((label, text) for label, text in stored["facts"]),
        tuple((label, text) for label, text in stored["contact"]),
        tuple(FiledAnswer(*one) for one in stored["answers"]),
        tuple(FiledFile(*one) for one in stored["files"]),
    )


def for_others(words: FiledWords, known: tuple[OwnDetails, ...], names: Mapping[str, str]) -> FiledWords:
    """The version for other eyes: without contact details, secret answers, and names that are kept (`names`: each with what
    stands in its place).
    """

    def clean(text: str) -> str:
        for name, instead in names.items():
            text = text.replace(name, instead)
        return without_contact_details(text, known)

    return replace(
        words,
        facts=tuple((label, text if label == RECEIPT else clean(text)) for label, text in words.facts),
        contact=(),
        answers=tuple(
            replace(one, answer=LEFT_OUT if one.secret else clean(one.answer), secret=False) for one in words.answers
        ),
        files=tuple(replace(one, name=clean(one.name)) for one in words.files),
    )


def _lines(lines: tuple[Line, ...]) -> str:
    return "\n".join(f"{label}: {text}" for label, text in lines)
