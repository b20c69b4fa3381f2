"""Every answer to a hostile test is counted, and fails the test when it is a server error or shows a trace."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from kit.browser import TestClient
from kit.tries import TALLY, tried

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def counted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The kind under which the tries of this test are counted: its folder. A test without a request is one try."""
    kind = request.path.relative_to(HERE).parts[0]
    broken = request.node.get_closest_marker("broken_on_purpose") is not None
    asked, before = TestClient.request, TALLY[kind, "tries"]

    def watched(self: TestClient, method: str, address: str, **more: Any) -> httpx.Response:
        answer = asked(self, method, address, **more)
        tried(kind, answer, broken=broken)
        return answer

    monkeypatch.setattr(TestClient, "request", watched)
    yield kind
    if TALLY[kind, "tries"] == before:
        tried(kind)
