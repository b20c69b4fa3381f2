"""What every answer over HTTP has or has not, whatever was asked (T8; see docs/asvs.md)."""

from pathlib import Path

import pytest
from kit.browser import TestClient
from kit.small_portal import portal


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_t8_the_method_trace_is_not_answered(client: TestClient, method: str) -> None:
    answer = client.request(method, "/inloggen", headers={"Cookie": "geheim=1", "Origin": "http://testserver"})
    assert answer.status_code in {403, 404, 405}
    assert "geheim" not in answer.text


@pytest.mark.parametrize("origin", ["https://kwaad.example", "null", "http://testserver"])
@pytest.mark.parametrize("path", ["/inloggen", "/healthz", "/mijn"])
def test_t8_no_other_site_may_read_an_answer(client: TestClient, path: str, origin: str) -> None:
    for method in ("GET", "OPTIONS"):
        headers = client.request(
            method, path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
        ).headers
        assert [name for name in headers if name.startswith("access-control-")] == []


def test_t8_styles_and_fonts_which_are_nobodys_may_be_read_by_a_frame_without_origin(client: TestClient) -> None:
    """The pages that a rehearsal shows stand in such a frame. No cookie is let along."""
    headers = client.get("/static/own/zaakspoor.css", headers={"Origin": "null"}).headers
    told = {name: text for name, text in headers.items() if name.startswith("access-control-")}
    assert told == {"access-control-allow-origin": "*"}
    assert "set-cookie" not in headers


def test_t8_browsers_come_by_https_for_a_year_on_every_name_below(tmp_path: Path) -> None:
    with portal(tmp_path, public_url="https://zaken.example.org") as app:
        for path in ("/inloggen", "/nergens", "/healthz", "/static/own/zaakspoor.css"):
            told = TestClient(app).get(path).headers["strict-transport-security"]
            assert told == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/inloggen", "text/html; charset=utf-8"),
        ("/nergens", "text/html; charset=utf-8"),
        ("/healthz", "text/plain; charset=utf-8"),
        ("/static/own/zaakspoor.css", "text/css; charset=utf-8"),
        ("/static/own/session.js", "text/javascript; charset=utf-8"),
    ],
)
def test_t8_a_page_says_what_it_is(client: TestClient, path: str, kind: str) -> None:
    assert client.get(path).headers["content-type"] == kind
