"""A field of several lines is read with its lines: `text`, never `one`, which folds them."""

import re
from pathlib import Path

PORTAL = Path(__file__).parents[3] / "portal"
TEXTAREA = re.compile(r'f\.textarea\((?:name ~ )?"?([\w-]+)"?(.*)\)')
TEMPLATES = {str(path.relative_to(PORTAL)): path.read_text() for path in PORTAL.rglob("*.html")}


def textareas() -> list[tuple[str, str, str]]:
    """Template, name of the field, and the rest of the call."""
    return [(where, *found.groups()) for where, page in TEMPLATES.items() for found in TEXTAREA.finditer(page)]


def test_a_text_is_shown_again_with_its_lines() -> None:
    assert len(textareas()) > 12
    assert [where for where, _, rest in textareas() if ".one(" in rest] == []


def test_a_text_is_taken_with_its_lines() -> None:
    # `field` and `name` are variables; elsewhere the others are also the name of a field of one line
    names = {name.rstrip("-") for _, name, _ in textareas()} - {"field", "name", "reason", "address", "label"}
    assert {"text", "remark", "text-note", "text-reply"} <= names
    read = "|".join(sorted(map(re.escape, names)))
    folded = re.compile(rf"""\.one\(f?["'](?:{read})[-"']""")
    assert [path.name for path in PORTAL.rglob("*.py") if folded.search(path.read_text())] == []
