"""Kinds of things in a file that the eye does not see, with the words for them (W22)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class HiddenKind(StrEnum):
    """Something in a file that who looks at its pages does not see, and who gets the file can read."""

    SHEET = "sheet"
    COLUMN = "column"
    ROW = "row"
    SLIDE = "slide"
    SPEAKER_NOTES = "speaker_notes"
    SOURCE_DATA = "source_data"
    CHANGES = "changes"
    COMMENTS = "comments"
    HIDDEN_TEXT = "hidden_text"
    NAMES = "names"
    COVERED_TEXT = "covered_text"
    COVERED_IMAGE = "covered_image"
    MARKED_ONLY = "marked_only"
    INVISIBLE_TEXT = "invisible_text"
    ATTACHMENT = "attachment"
    BOOKMARK = "bookmark"
    FORM = "form"
    EARLIER_VERSION = "earlier_version"
    LAYER = "layer"
    POSITION = "position"
    UNREADABLE = "unreadable"


IN_WORDS: Final[Mapping[HiddenKind, str]] = {
    HiddenKind.SHEET: "Verborgen blad",
    HiddenKind.COLUMN: "Verborgen kolommen",
    HiddenKind.ROW: "Verborgen rijen",
    HiddenKind.SLIDE: "Verborgen dia",
    HiddenKind.SPEAKER_NOTES: "Notities bij een dia",
    HiddenKind.SOURCE_DATA: "Gegevens achter een draaitabel of uit een ander bestand",
    HiddenKind.CHANGES: "Bijgehouden wijzigingen",
    HiddenKind.COMMENTS: "Opmerkingen",
    HiddenKind.HIDDEN_TEXT: "Verborgen tekst",
    HiddenKind.NAMES: "Namen in de eigenschappen van het bestand",
    HiddenKind.COVERED_TEXT: "Tekst onder een vlak of afbeelding",
    HiddenKind.COVERED_IMAGE: "Een afbeelding onder een donker vlak",
    HiddenKind.MARKED_ONLY: "Een vlak dat als opmerking over de pagina ligt: wie het weghaalt, leest wat eronder staat",
    HiddenKind.INVISIBLE_TEXT: "Onzichtbare tekst",
    HiddenKind.ATTACHMENT: "Een bestand in het bestand",
    HiddenKind.BOOKMARK: "Een bladwijzer met woorden die niet op de pagina's staan",
    HiddenKind.FORM: "Ingevulde velden van een formulier",
    HiddenKind.EARLIER_VERSION: "Een eerdere versie van het document",
    HiddenKind.LAYER: "Een laag die niet wordt getoond",
    HiddenKind.POSITION: "De plaats waar een foto is gemaakt",
    HiddenKind.UNREADABLE: "Niet te bekijken",
}
LONGEST: Final = 120  # of the words of one thing
MOST: Final = 60  # things that are named of one file


@dataclass(frozen=True, slots=True)
class HiddenThing:
    """`where` is a page, sheet or part in words; `what` says what it is, as far as that can be told."""

    kind: HiddenKind
    where: str = ""
    what: str = ""

    @property
    def in_words(self) -> str:
        """One line: `Verborgen blad (Namen): 12 rijen`."""
        place = f" ({self.where})" if self.where else ""
        return f"{IN_WORDS[self.kind]}{place}{f': {self.what}' if self.what else ''}"

    @property
    def stored(self) -> dict[str, str]:
        return {"kind": str(self.kind), "where": self.where[:LONGEST], "what": self.what[:LONGEST]}


def thing_from(stored: Mapping[str, Any]) -> HiddenThing:
    return HiddenThing(HiddenKind(stored["kind"]), str(stored["where"]), str(stored["what"]))
