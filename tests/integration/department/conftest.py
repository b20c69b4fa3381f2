from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.desk import Desk, desk


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as made:
        yield made
