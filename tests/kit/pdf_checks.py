"""What a PDF must hold to be kept (PDF/A-2a, ISO 19005-2) and read aloud (PDF/UA-1, ISO 14289-1), as far as it can be read without a validator.

CHECKS is the table: a name, and a function from a `ReadPdf` to what is wrong with it. Not checked: whether the words of an alternative
text are good, contrast, and what a validator reads in the tables of fonts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

AIIM = "{http://www.aiim.org"
SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"', b"Do", b"sh", b"BI", b"INLINE IMAGE"})
DOES = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/Launch",
        "/SubmitForm",
        "/ResetForm",
        "/ImportData",
        "/Movie",
        "/Sound",
        "/AA",
        "/RichMedia",
    }
)
HEADINGS = {f"/H{level}": level for level in range(1, 7)}


@dataclass(frozen=True)
class ReadPdf:
    """One file that is read; `parts` are all objects in it, `tags` those of its structure in the order of reading."""

    content: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.content))

    @property
    def root(self) -> DictionaryObject:
        return self.reader.root_object

    @cached_property
    def said(self) -> dict[str, str]:
        """The words of the description of the file (XMP), by their whole name."""
        packet = self.root["/Metadata"].get_object().get_data() if "/Metadata" in self.root else b""
        if b"<x:xmpmeta" not in packet:
            return {}
        described = etree.fromstring(packet[packet.index(b"<x:xmpmeta") : packet.index(b"<?xpacket end")])
        found = {name: value for one in described.iter() for name, value in one.attrib.items()}
        return found | {one.tag: " ".join("".join(one.itertext()).split()) for one in described.iter() if len(one) < 2}

    @cached_property
    def parts(self) -> list[Any]:
        found: list[Any] = []
        for number in range(1, int(self.reader.trailer["/Size"])):
            one = self.reader.get_object(IndirectObject(number, 0, self.reader))
            found.extend(_within(one))
        return found

    @cached_property
    def tags(self) -> list[DictionaryObject]:
        return list(_tags(_at(self.root, "/StructTreeRoot", {}), set()))


def wrong_in(content: bytes) -> dict[str, str]:
    """By check what is wrong; empty for a file that holds all."""
    read = ReadPdf(content)
    return {name: said for name, check in CHECKS.items() if (said := check(read))}


def claims(pdf: ReadPdf) -> str | None:
    known = [
        pdf.said.get(f"{AIIM}/{one}") for one in ("pdfa/ns/id/}part", "pdfa/ns/id/}conformance", "pdfua/ns/id/}part")
    ]
    return None if known == ["2", "A", "1"] else str(known)


def unlocked(pdf: ReadPdf) -> str | None:
    return "encrypted" if pdf.reader.is_encrypted else None


def identified(pdf: ReadPdf) -> str | None:
    return None if len(pdf.reader.trailer.get("/ID", ())) == 2 else "no /ID"


def marked(pdf: ReadPdf) -> str | None:
    return None if _at(pdf.root, "/MarkInfo", {}).get("/Marked") and pdf.tags else "not tagged"


def in_dutch(pdf: ReadPdf) -> str | None:
    return None if str(pdf.root.get("/Lang", "")).startswith("nl") else str(pdf.root.get("/Lang"))


def titled(pdf: ReadPdf) -> str | None:
    """A title, the same in both places, which a reader shows in the place of the name of the file."""
    title = pdf.reader.metadata.title if pdf.reader.metadata else None
    shown = _at(pdf.root, "/ViewerPreferences", {}).get("/DisplayDocTitle")
    same = pdf.said.get("{http://purl.org/dc/elements/1.1/}title") == " ".join((title or "").split())
    return None if title and shown and same else f"{title}, {shown}, {same}"


def coloured(pdf: ReadPdf) -> str | None:
    meant = [one.get_object() for one in _at(pdf.root, "/OutputIntents", ())]
    good = [one for one in meant if one["/S"] == "/GTS_PDFA1" and "/DestOutputProfile" in one]
    return None if len(good) == 1 else str(len(good))


def fonts(pdf: ReadPdf) -> str | None:
    """Every font is in the file, and says which sign each of its shapes is."""
    for font in _of_type(pdf, "/Font"):
        if str(font.get("/Subtype")).startswith("/CIDFont") or font.get("/Subtype") == "/Type3":
            continue
        holder = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        described = _at(holder, "/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described) or "/ToUnicode" not in font:
            return str(font.get("/BaseFont"))
    return None


def still(pdf: ReadPdf) -> str | None:
    """Nothing that happens by itself, starts something or sends something away; no files inside."""
    for one in pdf.parts:
        if isinstance(one, DictionaryObject):
            found = (DOES & set(one)) or (DOES & {one.get("/S")} if isinstance(one.get("/S"), str) else set())
            if found or "/EmbeddedFiles" in one or one.get("/Type") == "/Filespec":
                return str(found or "a file inside")
    return None


def described(pdf: ReadPdf) -> str | None:
    """Each picture has words in its place."""
    bare = [
        tag
        for tag in pdf.tags
        if tag.get("/S") == "/Figure" and not str(tag.get("/Alt") or tag.get("/ActualText") or "").strip()
    ]
    pictures = [
        one
        for one in pdf.parts
        if isinstance(one, StreamObject) and one.get("/Subtype") == "/Image" and "/SMask" not in one
    ]
    figures = [tag for tag in pdf.tags if tag.get("/S") == "/Figure"]
    return f"{len(bare)} without words, {len(figures)} tags" if bare or (pictures and not figures) else None


def all_read(pdf: ReadPdf) -> str | None:
    """All that a page shows is either in the order of reading or marked as no part of the text, such as the number of the page."""
    for number, page in enumerate(pdf.reader.pages, 1):
        content, depth = page.get_contents(), 0
        for operands, operator in content.operations if content is not None else ():
            depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
            if operator in SHOWS and not depth and not _is_form(page, operator, operands):
                return f"page {number}: {operator.decode()}"
        if "/StructParents" not in page:
            return f"page {number}: not in the structure"
    return None


def headed(pdf: ReadPdf) -> str | None:
    """No level of heading is passed over (ISO 14289-1, 7.4.2)."""
    levels = [HEADINGS[tag["/S"]] for tag in pdf.tags if tag.get("/S") in HEADINGS]
    jumps = [(one, other) for one, other in zip([0, *levels], levels, strict=False) if other > one + 1]
    return str(jumps) if jumps else None


def tables(pdf: ReadPdf) -> str | None:
    """A row stands in a table, a cell in a row."""
    for tag in pdf.tags:
        above = str(_at(tag, "/P", {}).get("/S"))
        allowed = {"/TR": {"/Table", "/THead", "/TBody", "/TFoot"}, "/TD": {"/TR"}, "/TH": {"/TR"}, "/LI": {"/L"}}.get(
            str(tag.get("/S"))
        )
        if allowed and above not in allowed:
            return f"{tag['/S']} in {above}"
    return None


CHECKS: dict[str, Callable[[ReadPdf], str | None]] = {
    "says PDF/A-2a and PDF/UA-1": claims,
    "no password": unlocked,
    "has an identifier": identified,
    "is tagged": marked,
    "is in Dutch": in_dutch,
    "shows its title": titled,
    "says which colours it means": coloured,
    "holds its fonts": fonts,
    "does nothing by itself": still,
    "pictures have words": described,
    "all that is shown is read": all_read,
    "no heading is passed over": headed,
    "rows and cells stand in their table": tables,
}


def _at(of: Any, key: str, without: Any) -> Any:
    """The value at this key, also where the file keeps it elsewhere."""
    found = of.get(key)
    return without if found is None else found.get_object() if hasattr(found, "get_object") else found


def _of_type(pdf: ReadPdf, kind: str) -> Iterator[DictionaryObject]:
    return (one for one in pdf.parts if isinstance(one, DictionaryObject) and one.get("/Type") == kind)


def _within(one: Any) -> Iterator[Any]:
    """An object and what stands in it, but for what is an object of its own."""
    yield one
    inner = one.values() if isinstance(one, DictionaryObject) else one if isinstance(one, ArrayObject) else ()
    for part in inner:
        if isinstance(part, DictionaryObject | ArrayObject):
            yield from _within(part)


def _tags(parent: Any, seen: set[int]) -> Iterator[DictionaryObject]:
    kids = _at(parent, "/K", []) if isinstance(parent, DictionaryObject) else []
    for kid in kids if isinstance(kids, list) else [kids]:
        tag = kid.get_object()
        if isinstance(tag, DictionaryObject) and "/S" in tag and id(tag) not in seen:
            seen.add(id(tag))
            yield tag
            yield from _tags(tag, seen)


def _is_form(page: Any, operator: bytes, operands: Any) -> bool:
    """A piece of a page that is drawn elsewhere marks its own content."""
    if operator != b"Do":
        return False
    drawn = page["/Resources"]["/XObject"][operands[0]].get_object()
    return drawn.get("/Subtype") == "/Form"
