"""Each class has a name of its own in the three packages, and each public docstring says what a thing is or does."""

import ast
from collections import defaultdict
from collections.abc import Iterator
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


RIDDLES = {"as", "of", "what", "who"}  # a docstring that begins so leaves the thing itself unnamed


def test_no_docstring_begins_with_a_riddle():
    """The first word of each docstring, of private functions too, is not one of the four."""
    told = list(_docstrings())
    assert len(told) > 1500
    assert [place for place, text in told if text.split(maxsplit=1)[0].strip(",.:;").lower() in RIDDLES] == []


def _docstrings() -> Iterator[tuple[str, str]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            named = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            if named and (text := ast.get_docstring(node)):
                yield f"{path}:{getattr(node, 'lineno', 1)} {getattr(node, 'name', '')}", text


def test_no_module_of_the_tests_has_the_name_of_another():
    """Of two modules with one name in folders that are no packages the second cannot be collected."""
    places = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.name != "conftest.py" and not (path.parent / "__init__.py").exists():
            places[path.name].append(str(path.relative_to(ROOT)))
    assert len(places) > 400
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
