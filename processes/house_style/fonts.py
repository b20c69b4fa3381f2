"""A font file that somebody brings: looked at without unpacking it, so that what is packed cannot hurt us.

WOFF2 says in its head how long it is, how long it becomes, and which tables it has; a font that would become large is refused,
and a browser refuses one that becomes something else than it says. Source: W3C WOFF File Format 2.0, sections 4 and 5.
"""

import struct
from typing import Final

from processes.house_style.style import StyleFile

WOFF2: Final = "font/woff2"
MOST_BYTES: Final = 400_000
MOST_UNPACKED: Final = 4_000_000
MOST_TABLES: Final = 64
HEAD: Final = struct.Struct(">4sIIHHIIHHIIIII")
FLAVOURS: Final = (0x00010000, 0x4F54544F)  # TrueType and CFF outlines; not a collection of fonts
# the tables that the format knows by number, in its order (section 5)
KNOWN_TABLES: Final = (
    "cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx "
    "BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just "
    "lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill"
)
TABLES: Final = tuple(
    one.strip()
    for one in KNOWN_TABLES.replace("cvt  ", "cvt ").replace("CFF  ", "CFF ").replace("SVG  ", "SVG ").split()
)
ANY_TAG: Final = 63
NULL: Final = 3  # the transform that says that glyf or loca is as it was
NEEDED: Final = frozenset({"cmap", "head", "hhea", "hmtx", "maxp", "name"})
REFUSED: Final = frozenset({"SVG"})  # pictures in a font may hold what we would not take as a logo


class BadFont(ValueError):
    """Dit is geen lettertype dat wij kunnen gebruiken. Kies een bestand van de soort WOFF2."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else (self.__doc__ or "")


def font(content: bytes) -> StyleFile:
    """The font as it is kept. Raises BadFont."""
    if len(content) > MOST_BYTES:
        raise BadFont(f"Dit lettertype is te groot. Kies een bestand van hoogstens {MOST_BYTES // 1000} kB.")
    if len(content) < HEAD.size or not content.startswith(b"wOF2"):
        raise BadFont
    _, flavour, length, tables, _, _unpacked, packed, *_ = HEAD.unpack_from(content)
    if length != len(content) or flavour not in FLAVOURS or packed > length or not 0 < tables <= MOST_TABLES:
        raise BadFont("Dit lettertype is beschadigd. Download het opnieuw als WOFF2.")
    lengths = _directory(content, tables)
    if max(_unpacked, sum(lengths.values())) > MOST_UNPACKED:
        raise BadFont(
            "Dit lettertype wordt te groot wanneer een browser het uitpakt. Kies een bestand met minder tekens."
        )
    if NEEDED - lengths.keys() or REFUSED & lengths.keys():
        raise BadFont("In dit lettertype ontbreekt een deel, of er zitten plaatjes in. Kies een gewoon lettertype.")
    return StyleFile(WOFF2, content)


def _directory(content: bytes, tables: int) -> dict[str, int]:
    """The length of each table when it is unpacked, by name."""
    found, at = dict[str, int](), HEAD.size
    try:
        for _ in range(tables):
            flags, at = content[at], at + 1
            tag = TABLES[flags & ANY_TAG] if flags & ANY_TAG != ANY_TAG else ""
            if not tag:
                tag, at = content[at : at + 4].decode("ascii").strip(), at + 4
            length, at = _number(content, at)
            form = flags >> 6
            if (
                (form != NULL) if tag in {"glyf", "loca"} else form != 0
            ):  # it was transformed, and says how long that is
                _, at = _number(content, at)
            found[tag] = length
    except (IndexError, UnicodeDecodeError) as broken:
        raise BadFont("Dit lettertype is beschadigd. Download het opnieuw als WOFF2.") from broken
    return found


def _number(content: bytes, at: int) -> tuple[int, int]:
    """The UIntBase128 at a place and where the next one begins. Raises BadFont for one that is longer than five bytes."""
    value = 0
    for place in range(at, at + 5):
        value = value << 7 | content[place] & 0x7F
        if not content[place] & 0x80:
            return value, place + 1
    raise BadFont("Dit lettertype is beschadigd. Download het opnieuw als WOFF2.")
