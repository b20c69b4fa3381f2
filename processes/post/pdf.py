"""HTML in, a PDF out that can be kept (PDF/A-2a, ISO 19005-2) and read aloud (PDF/UA-1, ISO 14289-1): both at once.

WeasyPrint needs Pango from the system and takes a second to load, so it is loaded when the first PDF is made, or at the
start of a process that will make some. Commands that make none work on a machine without Pango.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from types import MappingProxyType
from typing import Any, Final

from processes.base.errors import ZaakspoorError

PDF: Final = "application/pdf"

# Each font is for the signs that those before it lack; Pango finds those of other scripts itself, and the font of the
# emoji, which has digits and so may not be named. tools/system-packages.sh installs them (kind `fonts`).
FONTS: Final = (
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "DejaVu Sans", "WenQuanYi Micro Hei",
)  # fmt: skip
_FAMILY: Final = ", ".join(f'"{font}"' for font in FONTS) + ", sans-serif"

# This holds for the text of every PDF; the style of a page goes before it. A word that is longer than its line breaks
# anywhere, and no hyphen is added; ligatures are off, because two spellings that share a glyph would be read as one.
TEXT_STYLE: Final = f"""
@page {{ font-family: {_FAMILY} }}
html {{ font-family: {_FAMILY}; font-variant-ligatures: none; hyphens: none; overflow-wrap: anywhere }}
"""

_ARCHIVE: Final = "pdf/a-2a"
# A word that PDF/A does not know must be declared in the file itself (ISO 19005-2, 6.6.2.3): here that of PDF/UA.
_ACCESSIBLE: Final = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

# Text that is pasted from Word has bullets and ticks by their number in the fonts Symbol and Wingdings.
_PASTED: Final = {"\uf0b7": "\u2022", "\uf0a7": "\u25aa", "\uf0fc": "\u2713", "\uf0e0": "\u2192"}
_NEW_LINES: Final = "\r\v\f\x85\u2028\u2029"
_TO_LINES: Final = str.maketrans(dict.fromkeys(_NEW_LINES, "\n"))
_NO_SIGNS: Final = ("Cc", "Co", "Cs")  # Unicode's kinds: control signs, private use, halves of a pair


class NoLayout(ZaakspoorError):
    """Op deze machine ontbreekt Pango, dat brieven opmaakt. Installeer het met: sh tools/system-packages.sh fonts"""


@lru_cache(maxsize=1)
def load_layout() -> Any:
    """The class that lays out pages. Raises NoLayout when this machine lacks a library that it needs."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 - see above
    except OSError as missing:
        raise NoLayout from missing
    return HTML


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands on a page: its content, and `image/jpeg`, `image/png` or `image/svg+xml`."""

    content: bytes
    media_type: str


_NONE: Final[Mapping[str, Picture]] = MappingProxyType({})
PICTURE: Final = "picture:"  # stands before the name of a picture in its address on a page


def pdf(page: str, pictures: Mapping[str, Picture] = _NONE) -> bytes:
    """The page as PDF/A-2a that is PDF/UA-1 too. It fetches nothing: of what its text names only `pictures` are there. Raises NoLayout."""
    return made(page, tuple(pictures.items()))


def made(page: str, pictures: tuple[tuple[str, Picture], ...]) -> bytes:
    """The bytes of `pdf`, from nothing but what is given: the same page gives the same bytes."""
    layout = load_layout()
    from weasyprint import CSS  # noqa: PLC0415 - only when it can be loaded

    laid_out = layout(string=page, url_fetcher=_OnlyPictures(dict(pictures)))
    document = laid_out.render(pdf_variant=_ARCHIVE, stylesheets=[CSS(string=TEXT_STYLE)])
    _say_accessible(document.metadata)
    return bytes(document.write_pdf(pdf_variant=_ARCHIVE))


def _say_accessible(metadata: Any) -> None:
    """Have the metadata of a document say both standards: WeasyPrint writes one, and makes the same tags for either."""
    written = metadata.generate_rdf_metadata

    def both(*asked: Any) -> bytes:
        return bytes(written(*asked)).replace(b"</rdf:RDF>", _ACCESSIBLE + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = both


def markup(text: str) -> str:
    """Plain text as HTML for `pdf`: escaped, every kind of new line as one, no control signs.

    A sign that has no shape of its own (private use, half of a pair) becomes U+FFFD.
    """
    lines = text.replace("\r\n", "\n").translate(_TO_LINES)
    return escape("".join(_shown(sign) for sign in lines))


def _shown(sign: str) -> str:
    if sign in "\n\t" or (kind := unicodedata.category(sign)) not in _NO_SIGNS:
        return sign
    return _PASTED.get(sign, "" if kind == "Cc" else "\ufffd")


class _OnlyPictures:
    """The answer to WeasyPrint, which asks for the content of an address: the pictures of the page by their names, and nothing else."""

    _fail_on_errors = True  # as WeasyPrint calls it: a page without one of its pictures is no page

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        self._pictures = pictures

    def __call__(self, url: str) -> Any:
        """Raises ValueError for any other address, which ends the making of the PDF."""
        from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415 - only when it can be loaded

        picture = self._pictures.get(url.removeprefix(PICTURE)) if url.startswith(PICTURE) else None
        if picture is None:
            raise ValueError(f"a page loads its pictures and nothing else, and so not {url[:40]}")
        return URLFetcherResponse(url, picture.content, {"Content-Type": picture.media_type})
