"""A plain text as a document of Word (docx, ISO/IEC 29500-1), for who would rather write there. `docx_text` reads it back.

A paragraph ends at an empty line; a line of a paragraph is a break in it. Nothing else is in it: no letterhead, no address.
"""

import zipfile
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORDS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"""
_RELATIONS: Final = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""
_OF_DOCUMENT: Final = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>"""
_STYLES: Final = f"""{_HEAD}<w:styles xmlns:w="{_WORDS}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/><w:lang w:val="nl-NL"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"""
_MADE: Final = (1980, 1, 1, 0, 0, 0)  # of each part: the same text gives the same bytes


def docx_of(text: str) -> bytes:
    """The document. Signs that XML cannot hold are left out."""
    paragraphs = "".join(map(_paragraph, _blocks(text)))
    document = f'{_HEAD}<w:document xmlns:w="{_WORDS}"><w:body>{paragraphs}<w:sectPr/></w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document,
        "word/_rels/document.xml.rels": _OF_DOCUMENT, "word/styles.xml": _STYLES,
    }  # fmt: skip
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _blocks(text: str) -> list[str]:
    parts = text.replace("\r\n", "\n").strip("\n").split("\n\n")
    return [part.strip("\n") for part in parts if part.strip()]


def _paragraph(block: str) -> str:
    lines = "<w:br/>".join(map(_line, block.split("\n")))
    return f"<w:p><w:r>{lines}</w:r></w:p>"


def _line(line: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(_allowed(part))}</w:t>' for part in line.split("\t"))


def _allowed(text: str) -> str:
    """Without control signs, halves of a pair, and the two numbers that are no sign (XML 1.0, 2.2)."""
    return "".join(one for one in text if one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")
