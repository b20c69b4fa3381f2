"""A database of each earlier release, on each kind of server."""

from pathlib import Path

import pytest
from kept_release import NAMES, Kept, load


@pytest.fixture(params=NAMES)
def kept(request: pytest.FixtureRequest, empty_database: str, tmp_path: Path) -> Kept:
    """As the release left it, at its own schema."""
    return load(request.param, empty_database, tmp_path)
