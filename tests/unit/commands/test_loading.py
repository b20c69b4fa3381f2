"""What a command loads: nobody waits for rooms that it does not enter. (How long it takes is a benchmark, `start-up`.)"""

import subprocess
import sys
from pathlib import Path

import pytest

from portal.commands import COMMANDS, main

ROOT = Path(__file__).parents[3]
RUN = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from portal.commands import main
main(sys.argv[1:])
"""
CASE_WORK = {"fastapi", "sqlalchemy", "alembic", "weasyprint", "dramatiq"}
PAGES = {"fastapi", "starlette", "uvicorn", "wtforms"}


def loaded_by(*words: str) -> set[str]:
    """The packages that are loaded when a command ends well, in a process of its own."""
    command = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize(
    ("words", "needed", "spared"),
    [
        (["--help"], {"typer"}, {*CASE_WORK, "engine", "SpiffWorkflow", "lxml", "structlog", "cryptography"}),
        (["lint", "bench/drawings/rondje"], {"typer", "engine", "lxml"}, CASE_WORK),
        (["lint", "bpmn/bezwaar", "--json"], {"typer", "engine", "lxml"}, CASE_WORK),
        (["worker", "--help"], {"typer", "sqlalchemy", "dramatiq"}, PAGES),
    ],
    ids=["help", "lint", "lint-json", "worker"],
)
def test_a_command_loads_what_it_needs_and_no_more(words: list[str], needed: set[str], spared: set[str]) -> None:
    found = loaded_by(*words)
    assert needed <= found
    assert not spared & found


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_of_the_table_is_there_and_says_what_the_table_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert COMMANDS[name].help in capsys.readouterr().out
