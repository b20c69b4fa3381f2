"""T3: every door of the workbench that hands out a file writes down who took it, and every page that is written down has a name."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from processes.reads.workbench.look_lines import PAGES

WORKBENCH: Final = Path(__file__).parents[3] / "portal/workbench"
FILES: Final = {"send_document", "show_document"}
WRITE: Final = {"saw", "saw_post", "fetched", "write_bundle_looks", "_opened"}  # the last one is of the post room
OF_NO_PERSON: Final = {"drawing.py", "figures.py"}  # drawings of a case type
SHOW: Final = {"show_page": 3, "saw": 2}  # which argument names the page


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in sorted(WORKBENCH.glob("*.py")):
        yield from ((path, one) for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.FunctionDef))


def calls(function: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for one in ast.walk(function):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
            yield one.func.id, one


def test_t3_every_file_of_the_workbench_is_written_down_when_it_is_taken() -> None:
    found = {(path.name, one.name): {name for name, _ in calls(one)} for path, one in functions()}
    sends = {place: names for place, names in found.items() if names & FILES and place[0] not in OF_NO_PERSON}
    assert len(sends) > 8
    assert [place for place, names in sends.items() if not names & WRITE] == []
    assert found["post_room.py", "_opened"] & WRITE


def test_t3_every_page_that_somebody_is_told_to_have_seen_has_a_name() -> None:
    """The list of who looked goes to citizens who ask for it: no word of ours stands in it."""
    named = {
        call.args[SHOW[name]].value
        for _, one in functions()
        for name, call in calls(one)
        if name in SHOW and len(call.args) > SHOW[name] and isinstance(call.args[SHOW[name]], ast.Constant)
    }
    assert len(named) > 20
    assert named - PAGES.keys() == set()
