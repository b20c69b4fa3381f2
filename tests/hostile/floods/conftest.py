"""Fixtures of floods: an installation with all faces and a case that waits for a department; its settings can be tightened."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from kit.desk import Desk, desk


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens the installation; once in a test."""
    with ExitStack() as opened:
        everything = ("citizen", "department", "workbench", "admin")
        yield lambda **settings: opened.enter_context(desk(tmp_path, faces=everything, **settings))
