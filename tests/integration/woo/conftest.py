"""Fixtures of the Woo request: a house on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from woo_house import Request, open_woo_house

from processes.house import House
from processes.opening import close_house


@pytest.fixture
def house(database: str, tmp_path: Path) -> Iterator[House]:
    opened = open_woo_house(database, tmp_path)
    yield opened
    close_house(opened)


@pytest.fixture
def asked(house: House) -> Request:
    """A request that just came in."""
    return Request.made(house)
