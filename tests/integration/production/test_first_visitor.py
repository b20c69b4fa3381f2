"""What is ready before the server takes its first visitor."""

from typing import Any

import pytest

from portal import app, serving
from portal.route_table import RouteTable
from processes.storage.services import Services


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_the_first_visitor_of_a_face_waits_for_no_routes(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    app._shared_routes.cache_clear()  # as in a new process
    told: list[Any] = []

    class Server:
        started = True

        def __init__(self, config: Any) -> None:
            told.append(config)

        def run(self) -> None:
            """The moment at which the first visitor may come."""

    monkeypatch.setattr(serving.uvicorn, "Server", Server)
    monkeypatch.setattr(serving, "close_services", lambda _services: None)
    monkeypatch.setattr(serving, "Background", lambda _services: type("Idle", (), {"stop": lambda _self: None})())
    serving.serve(services, "127.0.0.1", 1)
    tables = [one for one in told[0].app.router.routes if isinstance(one, RouteTable)]
    assert len(tables) > 5
    assert all("by_shape" in vars(one) for one in tables)
