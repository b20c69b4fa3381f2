"""T1: what one form may hold in texts is bounded as a whole, refused while it streams, and nobody unknown leaves anything."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from kit.browser import ORIGIN, TestClient
from kit.small_portal import csrf_without_session, services_of, sign_in
from sqlalchemy import func, select, update

from portal import multipart, uploads
from portal.multipart import TEXT_BYTES, Parts
from processes.storage import web_sessions
from processes.storage.base import Base
from processes.storage.tables import DraftRow, RateRow, SettingRow, WebSession
from processes.storage.upload_room import UploadRoom

MULTIPART = "multipart/form-data; boundary=grens"
URLENCODED = "application/x-www-form-urlencoded"
PIECE = b"x" * 50_000
PEAK = 12 * 1024 * 1024  # bytes of Python objects while a form of 90 MB comes in
DOORS = ("/proef/veld", "/proef/bestand", "/proef/onbewaakt", "/proef/bericht", "/proef/stukken")
NOT_COUNTED = {WebSession.__tablename__, SettingRow.__tablename__, RateRow.__tablename__}


@dataclass
class Sent:
    """The answer, and how much of the body was read before it came."""

    answer: httpx.Response
    read: int


def texts(fields: int, size: int) -> Iterator[bytes]:
    """A form with files, of which only the texts are sent."""
    for number in range(fields):
        yield f'--grens\r\nContent-Disposition: form-data; name="veld{number}"\r\n\r\n'.encode()
        yield from (PIECE for _ in range(size // len(PIECE)))
        yield b"\r\n"
    yield b"--grens--\r\n"


def pairs(fields: int, size: int) -> Iterator[bytes]:
    for number in range(fields):
        yield f"&veld{number}=".encode()
        yield from (PIECE for _ in range(size // len(PIECE)))


def headers(parts: int) -> Iterator[bytes]:
    """Parts without content whose headers are as long as they may be."""
    for number in range(parts):
        name = f"n{number}".ljust(8000, "a")
        yield f'--grens\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n\r\n'.encode()
    yield b"--grens--\r\n"


def beside_a_file() -> Iterator[bytes]:
    """Texts behind a file that is fine."""
    yield b'--grens\r\nContent-Disposition: form-data; name="stuk"; filename="a.pdf"\r\n\r\n%PDF-1.7\n' + b"y" * 5000
    yield b"\r\n"
    yield from texts(95, 950_000)


FLOODS: dict[str, tuple[Callable[[], Iterator[bytes]], str]] = {
    "95 fields of 950 kB": (lambda: texts(95, 950_000), MULTIPART),
    "the same behind a file": (beside_a_file, MULTIPART),
    "3 fields of 950 kB": (lambda: texts(3, 950_000), MULTIPART),
    "95 fields of 950 kB, urlencoded": (lambda: pairs(95, 950_000), URLENCODED),
    "500 names of 8 kB": (lambda: headers(500), MULTIPART),
}


def flood(client: TestClient, address: str, body: Iterator[bytes], kind: str) -> Sent:
    read = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal read
        for piece in body:
            read += len(piece)
            yield piece

    headers = {**ORIGIN, "Content-Type": kind}
    return Sent(client.post(address, content=chunks(), headers=headers, follow_redirects=False), read)


def rows(client: TestClient) -> int:
    """Rows of all tables, without sign-ins and what the demo's clock remembers."""
    with services_of(client).sessions() as session:
        counted = (
            session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
            if table.name not in NOT_COUNTED
        )
        return sum(one or 0 for one in counted)


def files(client: TestClient) -> list[Path]:
    return [place for place in Path(services_of(client).settings.files).rglob("*") if place.is_file()]


@pytest.mark.parametrize("which", FLOODS)
def test_t1_too_much_text_is_refused_at_every_door_while_it_streams(client: TestClient, which: str) -> None:
    sign_in(client, "tess")
    before, tries = rows(client), []
    for address in DOORS:
        body, kind = FLOODS[which]
        sent = flood(client, address, body(), kind)
        tries.append((address, sent.answer.status_code, sent.read))
        assert "2 MB" in sent.answer.text
        assert "Er is niets opgeslagen" in sent.answer.text
    assert [(address, status) for address, status, _ in tries] == [(address, 413) for address in DOORS]
    assert all(read < TEXT_BYTES + 200_000 for _, _, read in tries)
    assert (rows(client), files(client)) == (before, [])


@pytest.mark.parametrize("which", FLOODS)
@pytest.mark.parametrize("address", ["/proef/bericht", "/proef/stukken"])
def test_t1_without_a_session_nothing_typed_is_stored(client: TestClient, address: str, which: str) -> None:
    before = rows(client)
    body, kind = FLOODS[which]
    sent = flood(client, address, body(), kind)
    assert (sent.answer.status_code, sent.answer.headers["location"][:9]) == (303, "/inloggen")
    assert client.cookies.get("zaakspoor-kept") is None
    assert (rows(client), files(client)) == (before, [])


