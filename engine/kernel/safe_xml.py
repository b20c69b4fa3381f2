"""An uploaded drawing, parsed without trusting it.

Bytes in; the root element out, or UnsafeXml with a stable code and a Dutch sentence. No DOCTYPE, no entities, no
processing instructions, nothing fetched, nothing deep, nothing large.
"""

import re

from lxml import etree

from engine.errors import UnreadableModel

LARGEST = 2 * 1024 * 1024  # ten times our largest drawing
LONGEST_DECLARATION = 1000
DEEPEST = 50  # subprocesses nest two levels each; nobody can read a drawing beyond ten
MOST_ELEMENTS = 50_000

DECLARED = re.compile(r"\A(\s*<\?xml\s[^>]*?encoding\s*=\s*)[\"']([^\"']*)[\"']")
MARK = b"\xef\xbb\xbf"  # UTF-8 says so itself, whatever the declaration says
# what modelling tools of this part of the world write, by the names that they give it
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "latin-1",
    "latin1": "latin-1",
    "iso-8859-15": "iso8859-15",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
INSTRUCTION = re.compile(r"<\?(?!xml\s)")


class UnsafeXml(UnreadableModel):
    """Dit bestand is geen tekening die we kunnen lezen."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def parse_xml(data: bytes, *, comments: bool = False) -> etree._Element:
    """The root element, with its comments if they are asked for; raises UnsafeXml."""
    text = _text(data)
    _refuse_tricks(text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=not comments
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        place = f" bij regel {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
        sentence = f"De XML is niet goed gevormd{place}. Bewaar de tekening opnieuw vanuit de modelleertool."
        raise UnsafeXml("xml-broken", sentence) from error
    _refuse_depth(root)
    return root


def as_utf8(data: bytes) -> bytes:
    """The same drawing in UTF-8 and saying so: the very bytes when it is that already. Raises UnsafeXml."""
    text = _text(data).encode()
    return data if data.removeprefix(MARK) == text else text


def _text(data: bytes) -> str:
    if not data.strip():
        raise UnsafeXml("file-empty", "Het bestand is leeg. Kies het bestand met de tekening.")
    if len(data) > LARGEST:
        raise UnsafeXml("file-too-large", "Het bestand is groter dan 2 MB. Splits de tekening in kleinere processen.")
    declared = DECLARED.match(data[:LONGEST_DECLARATION].removeprefix(MARK).decode("latin-1"))
    name = declared.group(2).lower() if declared else "utf-8"
    encoding = "utf-8-sig" if data.startswith(MARK) else ENCODINGS.get(name)
    if encoding is None:
        sentence = f"De tekening noemt codering `{name[:20]}`, die we niet lezen. Bewaar haar als UTF-8."
        raise UnsafeXml("file-encoding", sentence)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        sentence = f"De tekst is geen {name.upper()[:20]}, zoals de tekening zegt. Bewaar haar als UTF-8."
        raise UnsafeXml("file-encoding", sentence) from error
    return text if encoding in ("utf-8", "utf-8-sig", "ascii") else DECLARED.sub(r'\1"UTF-8"', text, count=1)


def _refuse_tricks(text: str) -> None:
    upper = text.upper()
    if "<!DOCTYPE" in upper or "<!ENTITY" in upper:
        raise UnsafeXml("xml-doctype", "De tekening heeft een DOCTYPE of entiteit. Haal die regels weg.")
    if INSTRUCTION.search(text):
        raise UnsafeXml("xml-instruction", "De tekening heeft een opdracht tussen <? en ?>. Haal die weg.")


def _refuse_depth(root: etree._Element) -> None:
    level, count = [root], 0
    for _depth in range(DEEPEST):
        count += len(level)
        if count > MOST_ELEMENTS:
            raise UnsafeXml(
                "file-too-large", "De tekening heeft te veel onderdelen. Splits haar in kleinere processen."
            )
        level = [child for element in level for child in element]
        if not level:
            return
    raise UnsafeXml("xml-too-deep", f"De XML is dieper dan {DEEPEST} lagen. Gebruik minder geneste deelprocessen.")
