from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.browser import TestClient
from kit.small_portal import portal


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with portal(tmp_path) as app:
        yield TestClient(app)
