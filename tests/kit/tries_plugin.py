"""Prints the tally of hostile tries at the end of a run, also of one that was shared among processes (-n)."""

from typing import Any

import pytest

from kit.tries import TALLY, lines_of

SENT = "hostile_tries"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of -n hands its tally to the one that prints."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[SENT] = [[*key, count] for key, count in TALLY.items()]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    for kind, column, count in getattr(node, "workeroutput", {}).get(SENT, ()):
        TALLY[kind, column] += count


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if TALLY:
        terminalreporter.section("hostile tries")
        for line in lines_of(TALLY):
            terminalreporter.write_line(line)
