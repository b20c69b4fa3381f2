"""A drawing as the bytes that it is, with the place of every element in them, so that an edit touches nothing else.

`read_source` gives the tree; the functions give new bytes, in which all but what they were asked for is as it was:
other attributes, spaces, comments and the diagram too. What they write has the canonical form (`engine.canonical`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from engine.kernel.reading.settings import BPMN
from engine.kernel.safe_xml import as_utf8, parse_xml
from engine.vocabulary import CASE

ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
START_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
STEP = b"  "


@dataclass(slots=True, eq=False)
class SourceElement:
    """One element. In bytes: it stands from `start` to `end`, and its start tag ends at `inner`; `close` is where its end tag
    begins, or `end` when it has none (`empty`). `attributes`: by local name, of attributes without a namespace. `declared`:
    the namespaces that its start tag declares, by prefix.
    """

    space: str
    name: str
    prefix: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    parent: "SourceElement | None" = None
    close: int = 0
    end: int = 0
    empty: bool = False
    text: str = ""
    declared: Mapping[str, str] = field(default_factory=dict)
    children: list["SourceElement"] = field(default_factory=list)

    def walk(self) -> Iterator["SourceElement"]:
        """The element and all within it, in the order of the file."""
        waiting = [self]
        while waiting:
            at = waiting.pop()
            yield at
            waiting += reversed(at.children)

    def of(self, space: str, name: str) -> list["SourceElement"]:
        return [child for child in self.children if (child.space, child.name) == (space, name)]


def read_source(drawing: bytes) -> tuple[bytes, SourceElement]:
    """The drawing in UTF-8 and its root; raises UnsafeXml when it is no XML that may be read."""
    data = as_utf8(drawing)
    parse_xml(data)
    return data, _tree(data)


def _tree(data: bytes) -> SourceElement:
    parser = expat.ParserCreate("UTF-8", " ")
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = True
    open_elements: list[SourceElement] = []
    roots: list[SourceElement] = []

    declared: dict[str, str] = {}  # by the next start tag

    def begin(name: str, attributes: list[str]) -> None:
        nonlocal declared
        at = parser.CurrentByteIndex
        tag = START_TAG.match(data, at)
        inner = tag.end() if tag else at
        parent = open_elements[-1] if open_elements else None
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        element = SourceElement(
            *_parts(name), {key: value for key, value in pairs.items() if " " not in key}, at, inner, parent
        )
        element.declared, declared = declared, {}
        (parent.children if parent else roots).append(element)
        open_elements.append(element)

    def finish(_name: str) -> None:
        element, at = open_elements.pop(), parser.CurrentByteIndex
        element.empty = data[element.inner - 2 : element.inner] == b"/>"
        element.close = element.end = element.inner if element.empty else at
        if not element.empty:
            element.end = data.index(b">", at) + 1

    def declare(prefix: str | None, space: str | None) -> None:
        declared[prefix or ""] = space or ""

    def words(text: str) -> None:
        if open_elements:
            open_elements[-1].text += text

    parser.StartNamespaceDeclHandler = declare
    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = words
    parser.Parse(data, True)
    return roots[0]


def _parts(name: str) -> tuple[str, str, str]:
    """Namespace, local name and prefix of a name as expat tells it: three words, two without a prefix, or one."""
    words = name.split(" ")
    return (words[0], words[1], words[2] if words[2:] else "") if words[1:] else ("", name, "")


# -- what is written ---------------------------------------------------------------------------------------------------


def in_attribute(value: str) -> bytes:
    marks = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    return "".join(marks.get(letter, letter) for letter in value).encode()


def in_text(value: str) -> bytes:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def tag_name(prefix: str, name: str) -> bytes:
    return (f"{prefix}:{name}" if prefix else name).encode()


# -- what is changed ---------------------------------------------------------------------------------------------------


def with_attributes(
    data: bytes, element: SourceElement, values: Mapping[str, str | None], order: Sequence[str]
) -> bytes:
    """The element with these values, without the attributes that get None. A new one stands where `order` has it."""
    tag = data[element.start : element.inner]
    for name, value in values.items():
        if element.attributes.get(name) != value:
            tag = _tag_with(tag, name, value, order)
    return data[: element.start] + tag + data[element.inner :]


def _tag_with(tag: bytes, name: str, value: str | None, order: Sequence[str]) -> bytes:
    found = {match[1].decode(): match for match in ATTRIBUTE.finditer(tag)}
    there = found.get(name)
    if value is None:
        return tag[: there.start()] + tag[there.end() :] if there else tag
    if there:
        return tag[: there.start(2)] + b'"' + in_attribute(value) + b'"' + tag[there.end(2) :]
    earlier = set(order[: order.index(name)]) if name in order else set(found)
    begin = re.match(rb"<[^\s/>]+", tag)
    at = max((match.end() for key, match in found.items() if key in earlier), default=begin.end() if begin else 1)
    return tag[:at] + b" " + name.encode() + b'="' + in_attribute(value) + b'"' + tag[at:]


def with_text(data: bytes, element: SourceElement, text: str) -> bytes:
    """The element with this text in the place of all that it held."""
    if not element.empty:
        return data[: element.inner] + in_text(text) + data[element.close :]
    tag = tag_name(element.prefix, element.name)
    opened = data[element.start : element.inner - 2].rstrip() + b">"
    return data[: element.start] + opened + in_text(text) + b"</" + tag + b">" + data[element.end :]


def with_child(data: bytes, parent: SourceElement, child: bytes, after: SourceElement | None) -> bytes:
    """The element with one more child, on lines of its own: right after `after`, or first. `child` may hold lines, of
    which all but the first are indented from the margin of the child.
    """
    margin = _margin_of_children(data, parent)
    lines = b"\n".join(margin + line for line in child.split(b"\n"))
    if parent.empty:
        opened = data[parent.start : parent.inner - 2].rstrip() + b">"
        closed = b"</" + tag_name(parent.prefix, parent.name) + b">"
        inside = b"\n" + lines + b"\n" + _margin(data, parent)
        return data[: parent.start] + opened + inside + closed + data[parent.end :]
    at = after.end if after else parent.inner
    rest = data[at:] if parent.children else b"\n" + _margin(data, parent) + data[parent.close :]
    return data[:at] + b"\n" + lines + rest


def replaced(data: bytes, element: SourceElement, words: bytes) -> bytes:
    """Something else in the place of the element."""
    return data[: element.start] + words + data[element.end :]


def without(data: bytes, element: SourceElement) -> bytes:
    """The drawing without the element and its line; a parent that it leaves empty is closed, or goes too when it only
    carried settings.
    """
    parent = element.parent
    if parent is not None and parent.children == [element] and not parent.text.strip():
        if (parent.space, parent.name) == (BPMN, "extensionElements"):
            return without(data, parent)
        return data[: parent.inner - 1] + b"/>" + data[parent.end :]
    return data[: line_start(data, element)] + data[element.end :]


def moved(data: bytes, element: SourceElement, at: int) -> bytes:
    """The element, with the line that it stands on, at another place: the start of the line of a sibling, or its end."""
    begin = line_start(data, element)
    words = data[begin : element.end]
    if at <= begin:
        return data[:at] + words + data[at:begin] + data[element.end :]
    return data[:begin] + data[element.end : at] + words + data[at:]


def line_start(data: bytes, element: SourceElement) -> int:
    """Where the line of the element begins, its line break included; where it begins itself when it shares its line."""
    before = data[: element.start].rstrip(b" \t")
    if not before.endswith(b"\n"):
        return element.start
    return len(before) - (2 if before.endswith(b"\r\n") else 1)


def _margin(data: bytes, element: SourceElement) -> bytes:
    """The spaces before the element on its line; none when something else stands there."""
    begin = data.rfind(b"\n", 0, element.start) + 1
    before = data[begin : element.start]
    return before if not before.strip() else b""


def _margin_of_children(data: bytes, parent: SourceElement) -> bytes:
    return _margin(data, parent.children[0]) if parent.children else _margin(data, parent) + STEP


def case_prefix(root: SourceElement, data: bytes) -> tuple[bytes, str]:
    """The drawing in which settings may be written, and the prefix for them: declared at the root when it was not."""
    known = next((prefix for prefix, space in root.declared.items() if space == CASE and prefix), None)
    if known:
        return data, known
    at = root.inner - (2 if root.empty else 1)
    return data[:at].rstrip() + f' xmlns:case="{CASE}"'.encode() + data[at:], "case"
