"""A house style as one file, to take to another installation and back: JSON with the style and the files that it names."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from processes.base.errors import Invalid
from processes.house_style.fonts import WOFF2, BadFont, font
from processes.house_style.pictures import BadPicture, picture
from processes.house_style.style import BadStyle, HouseStyle, StyleFile, style_from
from processes.house_style.typed import checked_fonts, typed_style

FORMAT: Final = "zaakspoor-huisstijl-1"
MOST_BYTES: Final = 2_000_000
Files = Mapping[str, StyleFile]
WRONG: Final = "Dit is geen huisstijl die hier is opgeslagen als bestand. Kies een bestand dat eindigt op .json."


def packed(style: HouseStyle, files: Files) -> bytes:
    """The file."""
    inside = {
        digest: {"media_type": files[digest].media_type, "content": base64.b64encode(files[digest].content).decode()}
        for digest in style.files
    }
    return json.dumps(
        {"format": FORMAT, "style": style.as_record(), "files": inside}, indent=1, sort_keys=True
    ).encode()


def unpacked(content: bytes) -> tuple[HouseStyle, Files]:
    """The style and its files, each judged as if somebody had typed and chosen it here. Raises Invalid, at the field `file`."""
    try:
        found = _read(content)
        style = style_from(found["style"])
        judged = {name: _judged(found["files"][digest]) for name, digest in _named(style)}
    except (BadStyle, BadFont, BadPicture, KeyError, TypeError, ValueError, RecursionError) as bad:
        raise Invalid({"file": str(bad) if isinstance(bad, BadFont | BadPicture) else WRONG}) from bad
    digests: dict[str, Any] = {name: one.digest for name, one in judged.items()}
    style = replace(style, **digests)
    try:
        style = typed_style(style, _as_typed(style))
        checked_fonts(style)
    except Invalid as invalid:
        raise Invalid({"file": f"In dit bestand klopt iets niet. {' '.join(invalid.fields.values())}"}) from invalid
    return style, {one.digest: one for one in judged.values()}


def _read(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise BadStyle
    found = json.loads(content)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadStyle
    return found


def _named(style: HouseStyle) -> list[tuple[str, str]]:
    named = [(name, getattr(style, name)) for name in ("logo", "font_regular", "font_bold")]
    return [(name, digest) for name, digest in named if digest]


def _judged(packed_file: Mapping[str, str]) -> StyleFile:
    try:
        content = base64.b64decode(packed_file["content"], validate=True)
    except binascii.Error as broken:
        raise BadStyle from broken
    return font(content) if packed_file["media_type"] == WOFF2 else picture(content)


def _as_typed(style: HouseStyle) -> dict[str, str]:
    record = style.as_record()
    texts = {name: value for name, value in record.items() if isinstance(value, str)}
    return {**texts, **style.colours, "logo_has_name": "ja" if style.logo_has_name else ""}
