"""Parts of a form with files as browsers and other programs write them: names, empty fields, more files than the limit."""

from urllib.parse import unquote

import pytest
from kit.browser import TestClient
from kit.small_portal import csrf_without_session, services_of

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
TYPE = "multipart/form-data; boundary=grens"
NAMES = [
    (rb'filename="Besluit %22Parkeren%22.pdf"', 'Besluit "Parkeren".pdf'),  # every browser of today
    (rb'filename="Besluit \"Parkeren\".pdf"', 'Besluit "Parkeren".pdf'),  # curl, and browsers of before
    (rb'filename="Besluit [1] (a;b).pdf"', "Besluit [1] (a;b).pdf"),
    (b'filename="a%0D%0Ab.pdf"', "ab.pdf"),
    (b'filename="50%25 korting.pdf"', "50%25 korting.pdf"),
    ('filename="é“ü”.pdf"'.encode(), "é“ü”.pdf"),
    ('filename="é.pdf"'.encode("cp1252"), "é.pdf"),
    (b'filename="C:\\\\map\\\\brief.pdf"', "brief.pdf"),
    (b"filename=\"brief.pdf\"; filename*=UTF-8''anders.exe", "brief.pdf"),
    (b"filename=brief.pdf", "brief.pdf"),
]


def part(name: str, disposition: bytes, content: bytes = PDF) -> bytes:
    return b'--grens\r\nContent-Disposition: form-data; name="' + name.encode() + b'"; ' + disposition + b"\r\n\r\n" + content + b"\r\n"  # fmt: skip


def text(name: str, value: str) -> bytes:
    return f'--grens\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def send(client: TestClient, *parts: bytes, to: str = "/proef/bestand"):
    token = text("csrf", csrf_without_session(client, to))
    return client.send(to, token + b"".join(parts) + b"--grens--\r\n", TYPE)


def left(client: TestClient) -> list[str]:
    return [stored.blob for stored in services_of(client).files.all_blobs()]


@pytest.mark.parametrize(("disposition", "name"), NAMES, ids=range(len(NAMES)))
def test_a_name_is_read_as_it_was_meant(client: TestClient, disposition: bytes, name: str) -> None:
    assert send(client, part("stuk", disposition)).json()["files"]["stuk"][0][0] == name


@pytest.mark.parametrize(
    "name", ['Besluit "Parkeren".pdf', "Besluit [1] (a).pdf", "Van <mij>.pdf", "50%22.pdf", "a;b.pdf"]
)
def test_a_name_comes_back_in_the_download(client: TestClient, name: str) -> None:
    header = client.get("/proef/stuk", params={"name": name}).headers["content-disposition"]
    plain, _, encoded = header.partition("; filename*=UTF-8''")
    assert plain.count('"') == 2
    assert "%" not in plain
    assert all(sign.isalnum() or sign in "%_.-~" for sign in encoded)
    assert unquote(encoded) == name


def test_a_second_file_field_that_is_empty_is_no_file(client: TestClient) -> None:
    two = [part("stuk", f'filename="{at}.pdf"'.encode()) for at in range(2)]
    empty = part("ander", b'filename=""', b"")
    answer = send(client, *two, empty, empty, to="/proef/krap")
    assert list(answer.json()["files"]) == ["stuk"]


def test_fifty_files_beside_an_empty_field_are_taken(client: TestClient) -> None:
    files = [part("stuk", f'filename="{at}.pdf"'.encode()) for at in range(50)]
    assert len(send(client, *files, part("ander", b'filename=""', b"")).json()["files"]["stuk"]) == 50


@pytest.mark.parametrize(("to", "most"), [("/proef/bestand", 50), ("/proef/krap", 2)])
def test_one_file_too_many_says_how_many_are_allowed(client: TestClient, to: str, most: int) -> None:
    files = [part("stuk", f'filename="{at}.pdf"'.encode()) for at in range(most + 1)]
    answer = send(client, *files, to=to)
    assert answer.status_code == 413
    assert f"hoogstens {most} bestanden" in answer.text
    assert left(client) == []


def test_parts_without_a_name_but_with_content_count_too(client: TestClient) -> None:
    answer = send(client, *[part("stuk", b'filename=""') for _ in range(3)], to="/proef/krap")
    assert answer.status_code == 413
    assert left(client) == []


def test_a_form_without_files_takes_none(client: TestClient) -> None:
    token = text("csrf", csrf_without_session(client, "/proef/veld"))
    empty = client.send("/proef/veld", token + part("stuk", b'filename=""', b"") + b"--grens--\r\n", TYPE)
    assert empty.status_code == 200
    answer = client.send("/proef/veld", token + part("stuk", b'filename="a.pdf"') + b"--grens--\r\n", TYPE)
    assert answer.status_code == 413
    assert "geen bestand" in answer.text
