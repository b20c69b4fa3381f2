"""An uploaded drawing, parsed without trusting it.

Bytes in; the root element out, or UnsafeXml with a stable code and a Dutch sentence. No DOCTYPE, no entities, no
processing instructions, nothing fetched, nothing deep, nothing large.
"""

import re

from lxml import etree

from engine.errors import UnreadableModel

LARGEST = 2 * 1024 * 1024  # ten times our largest drawing
DEEPEST = 50  # subprocesses nest two levels each; nobody can read a drawing beyond ten
MOST_ELEMENTS = 50_000

DECLARED = re.compile(r"\A\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
INSTRUCTION = re.compile(r"<\?(?!xml\s)")


class UnsafeXml(UnreadableModel):
    """Dit bestand is geen tekening die we kunnen lezen."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def parse_xml(data: bytes) -> etree._Element:
    """The root element; raises UnsafeXml."""
    text = _text(data)
    _refuse_tricks(text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        place = f" bij regel {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
        sentence = f"De XML is niet goed gevormd{place}. Bewaar de tekening opnieuw vanuit de modelleertool."
        raise UnsafeXml("xml-broken", sentence) from error
    _refuse_depth(root)
    return root


def _text(data: bytes) -> str:
    if not data.strip():
        raise UnsafeXml("file-empty", "Het bestand is leeg. Kies het bestand met de tekening.")
    if len(data) > LARGEST:
        raise UnsafeXml("file-too-large", "Het bestand is groter dan 2 MB. Splits de tekening in kleinere processen.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnsafeXml("file-encoding", "De tekst is geen UTF-8. Bewaar de tekening als UTF-8.") from error
    declared = DECLARED.match(text)
    if declared and declared.group(1).lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise UnsafeXml("file-encoding", "De tekening noemt een andere codering dan UTF-8. Bewaar haar als UTF-8.")
    return text


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
