"""C18: what goes compressed, in which coding, and what never does (T8: what length would tell)."""

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.browser import TestClient, token_of
from kit.small_portal import csrf_without_session, sign_in
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

import portal.assets
from portal.assets import FOREVER, PACKED, STATIC, VersionedFiles
from portal.codings import accepted
from portal.compression import Compression
from portal.security.masks import masked, unmasked

BOTH = ("br", "gzip")
SHEET = "/static/built/design-system.css"
PAGE = "<p>" + "bezwaar " * 200 + "</p>"


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("GZIP", "gzip"), ("br;q=0, gzip", "gzip"), ("", ""), ("identity", ""),
        ("*", "br"), ("br;q=0, *;q=0.5", "gzip"), ("*;q=0", ""), ("gzip;q=veel", ""), ("gzip;q=0.001", "gzip"), (", ,", ""),
    ],
)  # fmt: skip
def test_c18_a_browser_gets_the_first_coding_that_it_reads(header: str, coding: str) -> None:
    assert accepted(header, BOTH) == coding


@pytest.mark.parametrize(("asked", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("identity", "")])
def test_c18_a_style_goes_as_the_build_compressed_it_and_is_kept_for_good(
    client: TestClient, asked: str, coding: str
) -> None:
    answer = client.get(f"{SHEET}?v=1", headers={"Accept-Encoding": asked})
    told = answer.headers
    assert (told.get("content-encoding", ""), told["vary"], told["cache-control"]) == (
        coding,
        "Accept-Encoding",
        FOREVER,
    )
    assert told["content-type"] == "text/css; charset=utf-8"
    assert int(told["content-length"]) < 20_000 or not coding


def test_c18_each_form_of_a_style_has_a_mark_of_its_own_by_which_it_is_not_sent_again(client: TestClient) -> None:
    marks = set()
    for asked in ("br", "gzip", "identity"):
        mark = client.get(SHEET, headers={"Accept-Encoding": asked}).headers["etag"]
        again = client.get(SHEET, headers={"Accept-Encoding": asked, "If-None-Match": mark})
        assert (again.status_code, again.content, again.headers["vary"]) == (304, b"", "Accept-Encoding")
        marks.add(mark)
    assert len(marks) == 3


