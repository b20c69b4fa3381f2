"""T1 and T2 at the entrance: NUL, another host, http without TLS, headers of proxies that are not ours, and what is for inside."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from kit.browser import ORIGIN, Browser, TestClient
from kit.people import FENNA, NOOR, TESS
from kit.small_portal import csrf_without_session, portal
from kit.tries import tried

from portal.security.client import client_of
from processes.base.settings import Settings
from processes.storage.services import Services

NAME = "zaken.voorbeeldstad.example"
PROXY = "10.0.0.9"
PRODUCTION = {"production": True, "public_url": f"https://{NAME}", "trusted_proxies": (PROXY,)}
BY_PROXY = {"Host": NAME, "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
FORM = "application/x-www-form-urlencoded"
MULTIPART = b'--g\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n--g--\r\n'


@contextmanager
def coming(folder: Path, peer: str, **settings: Any) -> Iterator[TestClient]:
    """A browser or proxy at this address."""
    with portal(folder, **settings) as app:
        client = TestClient(app)
        client.comes_from(peer)
        yield client


# -- NUL ----------------------------------------------------------------------------------------------------------


ADDRESSES = [
    "/%00", "/werk%00", "/werk/zaken?zoek=a%00b", "/werk/zaken?%00=a", "/werk/zaken/{number}%00", "/werk/zaken/{number}/%00",
    "/werk/taken/a%00", "/werk/nieuw/%00", "/werk/nieuw/bezwaar?main_case=%00", "/beheer/zaaktypen/%00", "/beheer?opnieuw=%00",
    "/beheer/wettelijke-termijnen/regel/%00/%00", "/mijn/zaken/{number}%00", "/mijn/nieuw/bezwaar%00", "/verzoek/%00",
    "/verzoek/" + "a" * 42 + "%00", "/inloggen?terug=/%00", "/inloggen/terug?state=%00&code=%00", "/static/%00",
    "/sessie/verder?soort=%00", "/uitgelogd?%00",
]  # fmt: skip


def test_t2_nul_in_an_address_is_refused_in_one_place(services: Services) -> None:
    browsers = [Browser(services, who) for who in (NOOR, FENNA, TESS, None)]
    answers = [
        (address, browser.status(address.format(number="BZW-2026-000001")))
        for browser in browsers
        for address in ADDRESSES
    ]
    assert [one for one in answers if one[1] != 400] == []


@pytest.mark.parametrize("headers", [{"Cookie": 'zaakspoor-staff="a\\000b"'}, {"X-Correlation-ID": "a\0b"}])
def test_t2_nul_in_a_header_is_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    with portal(tmp_path) as app:
        assert TestClient(app).get("/inloggen", headers=headers).status_code == 400


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/proef/veld", FORM, b"tekst=a%00b"),
        ("/proef/veld", FORM, b"tekst=a\0b"),
        ("/proef/veld", FORM, b"te%00kst=ab"),
        ("/proef/bestand", "multipart/form-data; boundary=g", MULTIPART % (b"tekst", b"a\0b")),
        ("/proef/bestand", "multipart/form-data; boundary=g", MULTIPART % (b"te\0kst", b"ab")),
    ],
)
def test_t2_nul_in_a_form_is_refused_with_a_page(tmp_path: Path, path: str, kind: str, body: bytes) -> None:
    with portal(tmp_path) as app:
        answer = TestClient(app).send(path, body, kind)
    assert (answer.status_code, "<h1" in answer.text) == (400, True)


@pytest.mark.parametrize("target", ["*", "verzoek", "http:", ""])
@pytest.mark.parametrize("method", ["OPTIONS", "POST", "GET"])
def test_t2_a_target_that_is_no_path_is_refused_as_anything_else(
    tmp_path: Path, target: str, method: str, counted: str
) -> None:
    """`OPTIONS *` is allowed by HTTP; no browser asks it, and the log names the first part of a path."""
    scope = {"type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": target, "query_string": b"",
             "raw_path": target.encode(), "headers": [(b"host", b"testserver")], "client": ("192.0.2.7", 1)}  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    with portal(tmp_path) as app:
        asyncio.run(app(scope, receive, send))
    head = dict(sent[0]["headers"])
    assert (sent[0]["status"], head[b"x-frame-options"]) == (400, b"DENY")
    tried(counted)


# -- host, https and proxies ----------------------------------------------------------------------------------------

REQUESTS = {
    "as the proxy passes it on": (PROXY, BY_PROXY, 200),
    "with the port of https": (PROXY, {**BY_PROXY, "Host": f"{NAME}:443"}, 200),
    "in capitals": (PROXY, {**BY_PROXY, "Host": NAME.upper()}, 200),
    "another host": (PROXY, {**BY_PROXY, "Host": "boef.example"}, 421),
    "our host with something before it": (PROXY, {**BY_PROXY, "Host": f"boef.{NAME}"}, 421),
    "another port": (PROXY, {**BY_PROXY, "Host": f"{NAME}:8443"}, 421),
    "no host": (PROXY, {**BY_PROXY, "Host": ""}, 421),
    "another host, told by a header": (PROXY, {**BY_PROXY, "Host": "boef.example", "X-Forwarded-Host": NAME}, 421),
    "http that the proxy saw": (PROXY, {**BY_PROXY, "X-Forwarded-Proto": "http"}, 403),
    "no word about https": (PROXY, {"Host": NAME, "X-Forwarded-For": "192.0.2.7"}, 403),
    "straight to the program": ("192.0.2.7", {"Host": NAME}, 403),
    "straight, with the headers of a proxy": ("192.0.2.7", BY_PROXY, 403),
    "straight, from the machine itself": ("127.0.0.1", BY_PROXY, 403),
}  # fmt: skip


@pytest.mark.parametrize(("peer", "headers", "status"), REQUESTS.values(), ids=REQUESTS.keys())
def test_t6_production_answers_only_https_through_its_proxy_under_its_name(
    tmp_path: Path, peer: str, headers: dict[str, str], status: int
) -> None:
    with coming(tmp_path, peer, **PRODUCTION) as client:
        assert client.get("/uitgelogd", headers=headers).status_code == status


def test_t6_outside_production_any_name_may_be_used(tmp_path: Path) -> None:
    with portal(tmp_path) as app:
        assert TestClient(app).get("/uitgelogd", headers={"Host": "zaken.test:8000"}).status_code == 200


@pytest.mark.parametrize("address", ["/inloggen/", "/mijn/", "/werk/", "/beheer/", "/demo/", "/verzoek/", "/healthz/"])
def test_t6_no_answer_leads_to_the_host_that_somebody_wrote(tmp_path: Path, address: str) -> None:
    with portal(tmp_path, faces=("citizen", "department", "workbench", "admin"), demo=True) as app:
        answer = TestClient(app).get(address, headers={"Host": "boef.example"}, follow_redirects=False)
    assert answer.status_code == 404
    assert "boef.example" not in answer.text + str(answer.headers)


TOLD = {
    "nobody between": ("192.0.2.7", {}, "192.0.2.7"),
    "our proxy": (PROXY, {"x-forwarded-for": "192.0.2.7"}, "192.0.2.7"),
    "two of ours": (PROXY, {"x-forwarded-for": f"192.0.2.7, {PROXY}"}, "192.0.2.7"),
    "the visitor wrote another before it": (PROXY, {"x-forwarded-for": "10.9.9.9, 192.0.2.7"}, "192.0.2.7"),
    "no proxy of ours": ("192.0.2.7", {"x-forwarded-for": "127.0.0.1"}, "192.0.2.7"),
    "with a port": (PROXY, {"x-forwarded-for": "192.0.2.7:4711"}, "192.0.2.7"),
    "IPv6 with a port": (PROXY, {"x-forwarded-for": "[2001:db8::7]:4711"}, "2001:db8::7"),
    "an IPv4 visitor on an IPv6 socket": ("::ffff:192.0.2.7", {}, "192.0.2.7"),
    "nonsense": (PROXY, {"x-forwarded-for": "onbekend"}, "None"),
    "only our proxies": (PROXY, {"x-forwarded-for": PROXY}, PROXY),
    "a zone, which can be any text": (PROXY, {"x-forwarded-for": "fe80::1%<script>" + "a" * 500}, "fe80::1"),
    "a zone of the socket": ("fe80::1%eth0", {}, "fe80::1"),
    "a zone on a mapped address": (PROXY, {"x-forwarded-for": "::ffff:192.0.2.7%eth0"}, "192.0.2.7"),
}


@pytest.mark.parametrize(("peer", "headers", "visitor"), TOLD.values(), ids=TOLD.keys())
def test_t1_the_address_of_the_visitor_is_what_our_proxies_tell(
    peer: str, headers: dict[str, str], visitor: str
) -> None:
    written = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "client": (peer, 1), "scheme": "http", "headers": written}
    assert str(client_of(scope, Settings(trusted_proxies=(PROXY,))).address) == visitor


# -- what is for inside --------------------------------------------------------------------------------------------

INSIDE = {
    "this machine": ("127.0.0.1", {}, (), True),
    "a private network": ("172.18.0.4", {}, (), True),
    "IPv6 of this machine": ("::1", {}, (), True),
    "the internet": ("192.0.2.7", {}, (), False),
    "the internet by our proxy": (PROXY, {"X-Forwarded-For": "192.0.2.7"}, (), False),
    "inside by our proxy": (PROXY, {"X-Forwarded-For": "10.1.2.3"}, (), True),
    "by a proxy that nobody told us of": ("10.0.0.8", {"X-Forwarded-For": "192.0.2.7"}, (), False),
    "the internet by our proxy, which does not say for whom": (PROXY, {"X-Forwarded-Proto": "https"}, (), False),
    "by a proxy that names itself only": ("10.0.0.8", {"Via": "1.1 voorpost"}, (), False),
    "by a proxy with a header of its own": ("127.0.0.1", {"X-Real-IP": "192.0.2.7"}, (), False),
    "by a proxy with the header of the standard": ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, (), False),
    "who says to be inside": ("192.0.2.7", {"X-Forwarded-For": "127.0.0.1"}, (), False),
    "a network of the settings": ("192.0.2.7", {}, ("192.0.2.0/24",), True),
    "not one of the settings": ("127.0.0.1", {}, ("192.0.2.0/24",), False),
}  # fmt: skip


@pytest.mark.parametrize(("peer", "headers", "networks", "inside"), INSIDE.values(), ids=INSIDE.keys())
def test_t6_figures_and_states_are_told_inside_only(
    tmp_path: Path, peer: str, headers: dict[str, str], networks: tuple[str, ...], inside: bool
) -> None:
    with coming(tmp_path, peer, trusted_proxies=(PROXY,), inside_networks=networks) as client:
        figures = client.get("/metrics", headers=headers)
        state = client.get("/readyz", headers=headers)
        assert ("zaakspoor_" in figures.text) is inside
        assert figures.status_code == (200 if inside else 404)
        assert bool(state.json()) is inside


def test_t6_the_orchestrator_asks_production_for_its_state_without_a_proxy(tmp_path: Path) -> None:
    with coming(tmp_path, "172.18.0.1", **PRODUCTION) as client:
        answers = [client.get(path, headers={"Host": "web:8000"}).status_code for path in ("/healthz", "/metrics", "/")]
    assert answers == [200, 200, 421]


def test_a_form_is_still_taken_as_it_is(tmp_path: Path) -> None:
    with portal(tmp_path) as app:
        client = TestClient(app)
        data = {"csrf": csrf_without_session(client, "/proef/veld"), "tekst": "50% van \\000 en\nnog een regel"}
        answer = client.post("/proef/veld", data=data, headers=ORIGIN)
        assert answer.json()["fields"]["tekst"] == [data["tekst"]]
