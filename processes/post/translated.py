"""The translation that went along with a letter, as its reader sees it on the portal and behind the Dutch text in the PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from processes.base.written import TypedText
from processes.storage.tables import NoticeRow
from processes.storage.words import ReadingLanguage

HEADINGS: Final[Mapping[str, str]] = {ReadingLanguage.ENGLISH: "English translation"}
COUNTS: Final[Mapping[str, str]] = {
    ReadingLanguage.ENGLISH: "This is a translation. The Dutch letter is decisive: where the two differ, the Dutch one applies.",
}


@dataclass(frozen=True, slots=True)
class Translated:
    """`counts`: the sentence that the Dutch letter is decisive; like `heading` in the `language` of the translation."""

    language: TypedText
    heading: TypedText
    counts: TypedText
    subject: TypedText
    body: TypedText
    later: bool = False  # made after the letter left, for who asked it: for a page in that language


def translated(notice: NoticeRow) -> Translated | None:
    """The translation that this notice keeps; None without one."""
    kept = notice.translation
    if not kept:
        return None
    language = kept["language"]
    return Translated(
        language, HEADINGS[language], COUNTS[language], kept["subject"], kept["body"], bool(kept.get("later"))
    )
