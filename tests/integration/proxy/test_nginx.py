"""T6: the proxy that production needs, with the nginx of Debian and the configuration of docs/nginx.conf."""

import re
import socket
import ssl
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.business_time import FixedClock
from kit.installation import installation
from kit.people import NOOR, signed_in
from kit.proxy import NAME, Proxy, nginx
from kit.running import heard, running
from kit.waiting import until

from portal.security.sessions import STREAM, cookie_name
from portal.serving import server_config
from processes.storage.services import Services

TOKEN = "a" * 43
REQUEST = "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """An installation as in production."""
    production = {"production": True, "public_url": f"https://{NAME}", "trusted_proxies": ("127.0.0.1",)}
    with installation(tmp_path_factory.mktemp("web"), clock=FixedClock(), **production) as opened:
        yield opened


@pytest.fixture(scope="module")
def proxy(services: Services) -> Iterator[Proxy]:
    """In front of that installation."""
    with (
        running(server_config(services, "127.0.0.1", 0)) as port,
        tempfile.TemporaryDirectory(prefix="zs-nginx-") as folder,
        nginx(Path(folder), port) as made,
    ):
        yield made


def asked(proxy: Proxy, path: str, host: str = NAME, method: str = "GET", more: str = "", body: bytes = b"") -> str:
    """The whole answer over TLS."""
    context = ssl.create_default_context(cafile=str(proxy.certificate))
    with (
        socket.create_connection(("127.0.0.1", proxy.https), timeout=60) as plain,
        context.wrap_socket(plain, server_hostname=NAME) as line,
    ):
        line.sendall(REQUEST.format(method=method, path=path, host=host, more=more).encode() + body)
        return whole(line).decode(errors="replace")


def whole(line: socket.socket) -> bytes:
    """The answer up to its length: after a refusal nginx stays on the line for some seconds."""
    seen = b""
    while piece := line.recv(65536):
        seen += piece
        head, _, body = seen.partition(b"\r\n\r\n")
        if (length := re.search(rb"content-length: (\d+)", head.lower())) and len(body) >= int(length[1]):
            break
    return seen


def status_of(answer: str) -> int:
    return int(answer.split(" ", 2)[1]) if answer else 0


def test_t6_pages_come_through_with_the_headers_of_the_program(proxy: Proxy) -> None:
    answer = asked(proxy, "/uitgelogd")
    head = answer.partition("\r\n\r\n")[0].lower()
    assert status_of(answer) == 200
    assert "strict-transport-security: max-age=31536000" in head
    assert "content-security-policy: " in head
    assert head.count("x-content-type-options") == 1
    assert "nginx/" not in head


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        ("/metrics", "", 404),
        ("/readyz", "", 404),
        ("/metrics", "X-Forwarded-For: 127.0.0.1\r\n", 404),
        ("/healthz", "", 200),
        ("/uitgelogd", "X-Forwarded-Proto: http\r\nX-Forwarded-Host: boef.example\r\nForwarded: proto=http\r\n", 200),
        ("/werk%00", "", 400),
        ("/inloggen?terug=%00", "", 400),
    ],
)
def test_t6_what_a_visitor_writes_in_headers_changes_nothing(proxy: Proxy, path: str, more: str, status: int) -> None:
    assert status_of(asked(proxy, path, more=more)) == status


def test_t6_another_name_gets_no_answer(proxy: Proxy) -> None:
    assert asked(proxy, "/uitgelogd", host="boef.example") == ""


def test_t6_http_leads_to_our_own_name(proxy: Proxy) -> None:
    with socket.create_connection(("127.0.0.1", proxy.http), timeout=60) as line:
        line.sendall(f"GET /mijn?a=b HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        answer = heard(line).decode()
    assert status_of(answer) == 301
    assert f"Location: https://{NAME}/mijn?a=b" in answer


def test_w4_a_live_counter_passes_through_at_once(proxy: Proxy, services: Services) -> None:
    cookie = f"{cookie_name(services.settings, NOOR.kind)}={signed_in(services, NOOR).cookie}"
    context = ssl.create_default_context(cafile=str(proxy.certificate))
    with (
        socket.create_connection(("127.0.0.1", proxy.https), timeout=60) as plain,
        context.wrap_socket(plain, server_hostname=NAME) as line,
    ):
        more = f"Accept: text/event-stream\r\nCookie: {cookie}\r\n"
        line.sendall(REQUEST.format(method="GET", path=STREAM, host=NAME, more=more).encode())
        seen = b""
        while b'data: {"messages": 0, "news": 0}' not in seen:  # a proxy that gathers the answer never gets here
            seen += line.recv(65536)
    assert b"text/event-stream" in seen


def refuses_old(proxy: Proxy) -> bool:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_verify_locations(proxy.certificate)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", proxy.https)) as plain:
        try:
            context.wrap_socket(plain, server_hostname=NAME).close()
        except ssl.SSLError as error:
            return error.reason == "TLSV1_ALERT_PROTOCOL_VERSION"
    return False


def test_t6_old_tls_is_refused(proxy: Proxy) -> None:
    assert refuses_old(proxy)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_t6_current_tls_is_spoken(proxy: Proxy, version: ssl.TLSVersion) -> None:
    context = ssl.create_default_context(cafile=str(proxy.certificate))
    context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", proxy.https)) as plain,
        context.wrap_socket(plain, server_hostname=NAME) as line,
    ):
        assert line.cipher()[0].endswith(("SHA384", "SHA256"))  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "megabytes", "status"), [("/inloggen", 4, 413), ("/verzoek/" + TOKEN + "/aanleveren", 4, 404)]
)
def test_t6_bodies_are_as_large_as_the_forms_of_the_path(proxy: Proxy, path: str, megabytes: int, status: int) -> None:
    size = megabytes * 1_000_000
    more = f"Origin: https://{NAME}\r\nContent-Type: text/plain\r\nContent-Length: {size}\r\n"
    assert status_of(asked(proxy, path, method="POST", more=more, body=b"x" * size)) == status


def test_t6_no_log_holds_a_link(proxy: Proxy) -> None:
    asked(proxy, f"/verzoek/{TOKEN}?x={TOKEN}", more=f"Referer: https://{NAME}/verzoek/{TOKEN}\r\n")
    asked(proxy, f"/inloggen/terug?code={TOKEN}&state={TOKEN}")
    asked(
        proxy, f"/uitloggen/{TOKEN}", method="POST", more="Content-Length: 99000000\r\n"
    )  # nginx itself refuses this one
    assert " GET /verzoek 404 " in proxy.logged
    assert until(lambda: " POST /uitloggen 413 " in proxy.logged)  # written when nginx has left the line
    assert TOKEN not in proxy.logged
    assert TOKEN not in (proxy.folder / "start.log").read_text()
