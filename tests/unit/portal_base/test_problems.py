"""Problem pages, security headers, static files and downloads."""

import pytest
from kit.browser import ORIGIN, TestClient

from portal import given_back
from portal.problems import TITLES
from processes.base import errors


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nergens", 404, "Deze pagina bestaat niet"),
        ("/proef/veld", 405, "alleen bereiken met de knop"),
        ("/proef/getal/geen-getal", 404, "Deze pagina bestaat niet"),
        ("/proef/fout/dicht", 409, "Deze zaak is afgerond"),
        ("/proef/fout/velden", 422, "Vul uw e-mailadres in."),
        ("/proef/fout/druk", 503, "nu even niet bereikbaar"),
        ("/proef/fout/stuk", 500, "Er ging iets mis"),
    ],
)
def test_b8_a_problem_is_an_honest_page(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert words in answer.text
    assert '<html lang="nl"' in answer.text
    assert "Traceback" not in answer.text
    assert "geheim" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert (answer.headers.get("retry-after") == "60") == (status == 503)


def test_an_unforeseen_error_logs_no_values(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.get("/proef/fout/stuk")
    said = "".join(capsys.readouterr())
    assert "unforeseen" in said
    assert "ValueError" in said
    assert "999993653" not in said


def test_every_error_has_a_title() -> None:
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ZaakspoorError)
    ]
    assert len(kinds) > 5
    assert {kind.status for kind in kinds} <= TITLES.keys()


@pytest.mark.parametrize(
    ("path", "referrer"),
    [
        ("/inloggen", "same-origin"),
        ("/verzoek/geheim", "no-referrer"),
        ("/meelezen/geheim", "no-referrer"),
        ("/nergens", "same-origin"),
    ],
)
def test_pages_carry_the_security_headers(client: TestClient, path: str, referrer: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert headers["referrer-policy"] == referrer
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_nothing_is_inline(client: TestClient) -> None:
    page = client.get("/inloggen").text
    for sign in ("<style", "style=", "onclick=", "<script>"):
        assert sign not in page


@pytest.mark.parametrize(("query", "cache"), [("?v=12345678", "public, max-age=31536000, immutable"), ("", "no-cache")])
def test_static_files_are_kept_by_version(client: TestClient, query: str, cache: str) -> None:
    answer = client.get(f"/static/own/zaakspoor.css{query}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == cache


def test_static_files_stay_in_their_folder(client: TestClient) -> None:
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("besluit.pdf", "attachment; filename=\"besluit.pdf\"; filename*=UTF-8''besluit.pdf"),
        ('één "besluit".pdf', "attachment; filename=\"__n _besluit_.pdf\"; filename*=UTF-8''%C3%A9%C3%A9n%20%22besluit%22.pdf"),
        ("../../etc/passwd", "attachment; filename=\"passwd\"; filename*=UTF-8''passwd"),
        ("a\r\nSet-Cookie: x=1.pdf", "attachment; filename=\"aSet-Cookie_ x=1.pdf\"; filename*=UTF-8''aSet-Cookie_%20x%3D1.pdf"),
    ],
)  # fmt: skip
def test_a_document_is_always_a_download(client: TestClient, name: str, expected: str) -> None:
    answer = client.get("/proef/stuk", params={"name": name})
    assert answer.content == b"abc"
    assert answer.headers["content-disposition"] == expected
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert "set-cookie" not in answer.headers


def test_the_process_says_that_it_lives(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok"
    assert "python_info" in client.get("/metrics").text


@pytest.mark.parametrize("begin", ["/nergens", "/proef/wie", "/mijn", "/verzoek/teken"])
def test_t1_an_address_of_thousands_of_parts_is_looked_for_a_few_times(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, begin: str
) -> None:
    """Every look asks each of some six hundred routes, while nobody else is answered."""
    looked, opens = [], given_back._opens
    monkeypatch.setattr(given_back, "_opens", lambda request, path: looked.append(path) or opens(request, path))
    answer = client.post(f"{begin}{'/x' * 3_900}", headers=ORIGIN)
    assert answer.status_code in {404, 405}
    assert len(looked) <= given_back.DEEPEST + 2
    assert ('href="/proef/wie"' in answer.text) == (begin == "/proef/wie")  # the nearest page is still found
