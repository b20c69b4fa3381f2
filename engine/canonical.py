"""The one form in which a drawing is written, so that one changed setting is one changed line.

An editor in the browser writes the same drawing in another way each time: attributes, parts and the diagram come in another
order, and defaults go. In the canonical form namespaces, attributes and the diagram have a fixed order, settings that of the vocabulary,
and defaults of BPMN itself are left out. Other parts keep the order of the version before (`base`); new ones follow what they follow.
Comments stay; CDATA becomes plain text. `canonical(canonical(x)) == canonical(x)`.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from engine.kernel.reading.graph import BOUNDS, DIAGRAM
from engine.kernel.reading.settings import BPMN, inner_text, local, namespace
from engine.kernel.safe_xml import UnsafeXml, parse_xml
from engine.vocabulary import CASE, SHAPES

TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
PREFIXES: dict[str, str] = {
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "bpmn": BPMN,
    "bpmndi": DIAGRAM,
    "dc": BOUNDS,
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "case": CASE,
}
# attributes of BPMN and of the diagram; what is not here follows by name
WRITTEN = (
    "id", "name", "bpmnElement", "processRef", "isExecutable", "targetNamespace", "attachedToRef", "cancelActivity", "calledElement",
    "default", "messageRef", "signalRef", "errorRef", "errorCode", "associationDirection", "sourceRef", "targetRef", "isSequential",
    "isMarkerVisible", "isHorizontal", "isExpanded", "x", "y", "width", "height",
)  # fmt: skip
ORDER = {name: number for number, name in enumerate(WRITTEN)}
DEFAULTS = {
    ("cancelActivity", "true"),
    ("isInterrupting", "true"),
    ("isSequential", "false"),
    ("triggeredByEvent", "false"),
    ("isForCompensation", "false"),
    ("parallelMultiple", "false"),
    ("startQuantity", "1"),
    ("completionQuantity", "1"),
}
SIZES = frozenset({"x", "y", "width", "height"})
Key = tuple[str, str]


def canonical(drawing: bytes, base: bytes | None = None) -> bytes:
    """The drawing in its canonical form, in UTF-8; raises UnsafeXml. `base` that cannot be read counts as none."""
    root = _with_fixed_prefixes(parse_xml(drawing, comments=True))
    for element in list(root.iter("*")):
        _tidy(element)
    if base is not None:
        _as_before(root, base)
    _order_diagram(root)
    etree.indent(root, space="  ")
    root.tail = None
    written: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    return written.rstrip() + b"\n"


def _with_fixed_prefixes(old: etree._Element) -> etree._Element:
    for element in old.iter("*"):
        if element.get(TYPE):
            element.set(TYPE, _type_with_fixed_prefix(element))
    others = {prefix: space for prefix, space in old.nsmap.items() if prefix not in PREFIXES and prefix}
    kept = {prefix: space for prefix, space in others.items() if space not in PREFIXES.values()}
    root = etree.Element(
        old.tag, {str(key): str(value) for key, value in old.attrib.items()}, nsmap={**PREFIXES, **kept}
    )
    root.text = old.text
    root.extend(list(old))
    etree.cleanup_namespaces(root, keep_ns_prefixes=[*PREFIXES, *kept])
    return root


def _type_with_fixed_prefix(element: etree._Element) -> str:
    prefix, _, name = element.get(TYPE, "").rpartition(":")
    space = element.nsmap.get(prefix or None)
    fixed = next((known for known, uri in PREFIXES.items() if uri == space), prefix)
    return f"{fixed}:{name}" if fixed else name


def _tidy(element: etree._Element) -> None:
    """Attributes in order, no empty lines, no carrier of settings without a setting."""
    attributes = {str(key): str(value) for key, value in element.attrib.items() if (key, value) not in DEFAULTS}
    element.attrib.clear()
    for key in sorted(attributes, key=_rank(element)):
        element.set(key, _size(key, attributes[key]))
    if namespace(element) == CASE and local(element) in SHAPES:
        _tidy_setting(element)
    if not (element.text or "").strip() and (len(element) or namespace(element) != BPMN or local(element) != "text"):
        element.text = None
    for child in element:
        child.tail = (child.tail or "").strip() or None
    parent = element.getparent()
    if parent is not None and local(element) == "extensionElements" and not len(element) and not element.text:
        parent.remove(element)


def _rank(element: etree._Element) -> Callable[[str], tuple[int, str]]:
    shape = SHAPES.get(local(element)) if namespace(element) == CASE else None
    order = {key: number for number, key in enumerate(shape.attributes)} if shape else ORDER
    return lambda key: (order.get(key, len(order)), key)


def _tidy_setting(element: etree._Element) -> None:
    shape = SHAPES[local(element)]
    if shape.text:
        element.text = " ".join(inner_text(element).split())
        return
    places = {child: number for number, child in enumerate(shape.children)}
    texts = {name: number for number, name in enumerate(shape.translated)}

    def place(child: etree._Element) -> tuple[int, str, int]:
        """That of its kind; of translations then by language, in the order of the texts that they translate."""
        of = texts.get(str(child.get("of")), len(texts)) if _local(child) == "translation" else 0
        return places.get(_local(child), len(places)), str(child.get("lang")), of

    element[:] = sorted(element, key=place)


def _size(key: str, value: str) -> str:
    """A size without the fraction that some editors write: `100.0` is `100`."""
    whole, _, fraction = value.partition(".")
    return whole if key in SIZES and fraction and not fraction.strip("0") else value


# -- the order of the version before -----------------------------------------------------------------------------------


def _as_before(root: etree._Element, base: bytes) -> None:
    """Children in the order of the base; within settings the order says something, and stays."""
    try:
        before = parse_xml(base)
    except UnsafeXml:
        return
    known = {found.get("id"): found for found in before.iter("*") if found.get("id")}
    waiting = [(root, before)]
    while waiting:
        element, old = waiting.pop()
        if local(element) == "extensionElements":
            continue
        keys = dict(_keyed(element))
        was = dict(_keyed(old))
        element[:] = [keys[key] for key in _merged(list(keys), list(was))]
        for key, child in keys.items():
            same = was.get(key) if key[0] != "id" else known.get(key[1])
            if same is not None and len(child):
                waiting.append((child, same))


def _merged(now: list[Key], before: list[Key]) -> list[Key]:
    """The children of now, in the order of before; a new one comes right after what it comes after now."""
    present = set(now)
    order = [key for key in before if key in present]
    known = set(order)
    last: Key | None = None
    for key in now:
        if key not in known:
            order.insert(order.index(last) + 1 if last else 0, key)
        last = key
    return order


def _keyed(element: etree._Element) -> Iterator[tuple[Key, etree._Element]]:
    """Each child with what tells it from its siblings: its id, else its name with its text, and how often that came before."""
    seen: Counter[Key] = Counter()
    for child in element:
        key = (
            ("id", child.get("id", ""))
            if _local(child) and child.get("id")
            else (_local(child), (child.text or "").strip())
        )
        seen[key] += 1
        yield (key if seen[key] == 1 else (key[0], f"{key[1]} {seen[key]}")), child


def _local(child: etree._Element) -> str:
    return local(child) if isinstance(child.tag, str) else ""


def _order_diagram(root: etree._Element) -> None:
    """Shapes and lines in the order of what they draw; what draws nothing known comes last."""
    places = {
        element.get("id"): number for number, element in enumerate(root.iter(f"{{{BPMN}}}*")) if element.get("id")
    }
    for plane in root.iter(f"{{{DIAGRAM}}}BPMNPlane"):
        plane[:] = sorted(plane, key=lambda shape: places.get(shape.get("bpmnElement"), len(places)))
