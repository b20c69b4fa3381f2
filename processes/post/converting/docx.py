"""A document of Word (docx, ISO/IEC 29500-1) as a plain page: its text, lists with their numbers, tables, notes and pictures.

What is read is listed here. Anything else that would show on paper (a text box, a drawing, a formula) is refused with its name, and so are
changes that nobody accepted yet: no word of a decision gets lost in silence. Places on the page, fonts and colours do not come along.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from processes.post.converting.docx_lists import ListNumbers
from processes.post.converting.docx_package import DRAWN, WORDS, LeftOut, Package, w
from processes.post.converting.docx_pictures import picture_of
from processes.post.converting.docx_styles import Styles, TextLook
from processes.post.converting.layout import ConvertedBody
from processes.post.pdf import Picture, markup

CHANGES: Final = frozenset(map(w, ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")))
UNDONE: Final = (
    "staan nog wijzigingen die niet zijn aanvaard of geweigerd. Doe dat eerst, en voeg het bestand dan opnieuw toe."
)
# shows nothing on paper
SILENT: Final = frozenset(map(w, (
    "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart",
    "permEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "lastRenderedPageBreak", "fldData", "instrText",
    "softHyphen", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "smartTagPr", "customXmlPr", "tblPrEx", "delInstrText",
)))  # fmt: skip
AROUND: Final = frozenset(
    map(w, ("sdt", "sdtContent", "smartTag", "hyperlink", "fldSimple", "customXml"))
)  # what is in it counts
SIGNS: Final = {w("tab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "\u2011", w("ptab"): "\t"}
NO_SHAPE: Final = "\ufffd"
PAGE_NUMBERS: Final = ("PAGE", "NUMPAGES", "SECTIONPAGES")


def check_docx(content: bytes) -> None:
    """Raises LeftOut for a document with changes that are still open, however it is going to be converted."""
    package = Package(content)
    for part in package.shown_parts():
        if any(element.tag in CHANGES for element in part.iter()):
            raise LeftOut(UNDONE)


def docx_body(content: bytes, _title: str) -> ConvertedBody:
    """Raises LeftOut with the rest of a sentence, or what its readers meet in a damaged file."""
    check_docx(content)
    return _Reader(Package(content)).body()


class _Reader:
    """One document while it is read, from its first element to its last: numbers of lists and notes count up on the way."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.part("word/styles.xml"))
        self._lists = ListNumbers(package.part("word/numbering.xml"), self._styles)
        self._pictures: dict[str, Picture] = {}
        self._notes: list[tuple[str, Element]] = []  # the part that each stands in
        self._part = "word/document.xml"
        self._blocks: Mapping[str, Callable[[Element], str]] = {w("p"): self._paragraph, w("tbl"): self._table}

    def body(self) -> ConvertedBody:
        """The head of the first sheet, the text, the notes, and the foot of the first sheet."""
        document = self._package.part("word/document.xml")
        text = None if document is None else document.find(w("body"))
        if text is None:
            raise LeftOut("staat geen tekst.")
        head, foot = (self._beside(text, kind) for kind in ("header", "footer"))
        main = self._in_part("word/document.xml", text)
        if not any(element.text for element in text.iter(w("t"))) and not self._pictures:
            raise LeftOut("staat geen tekst.")
        return ConvertedBody(f"{head}{main}{self._all_notes()}{foot}", self._pictures)

    def _beside(self, text: Element, kind: str) -> str:
        """The head or foot of the first sheet, without lines that only count sheets."""
        target = self._package.first_sheet(text, kind)
        root = self._package.part(target) if target else None
        if root is None:
            return ""
        html = self._in_part(target, root, leave_out=_counts_sheets)
        empty = not any(element.text for element in root.iter(w("t"))) and "<img" not in html
        return "" if empty else f'<div class="{"head" if kind == "header" else "foot"}">{html}</div>'

    def _in_part(self, name: str, root: Element, leave_out: Callable[[Element], bool] = lambda _: False) -> str:
        before, self._part = self._part, name
        html = "\n".join(self._blocks_of(root, leave_out))
        self._part = before
        return html

    def _blocks_of(self, parent: Element, leave_out: Callable[[Element], bool] = lambda _: False) -> Iterator[str]:
        for element in parent:
            if element.tag in self._blocks:
                if not leave_out(element):
                    yield self._blocks[element.tag](element)
            elif element.tag in AROUND:
                yield from self._blocks_of(element, leave_out)
            elif element.tag not in SILENT:
                raise LeftOut.of(element)

    def _paragraph(self, element: Element) -> str:
        look = self._styles.of_paragraph(element)
        level, label = self._lists.next_label(element, look)
        words = "".join(self._inside(element, look))
        classes = [look.align] if look.align in {"center", "right"} else []
        classes += ["new-page"] if look.new_page else []
        classes += [f"level-{min(level, 2)}"] if label else []
        if not words.strip() and not label:
            classes.append("empty")
        tag = f"h{look.heading}" if look.heading and words.strip() else "p"
        named = f' class="{" ".join(classes)}"' if classes else ""
        numbered = f'<span class="label">{markup(label)} </span>' if label else ""
        return f"<{tag}{named}>{numbered}{words}</{tag}>"

    def _inside(self, parent: Element, look: TextLook) -> Iterator[str]:
        for element in parent:
            if element.tag == w("r"):
                yield self._run(element, look)
            elif element.tag in AROUND:
                yield from self._inside(element, look)
            elif element.tag not in SILENT:
                raise LeftOut.of(element)

    def _run(self, run: Element, paragraph: TextLook) -> str:
        look = self._styles.of_run(run, paragraph)
        words = "".join(self._signs(run))
        if look.hidden and words.strip():
            raise LeftOut("staat verborgen tekst. Maak die zichtbaar of haal die weg.")
        for mark, tag in (
            (look.bold, "strong"),
            (look.italic, "em"),
            (look.underlined, "u"),
            (look.struck, "s"),
            (look.raised, look.raised),
        ):
            # a heading is bold by itself
            if mark and words and not (tag == "strong" and paragraph.heading):
                words = f"<{tag}>{words}</{tag}>"
        return f'<span class="caps">{words}</span>' if look.caps and words else words

    def _signs(self, run: Element) -> Iterator[str]:
        for element in run:
            if element.tag == w("t"):
                yield markup(element.text or "")
            elif element.tag in SIGNS:
                yield SIGNS[element.tag]
            elif element.tag == w("br"):
                yield (
                    "\n"
                    if element.get(w("type"), "textWrapping") == "textWrapping"
                    else '<span class="new-page"></span>'
                )
            elif element.tag in {w("footnoteReference"), w("endnoteReference")}:
                yield self._note(element)
            elif element.tag == w("sym"):
                yield markup(_symbol(element))
            elif element.tag in DRAWN:
                yield from self._drawn(element)
            elif element.tag not in SILENT and element.tag != w("fldChar"):
                raise LeftOut.of(element)

    def _drawn(self, element: Element) -> Iterator[str]:
        found = picture_of(self._package, self._part, element)
        if found is not None:
            name = f"p{len(self._pictures)}"
            self._pictures[name] = found.picture
            yield found.html(name)

    def _note(self, reference: Element) -> str:
        kind = "footnotes" if reference.tag == w("footnoteReference") else "endnotes"
        root = self._package.part(f"word/{kind}.xml")
        number = reference.get(w("id"))
        found = None if root is None else next((one for one in root if one.get(w("id")) == number), None)
        if found is None:
            raise LeftOut("ontbreekt een voetnoot waar de tekst naar verwijst.")
        self._notes.append((f"word/{kind}.xml", found))
        return f"<sup>{len(self._notes)}</sup>"

    def _all_notes(self) -> str:
        if not self._notes:
            return ""
        made = "".join(
            f"<div><p><strong>Noot {number}</strong></p>{self._in_part('word/footnotes.xml', note)}</div>"
            for number, (part, note) in enumerate(self._notes, 1)
        )
        return f'<div class="notes">{made}</div>'

    def _table(self, table: Element) -> str:
        rows = list(_within(table, "tr"))
        return f"<table>{''.join(self._row(rows, place) for place in range(len(rows)))}</table>"

    def _row(self, rows: list[Element], place: int) -> str:
        head = rows[place].find(f"{w('trPr')}/{w('tblHeader')}") is not None
        column, made = 0, []
        for cell in _within(rows[place], "tc"):
            wide, merged = _wide(cell), cell.find(f"{w('tcPr')}/{w('vMerge')}")
            if merged is None or merged.get(w("val")) == "restart":
                high = 1 if merged is None else _high(rows, place, column)
                spans = "".join(
                    f' {name}="{count}"' for name, count in (("colspan", wide), ("rowspan", high)) if count > 1
                )
                tag = "th" if head else "td"
                made.append(f"<{tag}{spans}>{''.join(self._blocks_of(cell))}</{tag}>")
            column += wide
        return f"<tr>{''.join(made)}</tr>"


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also inside a content control. Raises LeftOut for anything else that shows."""
    for element in parent:
        if element.tag == w(name):
            yield element
        elif element.tag in AROUND:
            yield from _within(element, name)
        elif element.tag not in SILENT:
            raise LeftOut.of(element)


def _wide(cell: Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return int(span.get(w("val"), "1")) if span is not None else 1


def _high(rows: list[Element], place: int, column: int) -> int:
    """Over how many rows a cell goes that begins here: as long as the cells below it continue it."""
    high = 1
    for row in rows[place + 1 :]:
        at = 0
        for cell in _within(row, "tc"):
            if at == column:
                merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
                if merged is None or merged.get(w("val")) == "restart":
                    return high
                high += 1
                break
            at += _wide(cell)
        else:
            return high
    return high


def _symbol(element: Element) -> str:
    """A sign by its number in a font of signs. Raises LeftOut for one that `markup` does not know."""
    number = int(element.get(w("char"), "0"), 16)
    sign = chr(number if number >= WORDS else number + WORDS)
    if markup(sign) == NO_SHAPE:
        raise LeftOut.because("een teken uit een lettertype met symbolen")
    return sign


def _counts_sheets(paragraph: Element) -> bool:
    """Whether a line shows the number of its sheet: ours do that themselves."""
    simple = [one.get(w("instr"), "") for one in paragraph.iter(w("fldSimple"))]
    asked = [*simple, *(one.text or "" for one in paragraph.iter(w("instrText")))]
    return any(one.split()[:1] and one.split()[0].upper() in PAGE_NUMBERS for one in asked)
