"""Each class has a name of its own in the three packages, and each public docstring says what a thing is or does."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[3]
TREES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text())
    for package in ("engine", "processes", "portal")
    for path in sorted((ROOT / package).rglob("*.py"))
}


def test_no_class_name_is_given_twice():
    """Names with a leading underscore are of one module only, and may return in another."""
    places = defaultdict(list)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(f"{path}:{node.lineno}")
    assert len(places) > 400
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
