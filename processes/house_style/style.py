"""One house style as a frozen value, and its form as plain JSON in which it is stored, exported and imported.

Files (a logo, fonts) are named by the SHA-256 of their content; `StyleFile` is such a content.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

HEX: Final = re.compile(r"#[0-9a-f]{6}")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class BadStyle(ValueError):
    """Deze huisstijl kan niet worden gelezen."""


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour that an administrator chooses: its code, what people call it, in which group it stands, and what comes along."""

    code: str
    label: str
    group: str
    standard: str
    hint: str = ""


HEAD, TEXTS, BUTTONS, PLANES, MESSAGES = "Kop en voet", "Tekst", "Knoppen en focus", "Accent en vlak", "Meldingen"
COLOURS: Final = (
    Colour("header_back", "Achtergrond van de kop", HEAD, "#ffffff"),
    Colour("header_text", "Tekst in de kop", HEAD, "#001a40"),
    Colour("footer_back", "Achtergrond van de voet", HEAD, "#f9f9fa"),
    Colour("footer_text", "Tekst in de voet", HEAD, "#001a40"),
    Colour("text", "Tekst", TEXTS, "#001a40"),
    Colour("heading", "Koppen boven tekst", TEXTS, "#001a40"),
    Colour("link", "Links", TEXTS, "#00568b"),
    Colour("button_back", "Achtergrond van knoppen", BUTTONS, "#5115ef"),
    Colour("button_text", "Tekst op knoppen", BUTTONS, "#ffffff"),
    Colour("focus_back", "Rand van wat de focus heeft", BUTTONS, "#ffdd00", "De lichte rand om wat iemand met het toetsenbord heeft gekozen."),
    Colour("focus_line", "Lijn van wat de focus heeft", BUTTONS, "#0b0c0c", "De donkere lijn daarbinnen, en de tekst op de lichte rand."),
    Colour("accent", "Accent", PLANES, "#5115ef", "De lijn onder de kop, en de streep bij meldingen en bij de gekozen regel van een menu."),
    Colour("soft", "Licht vlak", PLANES, "#f9f9fa", "Achter meldingen, gegevens en voorbeelden."),
    Colour("icon", "Pictogram in het tabblad", PLANES, "#24477a", "Met een wit teken erop."),
    Colour("error", "Fout", MESSAGES, "#a01d23"),
    Colour("ok", "Gelukt", MESSAGES, "#105f26"),
    Colour("warning", "Let op", MESSAGES, "#863d15"),
)  # fmt: skip
LABELS: Final[Mapping[str, str]] = MappingProxyType({one.code: one.label for one in COLOURS})
STANDARD_COLOURS: Final[Mapping[str, str]] = MappingProxyType({one.code: one.standard for one in COLOURS})


class Font(StrEnum):
    """The fonts to choose from: those that come along, those of the reader's own computer, and one that was uploaded."""

    NOTO_SANS = "noto-sans"
    SOURCE_SANS = "source-sans"
    SYSTEM = "system"
    SERIF = "serif"
    NOTO_SERIF = "noto-serif"
    FIRA_SANS = "fira-sans"
    OWN = "own"


FONT_NAMES: Final[Mapping[str, str]] = MappingProxyType({
    Font.NOTO_SANS: "Noto Sans", Font.SOURCE_SANS: "Source Sans", Font.SYSTEM: "het lettertype van de computer",
    Font.SERIF: "een schreefletter van de computer", Font.NOTO_SERIF: "Noto Serif", Font.FIRA_SANS: "Fira Sans",
    Font.OWN: "ons eigen lettertype",
})  # fmt: skip
ONLY_BOLD: Final = frozenset({Font.NOTO_SERIF, Font.FIRA_SANS})  # these come along for headings alone


class Corners(StrEnum):
    """How round the corners of buttons, tiles and fields are."""

    SQUARE = "square"
    SOFT = "soft"
    ROUND = "round"


CORNER_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {Corners.SQUARE: "recht", Corners.SOFT: "een beetje rond", Corners.ROUND: "rond"}
)


@dataclass(frozen=True, slots=True)
class StyleFile:
    """A logo or font: its content as it is served, and its media type."""

    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """All of it. `logo`, `font_regular`, `font_bold` are digests of files, empty without one. `logo_has_name`: the name of the organisation
    stands in the picture and is not written beside it.
    """

    colours: Mapping[str, str] = field(default_factory=lambda: STANDARD_COLOURS)
    text_font: str = Font.NOTO_SANS
    heading_font: str = Font.NOTO_SERIF
    corners: str = Corners.SOFT
    logo: str = ""
    logo_alt: str = ""
    logo_has_name: bool = False
    font_regular: str = ""
    font_bold: str = ""
    privacy: str = ""
    accessibility: str = ""
    contact: str = ""

    def as_record(self) -> dict[str, Any]:
        """The form in which it is stored: plain JSON."""
        return {name: dict(value) if isinstance(value, Mapping) else value for name, value in self._fields()}

    def _fields(self) -> list[tuple[str, Any]]:
        return [(name, getattr(self, name)) for name in self.__dataclass_fields__]

    @property
    def digest(self) -> str:
        """A short name of this very style, for addresses that may be kept for good."""
        return hashlib.sha256(json.dumps(self.as_record(), sort_keys=True).encode()).hexdigest()[:16]

    @property
    def files(self) -> tuple[str, ...]:
        """The digests of its files."""
        return tuple(one for one in (self.logo, self.font_regular, self.font_bold) if one)


def style_from(record: object) -> HouseStyle:
    """A style from its stored form; what a record from before a field lacks is as it comes along. Raises BadStyle.

    Nothing of it is believed: each value has the form that the stylesheet may hold.
    """
    if not isinstance(record, dict) or not isinstance(record.get("colours", {}), dict):
        raise BadStyle
    known = {name: record[name] for name in HouseStyle.__dataclass_fields__ if name in record and name != "colours"}
    colours = {code: record.get("colours", {}).get(code, standard) for code, standard in STANDARD_COLOURS.items()}
    if not all(_is_good(name, value) for name, value in known.items()):
        raise BadStyle
    if not all(isinstance(one, str) and HEX.fullmatch(one) for one in colours.values()):
        raise BadStyle
    return HouseStyle(colours=MappingProxyType(colours), **known)


WORDS_OF: Final[Mapping[str, frozenset[str]]] = MappingProxyType({
    "text_font": frozenset(Font) - ONLY_BOLD, "heading_font": frozenset(Font), "corners": frozenset(Corners),
})  # fmt: skip


def _is_good(name: str, value: object) -> bool:
    if name == "logo_has_name":
        return isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if name in WORDS_OF:
        return value in WORDS_OF[name]
    return not value or name not in {"logo", "font_regular", "font_bold"} or bool(DIGEST.fullmatch(value))