def test_t1_memory_stays_flat_while_90_megabytes_of_text_come_in(client: TestClient) -> None:
    sign_in(client, "tess")
    flood(client, "/proef/stukken", texts(1, 50_000), MULTIPART)  # what is made once is there now
    peaks = {}
    for which, (body, kind) in FLOODS.items():
        tracemalloc.start()
        flood(client, "/proef/stukken", body(), kind)
        peaks[which] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert max(peaks.values()) < PEAK, peaks


def test_t1_a_form_without_a_good_token_leaves_nothing(client: TestClient) -> None:
    sign_in(client, "tess")
    with services_of(client).sessions.begin() as session:
        session.execute(update(WebSession).values(expires_at=datetime.now(UTC) - timedelta(minutes=1)))
    before, tokens = rows(client), ("", "x", "A" * 400, csrf_without_session(client, "/proef/bericht"))
    for token in tokens:
        for address in DOORS:
            given = f"csrf={quote(token)}&tekst=" + "a" * 1000
            flood(client, address, iter([given.encode()]), URLENCODED)
    assert (rows(client), client.cookies.get("zaakspoor-kept")) == (before, None)


def test_t1_files_are_taken_of_nobody_without_a_guard(client: TestClient) -> None:
    token = csrf_without_session(client, "/proef/onbewaakt")
    answer = client.post(
        "/proef/onbewaakt", data={"csrf": token}, files={"a": ("a.pdf", b"%PDF-1.7\n")}, headers=ORIGIN
    )
    assert answer.status_code == 413
    assert files(client) == []


def test_t1_what_a_long_letter_needs_is_taken(client: TestClient) -> None:
    token = csrf_without_session(client, "/proef/bestand")
    long = {f"veld{number}": "a" * 900_000 for number in range(2)}
    answer = client.post("/proef/bestand", data={"csrf": token, **long}, files={"x": ("", b"")}, headers=ORIGIN)
    assert len(answer.json()["fields"]["veld1"][0]) == 900_000


def test_t1_a_late_form_is_kept_up_to_200_kilobytes_and_says_so(client: TestClient) -> None:
    sign_in(client, "tess")
    services = services_of(client)
    mine = web_sessions.load(services, client.cookies.get("zaakspoor-citizen"))
    assert mine
    web_sessions.end(services, mine.cookie)
    answers = {}
    for size in (150_000, 250_000):
        data = {"csrf": mine.csrf, "tekst": "a" * size}
        answers[size] = client.post("/proef/bericht", data=data, headers=ORIGIN, follow_redirects=False)
    assert {size: answer.status_code for size, answer in answers.items()} == {150_000: 303, 250_000: 413}
    assert "te lang om te bewaren" in answers[250_000].text
    with services.sessions() as session:
        assert [len(row.data) < 201_000 for row in session.scalars(select(DraftRow))] == [True]


# -- what a form costs those who send none ----------------------------------------------------------------------------


def many_parts(parts: int) -> bytes:
    return b"".join(text_part(f"veld{number}") for number in range(parts)) + b"--grens--\r\n"


def text_part(name: str, value: bytes = b"") -> bytes:
    return b'--grens\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)


def many_pairs(parts: int) -> bytes:
    return b"&".join(b"veld%d=%%41" % number for number in range(parts))


class Looked(list[multipart._Part]):
    """The parts of a form, and how many of them were looked at once more."""

    looks = 0

    def __iter__(self) -> Iterator[multipart._Part]:
        for one in super().__iter__():
            self.looks += 1
            yield one


@pytest.mark.parametrize("parts", [500, 5_000])
def test_t1_a_part_costs_as_much_in_a_form_of_thousands_as_in_a_small_one(client: TestClient, parts: int) -> None:
    read = Parts(services_of(client).files, b"grens", 0, 5_000, (), lambda: UploadRoom(0, 0))
    read._parts = looked = Looked()
    read.feed(many_parts(parts))
    assert (len(looked), looked.looks) == (parts, 0)
    assert len(read.result().fields) == parts


@pytest.mark.parametrize(("kind", "body"), [(MULTIPART, many_parts(400)), (URLENCODED, many_pairs(400))])
@pytest.mark.parametrize("path", ["/proef/veld", "/mijn/taken/abc"])  # received; and kept for who was signed out
def test_t1_no_form_is_taken_apart_where_everybody_waits(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, kind: str, body: bytes
) -> None:
    on_the_loop: list[bool] = []
    for parser in (multipart.MultipartParser, uploads.QuerystringParser):
        monkeypatch.setattr(parser, "write", noting(on_the_loop, parser.write))
    for name in ("_unquote", "check_token"):
        monkeypatch.setattr(uploads, name, noting(on_the_loop, getattr(uploads, name)))
    client.send(path, body, kind)
    assert on_the_loop
    assert not any(on_the_loop)


def noting(found: list[bool], call: Callable[..., Any]) -> Callable[..., Any]:
    """The call, which notes whether it was made on the thread of the event loop."""

    def noted(*given: Any) -> Any:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            found.append(False)
        else:
            found.append(True)
        return call(*given)

    return noted
