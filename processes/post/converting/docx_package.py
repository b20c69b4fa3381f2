"""The parts of a docx file: XML and pictures in a zip, which name each other by relations."""

import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Final
from xml.etree.ElementTree import Element, fromstring

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_COMPATIBLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WORDS: Final = 0xF000  # where the numbers of signs begin in a font of signs
LARGEST_PART: Final = 100_000_000
SHOWN: Final = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
STRICT: Final = b"http://purl.oclc.org/ooxml/"


def w(name: str) -> str:
    """An element or attribute of WordprocessingML, as ElementTree writes it."""
    return f"{_WORD}{name}"


DRAWN: Final = frozenset({w("drawing"), w("pict"), w("object"), f"{_COMPATIBLE}AlternateContent"})
A_DRAWING: Final = "een tekstvak, lijn of tekening"
KNOWN: Final = {
    w("object"): "een ingevoegd bestand of schema",
    w("altChunk"): "een ander document",
    w("ruby"): "tekst boven tekst",
    w("subDoc"): "een ander document",
    f"{_COMPATIBLE}AlternateContent": A_DRAWING,
    f"{_MATHS}oMath": "een formule",
    f"{_MATHS}oMathPara": "een formule",
}


class LeftOut(Exception):
    """Staat iets dat wij niet kunnen overnemen. (The rest of a sentence that begins with the name of the file.)"""

    @classmethod
    def of(cls, element: Element) -> "LeftOut":
        """For an element that nothing here reads; what it is in words, where there are words for it."""
        return cls.because(KNOWN.get(element.tag, f"een onderdeel ('{element.tag.rpartition('}')[2][:40]}')"))

    @classmethod
    def because(cls, what: str) -> "LeftOut":
        return cls(
            f"staat {what}. Dat kunnen wij niet overnemen. Sla het in uw tekstprogramma op als PDF, en voeg die toe."
        )


class Package:
    """One file. Raises BadZipFile, KeyError or ParseError for a damaged one, LeftOut for one that declares a document type."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(content))
        self._names = frozenset(self._zip.namelist())
        self.part = cache(self._part)

    def content(self, name: str) -> bytes:
        if self._zip.getinfo(name).file_size > LARGEST_PART:
            raise LeftOut("staat te veel. Maak er kleinere bestanden van.")
        return self._zip.read(name)

    def _part(self, name: str) -> Element | None:
        if name not in self._names:
            return None
        content = self.content(name)
        if b"<!DOCTYPE" in content or STRICT in content:
            raise LeftOut("staat alles op een manier die wij niet lezen. Sla het op als gewone docx, of als PDF.")
        return fromstring(content)  # noqa: S314 - in a child with limits, and no document type is taken

    def target(self, part: str, relation: str) -> str:
        """The part that `part` calls by this relation. Raises LeftOut for something outside the file."""
        root = self.part(join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels"))
        for one in () if root is None else root:
            if one.get("Id") == relation:
                if one.get("TargetMode") == "External":
                    raise LeftOut.because("een afbeelding die ergens anders wordt bewaard")
                return normpath(join(dirname(part), one.get("Target", ""))).lstrip("/")
        raise LeftOut.because("een verwijzing naar iets dat ontbreekt")

    def first_sheet(self, body: Element, kind: str) -> str:
        """The part with the `header` or `footer` of the first sheet; empty when there is none."""
        sections = list(body.iter(w("sectPr")))
        if not sections:
            return ""
        first = sections[0]
        named = {
            one.get(w("type"), "default"): one.get(f"{_RELATIONS}id", "")
            for one in first.findall(w(f"{kind}Reference"))
        }
        chosen = named.get("first" if first.find(w("titlePg")) is not None else "default", "")
        return self.target("word/document.xml", chosen) if chosen else ""

    def shown_parts(self) -> Iterator[Element]:
        """Everything that may come on paper."""
        beside = (name for name in sorted(self._names) if name.startswith(("word/header", "word/footer")))
        for name in (*SHOWN, *beside):
            if (root := self.part(name)) is not None:
                yield root
