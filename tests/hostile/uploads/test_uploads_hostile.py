"""Uploads that mean harm or break off: an honest answer, and nothing left in the store."""

import re
from pathlib import Path

import pytest
from kit.browser import TestClient
from kit.small_portal import csrf_without_session, services_of

PDF = b"%PDF-1.7\n" + b"x" * 3000
BOUNDARY = "grens"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def field(name: str, value: str) -> bytes:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def file(name: str, content: bytes = PDF, key: str = "files") -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


@pytest.fixture
def token(client: TestClient) -> bytes:
    return field("csrf", csrf_without_session(client, "/proef/bestand"))


def left(client: TestClient) -> list[Path]:
    """Whatever remains in the store or half received."""
    return [path for path in Path(services_of(client).settings.files).rglob("*") if path.is_file()]


def test_a_whole_upload_arrives_with_its_hash(client: TestClient, token: bytes) -> None:
    answer = client.send(
        "/proef/bestand", token + field("titel", "Besluit é") + file("besluit.pdf") + END, TYPE, chunk=7
    )
    assert answer.status_code == 200
    name, media_type, size, sha256, blob = answer.json()["files"]["files"][0]
    assert (name, media_type, size) == ("besluit.pdf", "application/pdf", len(PDF))
    assert len(sha256) == 64
    assert answer.json()["fields"]["titel"] == ["Besluit é"]
    assert b"".join(services_of(client).files.read(blob)) == PDF


@pytest.mark.parametrize(
    "cut",
    [END, b"\r\n" + END, b"x" * 100 + b"\r\n" + END, PDF[10:] + b"\r\n" + END, END[:-4]],
    ids=["no final boundary", "no line end", "in the file", "at the start of the file", "half a boundary"],
)
def test_a_body_that_breaks_off_keeps_nothing(client: TestClient, token: bytes, cut: bytes) -> None:
    whole = token + file("besluit.pdf") + END
    answer = client.send("/proef/bestand", whole[: -len(cut)], TYPE)
    assert answer.status_code == 400
    assert "halverwege afgebroken" in answer.text
    assert left(client) == []


def test_too_much_is_stopped_while_streaming(client: TestClient) -> None:
    start = field("csrf", csrf_without_session(client, "/proef/krap")) + file("groot.pdf", PDF + b"x" * 40_000)
    answer = client.send("/proef/krap", start + END, TYPE, chunk=500)
    assert answer.status_code == 413
    assert "te groot" in answer.text
    assert left(client) == []


def test_an_announced_size_is_refused_whatever_follows(client: TestClient) -> None:
    answer = client.send("/proef/krap", b"", TYPE, **{"Content-Length": "999999999"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("parts", "path"),
    [(b"".join(field(f"v{n}", "x") for n in range(1001)), "/proef/bestand"),
     (b"".join(file(f"{n}.pdf") for n in range(51)), "/proef/bestand"),
     (b"".join(file(f"{n}.pdf") for n in range(3)), "/proef/krap"),
     (b"".join(field(f"v{n}", "x") for n in range(6)), "/proef/krap"),
     (file("een.pdf"), "/proef/veld"),
     (field("lang", "x" * 1_000_001), "/proef/bestand")],
    ids=["1001 fields", "51 files", "3 files where 2 may", "6 fields where 5 may", "a file where none may", "endless text"],
)  # fmt: skip
def test_too_many_parts_are_refused(client: TestClient, parts: bytes, path: str) -> None:
    token = field("csrf", csrf_without_session(client, path))
    answer = client.send(path, token + parts + END, TYPE, chunk=100_000)
    assert answer.status_code == 413
    assert left(client) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\\\tmp\\\\besluit.pdf", "besluit.pdf"),
        ("a%00b.pdf", "a%00b.pdf"),
        ("a\0b.pdf", None),
        ("\u202efdp.besluit.pdf", "fdp.besluit.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("", None),
    ],
)
def test_hostile_names_are_made_safe(client: TestClient, token: bytes, name: str, safe: str | None) -> None:
    answer = client.send("/proef/bestand", token + file(name) + END, TYPE)
    if safe is None:
        assert answer.status_code in {200, 400, 422}
        stored = answer.json()["files"].get("files", []) if answer.status_code == 200 else []
        assert all("\0" not in one[0] for one in stored)
        assert len(left(client)) == len(stored)
    else:
        assert answer.json()["files"]["files"][0][0] == safe
    assert all(
        re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}", str(path.relative_to(path.parents[1]))) for path in left(client)
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("virus.exe", b"MZ" + b"\0" * 50, "kunt u hier niet toevoegen"), ("besluit.pdf", b"MZ" + b"\0" * 50, "past niet bij de naam"),
     ("leeg.pdf", b"", "is leeg"), ("pagina.html", b"<script>", "kunt u hier niet toevoegen"),
     ("besluit.pdf", b"MZ" + b"\0" * 9000, "past niet bij de naam")],
)  # fmt: skip
def test_content_that_is_not_what_the_name_says(client: TestClient, token: bytes, name, content, words) -> None:
    answer = client.send("/proef/bestand", token + file("goed.pdf") + file(name, content) + END, TYPE)
    assert answer.status_code == 422
    assert words in answer.text
    assert left(client) == []


def test_an_empty_file_field_is_no_file(client: TestClient, token: bytes) -> None:
    answer = client.send("/proef/bestand", token + file("", b"") + END, TYPE)
    assert answer.status_code == 200
    assert answer.json()["files"] == {}


def test_a_wrong_token_keeps_no_file(client: TestClient) -> None:
    answer = client.send("/proef/bestand", field("csrf", "fout") + file("besluit.pdf") + END, TYPE)
    assert answer.status_code == 403
    assert left(client) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [(b"csrf=x", "text/plain", 415), (b"{}", "application/json", 415), (b"", "multipart/form-data", 415),
     (b"x", "multipart/form-data; boundary=" + "b" * 300, 400), (b"onzin", TYPE, 400), (b"", TYPE, 400),
     (b"--grens\r\nzonder kop", TYPE, 400), (b"--grens\r\n" + b"X-K: v\r\n" * 50 + b"\r\n", TYPE, 400),
     (b"&".join(b"a=b" for _ in range(600)), "application/x-www-form-urlencoded", 413),
     (b"%zz=%&=&&;;=", "application/x-www-form-urlencoded", 403), (b"%zz=%&=&&;;=%00", "application/x-www-form-urlencoded", 400)],
)  # fmt: skip
def test_nonsense_gets_an_honest_answer(client: TestClient, body: bytes, kind: str, status: int) -> None:
    answer = client.send("/proef/bestand", body, kind)
    assert answer.status_code == status
    assert "<h1" in answer.text


def test_zero_bytes_never_reach_the_database(client: TestClient) -> None:
    good = csrf_without_session(client, "/proef/veld").encode()
    answer = client.send("/proef/veld", b"csrf=" + good + b"&t=a%00b", "application/x-www-form-urlencoded")
    assert answer.status_code == 400
