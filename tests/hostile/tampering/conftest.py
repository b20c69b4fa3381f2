"""The ground on which forgeries are tried, on each kind of database."""

from collections.abc import Callable

import pytest
from tampered_ground import Ground, fill, ground_of

from processes.storage.services import Services


@pytest.fixture
def ground(installed: Callable[..., Services]) -> Ground:
    return ground_of(installed(fill))
