"""How a piece of text of Word looks, as far as that comes along: by its own properties, and else by those of its styles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from xml.etree.ElementTree import Element

from processes.post.converting.docx_package import w

OFF: Final = frozenset({"0", "false", "off", "none"})
MARKS: Final = {
    "bold": "b", "italic": "i", "underlined": "u", "struck": "strike", "caps": "caps", "hidden": "vanish",
}  # fmt: skip
RAISED: Final = {"superscript": "sup", "subscript": "sub"}
HEADINGS: Final = 6
BODY_TEXT: Final = 9  # the level of an outline that means: no heading


@dataclass(frozen=True, slots=True)
class TextLook:
    """`heading` 1 to 6, 0 for plain text; `align` as Word has it; `raised` is `sup`, `sub` or empty; `styles` from near to far."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    caps: bool = False
    hidden: bool = False
    raised: str = ""
    heading: int = 0
    align: str = ""
    new_page: bool = False
    styles: tuple[Element, ...] = ()


class Styles:
    """The styles of one document. A style takes over what the one that it is based on says."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.findall(w("style"))
        self._styles: Mapping[str, Element] = {one.get(w("styleId"), ""): one for one in found}
        self._default = next((one.get(w("styleId"), "") for one in found if _is_default(one)), "")

    def of_paragraph(self, paragraph: Element) -> TextLook:
        own = paragraph.find(w("pPr"))
        chain = tuple(self._chain(_val(own, "pStyle") or self._default))
        look = TextLook(styles=chain)
        for properties in (*(one.find(w("pPr")) for one in reversed(chain)), own):
            look = _paragraph_look(look, properties)
        for style in reversed(chain):
            look = _run_look(look, style.find(w("rPr")))
        return look

    def of_run(self, run: Element, paragraph: TextLook) -> TextLook:
        own = run.find(w("rPr"))
        look = paragraph
        for style in reversed(tuple(self._chain(_val(own, "rStyle")))):
            look = _run_look(look, style.find(w("rPr")))
        return _run_look(look, own)

    def _chain(self, name: str) -> Iterator[Element]:
        """A style and those under it, each once: a damaged file may go round."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _val(self._styles[name], "basedOn")


def _is_default(style: Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default"), "0") not in OFF


def _val(parent: Element | None, name: str) -> str:
    found = None if parent is None else parent.find(w(name))
    return "" if found is None else found.get(w("val"), "")


def _paragraph_look(look: TextLook, properties: Element | None) -> TextLook:
    if properties is None:
        return look
    if level := _val(properties, "outlineLvl"):
        number = int(level)
        look = replace(look, heading=0 if number >= BODY_TEXT else min(number + 1, HEADINGS))
    if align := _val(properties, "jc"):
        look = replace(look, align="right" if align == "end" else align)
    broken = properties.find(w("pageBreakBefore"))
    return look if broken is None else replace(look, new_page=broken.get(w("val"), "1") not in OFF)


def _run_look(look: TextLook, properties: Element | None) -> TextLook:
    if properties is None:
        return look
    said: dict[str, Any] = {}
    for name, tag in MARKS.items():
        found = properties.find(w(tag))
        if found is not None:
            said[name] = found.get(w("val"), "1") not in OFF
    double = properties.find(w("dstrike"))
    if double is not None and double.get(w("val"), "1") not in OFF:
        said["struck"] = True
    if raised := _val(properties, "vertAlign"):
        said["raised"] = RAISED.get(raised, "")
    return replace(look, **said)
