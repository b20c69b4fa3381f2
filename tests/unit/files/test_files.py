"""The file store: whole files only."""

import errno
import hashlib
import io
import os
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from processes.base.errors import Busy, NoRoom, NotFound, TooLarge
from processes.storage import files as room
from processes.storage.files import FileStore

CONTENT = os.urandom(700_000)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / "files"))


def put(store: FileStore, content: bytes = CONTENT) -> str:
    with store.open_incoming() as incoming:
        incoming.write(content)
        return incoming.finish()[0]


def left(tmp_path: Path) -> list[str]:
    return [path.name for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_comes_back_with_its_hash_and_size(store: FileStore) -> None:
    with store.open_incoming(limit=len(CONTENT)) as incoming:
        for start in range(0, len(CONTENT), 100_000):
            incoming.write(CONTENT[start : start + 100_000])
        blob, sha256, size = incoming.finish()
    assert b"".join(store.read(blob)) == CONTENT
    assert (sha256, size) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert (store.size(blob), store.exists(blob), len(blob) <= 120) == (len(CONTENT), True, True)
    assert [(file.blob, file.size) for file in store.all_blobs()] == [(blob, size)]


def test_equal_files_have_keys_of_their_own(store: FileStore) -> None:
    first, second = put(store), put(store)
    store.delete(first)
    assert (store.exists(first), store.exists(second)) == (False, True)


def test_deleting_twice_is_fine_and_reading_then_is_not_found(store: FileStore) -> None:
    blob = put(store)
    store.delete(blob)
    store.delete(blob)
    with pytest.raises(NotFound):
        store.read(blob)


def test_over_the_limit_is_refused_while_it_streams(store: FileStore, tmp_path: Path) -> None:
    with store.open_incoming(limit=1_000_000) as incoming:
        incoming.write(b"x" * 1_000_000)
        with pytest.raises(TooLarge, match="hoogstens 1 MB"):
            incoming.write(b"x")
    assert left(tmp_path) == []


def test_an_arrival_that_breaks_off_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    def receive() -> None:
        with store.open_incoming() as incoming:
            incoming.write(b"half")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        receive()
    assert left(tmp_path) == []


class FullDisk(io.BytesIO):
    def write(self, _: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_while_writing_is_507_and_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    with store.open_incoming() as incoming:
        incoming._file.close()
        incoming._file = FullDisk()
        with pytest.raises(NoRoom) as refused:
            incoming.write(b"x")
    assert (refused.value.status, left(tmp_path)) == (507, [])


def test_a_full_disk_at_the_end_is_507_and_leaves_nothing(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    with store.open_incoming() as incoming:
        incoming.write(b"x")
        monkeypatch.setattr(room.os, "fsync", full)
        with pytest.raises(NoRoom):
            incoming.finish()
    assert left(tmp_path) == []


def test_what_a_killed_process_left_is_cleared_by_age(store: FileStore, tmp_path: Path) -> None:
    put(store)
    incoming = store.open_incoming()
    incoming.write(b"half")
    assert store.forget_broken_arrivals(timedelta(hours=1)) == 0
    assert store.forget_broken_arrivals(timedelta(seconds=-1)) == 1
    assert len(left(tmp_path)) == 1
    incoming.abort()


@pytest.mark.parametrize("blob", ["../../etc/passwd", "/etc/passwd", "aa/nope", ""])
def test_a_key_cannot_leave_the_store(store: FileStore, blob: str) -> None:
    assert not store.exists(blob)


class Ailing(BaseHTTPRequestHandler):
    """An object store that is there but answers nothing but 503."""

    asked = 0

    def do_PUT(self) -> None:
        type(self).asked += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.mark.parametrize("there", [True, False], ids=["answers 503", "is not there"])
def test_an_object_store_in_trouble_is_busy_within_five_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    with HTTPServer(("127.0.0.1", 0), Ailing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port if there else 9}"
        values = {"ENDPOINT_URL": address, "ALLOW_HTTP": "true", "ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "y"}
        for name, value in values.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        Ailing.asked = 0
        started = time.monotonic()
        with pytest.raises(Busy):
            put(FileStore("s3://zaken", tmp_path / "incoming"), b"x")
        assert (time.monotonic() - started < 20, left(tmp_path), Ailing.asked > 0) == (True, [], there)
        server.shutdown()
