"""A house style as somebody typed it: texts of a form in, a style out, or a sentence for each field that is not good.

The contrast is not judged here: a proposal may be kept before it passes (`pairs`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from processes.base.errors import Invalid
from processes.base.typed_values import one_line
from processes.house_style.style import COLOURS, WORDS_OF, Font, HouseStyle

LONGEST: Final = 200
LINKS: Final = MappingProxyType({
    "privacy": "Privacyverklaring", "accessibility": "Toegankelijkheidsverklaring", "contact": "Contact",
})  # fmt: skip
_SHORT: Final = re.compile(r"#?([0-9a-f])([0-9a-f])([0-9a-f])")
_LONG: Final = re.compile(r"#?[0-9a-f]{6}")
_HOST: Final = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}(:[0-9]{1,5})?")


def typed_style(before: HouseStyle, typed: Mapping[str, str]) -> HouseStyle:
    """`before` with what was typed in its place, without the files. Raises Invalid with a sentence for each field."""
    wrong = dict(_wrong(typed))
    if wrong:
        raise Invalid(wrong)
    texts = {name: one_line(typed.get(name, "")) for name in ("logo_alt", *LINKS)}
    words = {name: typed[name] for name in WORDS_OF}
    colours = {one.code: read_colour(typed.get(one.code, "")) for one in COLOURS}
    ticked = bool(typed.get("logo_has_name"))
    return replace(before, colours=MappingProxyType(colours), logo_has_name=ticked, **texts, **words)


def _wrong(typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for one in COLOURS:
        try:
            read_colour(typed.get(one.code, ""))
        except ValueError as error:
            yield one.code, f"{one.label}: {error}"
    for name, words in WORDS_OF.items():
        if typed.get(name) not in words:
            yield name, "Maak een keuze."
    if len(typed.get("logo_alt", "")) > LONGEST:
        yield "logo_alt", f"Gebruik hoogstens {LONGEST} tekens."
    for name in LINKS:
        if address := typed.get(name, "").strip():
            yield from ((name, f"{LINKS[name]}: {wrong}") for wrong in _address_wrong(address))


def read_colour(text: str) -> str:
    """`#rrggbb` of what was typed: with or without the hash, in three or six signs. Raises ValueError with what to do."""
    small = text.strip().lower()
    if short := _SHORT.fullmatch(small):
        return "#" + "".join(sign * 2 for sign in short.groups())
    if _LONG.fullmatch(small):
        return "#" + small.removeprefix("#")
    raise ValueError("vul een kleur in als # met zes tekens, zoals #00568b.")


def _address_wrong(address: str) -> Iterator[str]:
    """A page elsewhere, by https; nothing that a browser could carry out."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    known = parts.scheme == "https" and _HOST.fullmatch(parts.netloc.lower()) and address.isprintable()
    if not known or " " in address or len(address) > LONGEST:
        yield "vul een heel adres in dat begint met https://."


def checked_fonts(style: HouseStyle) -> None:
    """Raises Invalid when the own font is chosen and there is none."""
    own = {name: getattr(style, name) == Font.OWN for name in ("text_font", "heading_font")}
    if not any(own.values()) or style.font_regular:
        return
    field = "text_font" if own["text_font"] else "heading_font"
    raise Invalid({field: "U koos uw eigen lettertype. Voeg dan ook het bestand met de gewone letter toe."})
