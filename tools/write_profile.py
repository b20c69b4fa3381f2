"""The tables of docs/bpmn-profile.md: the vocabulary of drawings in, the part of the document between two marks out.

Run it after a change of `engine/vocabulary/`: `python -m tools.write_profile`. A test compares the document with what this makes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from engine.vocabulary import ACTIVITIES, EVENTS, GATEWAYS, NODES, SHAPES, Attribute, KindName, Shape

TARGET: Final = Path(__file__).parents[1] / "docs" / "bpmn-profile.md"
BEGIN: Final = "<!-- from engine/vocabulary by tools/write_profile.py: begin -->"
END: Final = "<!-- end of what tools/write_profile.py writes -->"
KINDS: Final = {
    KindName.TEXT: "text",
    KindName.CODE: "code",
    KindName.PLACE: "code, or a word",
    KindName.PROCESS: "process id",
    KindName.FLAG: "`true` or `false`",
    KindName.NUMBER: "whole number",
    KindName.DURATION: "duration",
    KindName.DAYS: "duration in days",
    KindName.EXPRESSION: "*expr*",
    KindName.CONDITION: "*expr*",
    KindName.COMMAS: "texts, with commas",
    KindName.CHOICE: "word",
}
GROUPS: Final = (
    (NODES, "every flow node"),
    (ACTIVITIES, "every activity"),
    (EVENTS, "every event"),
    (GATEWAYS, "every gateway"),
)


def whole(document: str) -> str:
    """The document with the tables of today between the marks; raises ValueError without them."""
    before, _, rest = document.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{TARGET.name} has no part between the marks")
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


def tables() -> str:
    return "\n\n".join(_setting(name, shape) for name, shape in SHAPES.items())


def _setting(name: str, shape: Shape) -> str:
    inside = f" Inside it: {_codes(shape.children)}." if shape.children else ""
    either = f" Exactly one of {_codes(shape.exactly_one)}." if shape.exactly_one else ""
    head = (
        f"**`case:{name}`** ({shape.label}; page {shape.group}), {_places(name, shape)}.{inside}{either} {shape.help}"
    )
    if not shape.attributes:
        return head
    lines = ["| attribute | takes | when absent | on the page | what people see |", "|---|---|---|---|---|"]
    return "\n".join([head, "", *lines, *(_row(key, one) for key, one in shape.attributes.items())])


def _places(name: str, shape: Shape) -> str:
    hosts, places = set(shape.hosts), []
    for group, words in GROUPS:
        if hosts >= group:
            hosts -= group
            places.append(words)
    places += [f"`{host}`" for host in sorted(hosts)]
    places += [f"in `case:{parent}`" for parent, other in SHAPES.items() if name in other.children]
    return f"on {', '.join(places)}" if shape.hosts else ", ".join(places)


def _row(key: str, attribute: Attribute) -> str:
    absent = "refused" if attribute.required else f"`{attribute.default}`" if attribute.default else ""
    return f"| `{key}` | {_takes(attribute)} | {absent} | {attribute.label} | {attribute.help} |"


def _takes(attribute: Attribute) -> str:
    several = ", several with spaces" if attribute.kind.many else ""
    options = f": {_codes(attribute.options)}" if attribute.options else ""
    return f"{KINDS[attribute.kind.name]}{several}{options}"


def _codes(words: Iterator[str] | tuple[str, ...]) -> str:
    return " ".join(f"`{word}`" for word in words)


def main() -> None:
    TARGET.write_text(whole(TARGET.read_text(encoding="utf-8")), encoding="utf-8")
    print(TARGET)


if __name__ == "__main__":
    main()