def test_c18_every_text_of_the_build_was_compressed_by_it() -> None:
    texts = [one for one in (STATIC / "built").rglob("*") if one.suffix in {".css", ".js"}]
    assert len(texts) > 10
    lacking = [one.name for one in texts if not (PACKED / f"{digest(one)[:32]}.br").is_file()]
    assert lacking == [], "the build is older than these: run 'make assets'"


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One style with its compressed copy."""
    packed = tmp_path / "packed"
    packed.mkdir()
    monkeypatch.setattr(portal.assets, "PACKED", packed)
    text = tmp_path / "stijl.css"
    text.write_text("a { color: red; }")
    (packed / f"{digest(text)[:32]}.gz").write_bytes(gzip.compress(text.read_bytes()))
    return tmp_path


def test_c18_a_text_that_changed_since_the_build_is_never_served_as_it_was(folder: Path) -> None:
    client = TestClient(Starlette(routes=[Mount("/static", VersionedFiles(directory=folder))]))
    assert client.get("/static/stijl.css").headers["content-encoding"] == "gzip"
    (folder / "stijl.css").write_text("a { color: green; }")
    answer = client.get("/static/stijl.css")
    assert (answer.text, "content-encoding" in answer.headers) == ("a { color: green; }", False)


def answered(answer: Response) -> Starlette:
    app = Starlette(routes=[Route("/{rest:path}", lambda _: answer)])
    app.add_middleware(Compression)
    return app


def pieces() -> Iterator[bytes]:
    yield PAGE.encode()
    yield PAGE.encode()


def test_c18_a_page_goes_compressed_and_reads_the_same() -> None:
    answer = TestClient(answered(HTMLResponse(PAGE))).get("/mijn", headers={"Accept-Encoding": "gzip"})
    assert (answer.text, answer.headers["content-encoding"]) == (PAGE, "gzip")
    assert int(answer.headers["content-length"]) < len(PAGE) / 4


def test_c18_the_length_of_the_same_page_is_blurred() -> None:
    client = TestClient(answered(HTMLResponse(PAGE)))
    assert len({client.get("/mijn").headers["content-length"] for _ in range(40)}) > 5


@pytest.mark.parametrize(
    ("answer", "path", "headers"),
    [
        (HTMLResponse(PAGE), "/verzoek/geheim", {}),
        (HTMLResponse(PAGE), "/meelezen/geheim", {}),
        (HTMLResponse(f"{PAGE}<a href='/verzoek/geheim'>lees</a>"), "/demo/postvak/1", {}),
        (HTMLResponse(PAGE), "/mijn", {"Sec-Fetch-Site": "cross-site", "Cookie": "zaakspoor-citizen=x"}),
        (HTMLResponse(PAGE), "/mijn", {"Accept-Encoding": "identity"}),
        (HTMLResponse("kort"), "/mijn", {}),
        (Response(PAGE, headers={"Content-Disposition": "attachment"}, media_type="text/html"), "/mijn/stuk", {}),
        (Response(PAGE, media_type="application/pdf"), "/mijn/stuk", {}),
        (StreamingResponse(pieces(), media_type="text/event-stream"), "/werk/stroom", {}),
        (StreamingResponse(pieces(), media_type="text/html"), "/mijn/stroom", {}),
    ],
    ids=["department", "reader", "link in page", "other site", "not read", "short", "download", "pdf", "events", "pieces"],
)  # fmt: skip
def test_c18_what_holds_a_secret_or_is_no_page_is_not_compressed(
    answer: Response, path: str, headers: dict[str, str]
) -> None:
    got = TestClient(answered(answer)).get(path, headers={"Accept-Encoding": "gzip", **headers})
    assert (got.status_code, "content-encoding" in got.headers) == (200, False)
    assert "bezwaar" in got.text or got.text == "kort"


@pytest.mark.parametrize(
    ("site", "compressed"), [("same-origin", True), ("none", True), ("same-site", False), ("cross-site", False), (None, False)]
)  # fmt: skip
def test_t8_of_who_is_signed_in_only_a_page_that_no_other_site_opened_is_compressed(
    site: str | None, compressed: bool
) -> None:
    told = {} if site is None else {"Sec-Fetch-Site": site}
    client = TestClient(answered(HTMLResponse(PAGE)))
    for cookie, expected in (({"Cookie": "zaakspoor-citizen=x"}, compressed), ({}, True)):
        got = client.get("/mijn", headers={"Accept-Encoding": "gzip", **told, **cookie})
        assert (got.text, "content-encoding" in got.headers) == (PAGE, expected)


@pytest.mark.parametrize("status", [206, 404])
def test_c18_a_part_of_a_text_and_a_refusal_go_as_they_are(status: int) -> None:
    part = Response(PAGE, status, headers={"Content-Range": f"bytes 0-{len(PAGE) - 1}/9000"}, media_type="text/html")
    got = TestClient(answered(part)).get("/mijn", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-"})
    assert (got.status_code, got.text, "content-encoding" in got.headers) == (status, PAGE, False)
    assert int(got.headers["content-length"]) == len(PAGE)


@pytest.mark.parametrize(("mark", "weak"), [('"abc"', 'W/"abc"'), ('W/"abc"', 'W/"abc"')])
def test_c18_the_mark_of_a_compressed_text_does_not_stand_for_its_bytes(mark: str, weak: str) -> None:
    client = TestClient(answered(HTMLResponse(PAGE, headers={"ETag": mark, "Accept-Ranges": "bytes"})))
    packed = client.get("/mijn", headers={"Accept-Encoding": "gzip"}).headers
    assert (packed["etag"], packed.get("accept-ranges")) == (weak, None)
    plain = client.get("/mijn", headers={"Accept-Encoding": "identity"}).headers
    assert (plain["etag"], plain["accept-ranges"]) == (mark, "bytes")


def test_t8_the_token_of_forms_is_another_text_in_each_page_and_means_the_same(client: TestClient) -> None:
    sign_in(client, "tess")
    seen = [token_of(client.get("/sessie/verloopt").text) for _ in range(3)]
    assert len(set(seen)) == 3
    (meant,) = {unmasked(one) for one in seen}
    assert meant not in "".join(seen)


def test_t8_a_masked_token_is_accepted_and_a_broken_one_is_refused(client: TestClient) -> None:
    given = masked(csrf_without_session(client, "/proef/veld"))
    broken = f"{given[:-6]}AAAAA="
    told = {one: client.post("/proef/veld", data={"csrf": one}, headers={"Origin": "http://testserver"}).status_code
            for one in (given, broken, "m.", "m.%%%", "m.é")}  # fmt: skip
    assert told.pop(given) == 200
    assert set(told.values()) == {403}
