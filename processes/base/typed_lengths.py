"""Lengths of time as people type them, and as a drawing holds them: `10 dagen` is `P10D`, `1 jaar en 6 maanden` is `P1Y6M`.

Several of them stand in a drawing with spaces between, and are typed with commas.
"""

import re
from typing import Final

LETTERS: Final = {
    "jaar": "Y", "jaren": "Y", "maand": "M", "maanden": "M", "week": "W", "weken": "W", "dag": "D", "dagen": "D",
    "uur": "H", "uren": "H", "minuut": "I", "minuten": "I",
}  # fmt: skip
ORDER: Final = "YMWDHI"  # I stands for minutes, which have the letter of months
WORDS: Final = {
    "Y": ("jaar", "jaar"), "M": ("maand", "maanden"), "W": ("week", "weken"), "D": ("dag", "dagen"),
    "H": ("uur", "uur"), "I": ("minuut", "minuten"),
}  # fmt: skip
PART: Final = re.compile(r"(\d{1,5})\s+([a-z]+)", re.IGNORECASE)
DRAWN: Final = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
BETWEEN_LENGTHS: Final = re.compile(r"\s*,\s*")
BETWEEN_PARTS: Final = re.compile(r"\s+en\s+")


def drawn_lengths(typed: str) -> str:
    """The lengths as a drawing holds them; what is no length in words stays as it was typed, so that a check can say so."""
    return " ".join(_drawn(one) for one in BETWEEN_LENGTHS.split(typed.strip()) if one)


def worded_lengths(drawn: str) -> str:
    """The lengths in words that `drawn_lengths` turns back into the same text; else the text itself."""
    words = ", ".join(_worded(one) for one in drawn.split())
    return words if drawn_lengths(words) == drawn else drawn


def _drawn(typed: str) -> str:
    found = [PART.fullmatch(part) for part in BETWEEN_PARTS.split(typed)]
    counted = {LETTERS.get(one[2].lower(), ""): one[1] for one in found if one}
    if "" in counted or len(counted) != len(found):
        return typed
    day, clock = (
        "".join(f"{counted[one]}{one}" for one in letters if one in counted) for letters in (ORDER[:4], ORDER[4:])
    )
    return f"P{day}{'T' if clock else ''}{clock.replace('I', 'M')}"


def _worded(drawn: str) -> str:
    parts = DRAWN.fullmatch(drawn)
    if not parts:
        return drawn
    return " en ".join(
        f"{count} {WORDS[letter][count != '1']}" for letter, count in zip(ORDER, parts.groups(), strict=True) if count
    )
