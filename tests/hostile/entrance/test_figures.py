"""T6: the port of a worker or clock process answers inside only."""

import pytest
from kit.running import heard, line_to
from kit.tries import tried

from portal.figures import FiguresServer
from processes.base.settings import Settings


@pytest.mark.parametrize(("networks", "inside"), [((), True), (("127.0.0.0/8",), True), (("192.0.2.0/24",), False)])
def test_t6_the_figures_of_a_worker_are_told_inside_only(networks: tuple[str, ...], inside: bool, counted: str) -> None:
    server = FiguresServer(Settings(inside_networks=networks), 0)
    server.begin()
    try:
        with line_to(server.server_port) as line:
            line.sendall(b"GET /metrics HTTP/1.1\r\nHost: worker\r\nConnection: close\r\n\r\n")
            answer = heard(line)
    finally:
        server.shutdown()
        server.server_close()
    tried(counted)
    assert answer.startswith(b"HTTP/1.0 200") is inside
    assert bool(answer) is inside
