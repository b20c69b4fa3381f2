"""Encrypted files: what was cut, swapped, moved or changed is seen, wherever the edge of a frame falls."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import obstore
import pytest
from obstore.store import MemoryStore

from processes.base.errors import FileBroken
from processes.base.secrets import Secrets
from processes.storage.encrypted_file import FRAME_BYTES, SEALED_BYTES, FrameWriter, new_file_key, opened_frames
from processes.storage.files import FileStore

OLD_SECRET, NEW_SECRET = "o" * 40, "n" * 40
KEY, BLOB = new_file_key(), "ab/abcd"
SIZES = [0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES, 3 * FRAME_BYTES + 5]


def written(content: bytes, chunk: int = 10_000, key: bytes = KEY, blob: str = BLOB) -> bytes:
    writer = FrameWriter(key, blob)
    parts = [writer.feed(content[at : at + chunk]) for at in range(0, len(content), chunk)]
    return b"".join([*parts, writer.finish()])


def opened(stored: bytes, chunk: int = 100_000, key: bytes = KEY, blob: str = BLOB) -> bytes:
    chunks: Iterator[bytes] = (stored[at : at + chunk] for at in range(0, len(stored), chunk))
    return b"".join(opened_frames(chunks, key, blob))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chunk", [1_000_003, 65_536, 7_919])
def test_t5_a_file_comes_back_whatever_its_size_and_the_size_of_chunks(size: int, chunk: int) -> None:
    content = os.urandom(size)
    stored = written(content, chunk)
    assert opened(stored, chunk) == content
    assert len(stored) == size + 16 * max(1, -(-size // FRAME_BYTES))


CONTENT = os.urandom(3 * FRAME_BYTES + 5)
STORED = written(CONTENT)
FRAMES = [STORED[at : at + SEALED_BYTES] for at in range(0, len(STORED), SEALED_BYTES)]

TAMPERED: dict[str, bytes] = {
    "a changed byte": STORED[:100] + bytes([STORED[100] ^ 1]) + STORED[101:],
    "a changed last byte": STORED[:-1] + bytes([STORED[-1] ^ 1]),
    "cut at a frame": b"".join(FRAMES[:-1]),
    "cut inside a frame": STORED[: SEALED_BYTES + 500],
    "cut to one frame": FRAMES[0],
    "cut to nothing": b"",
    "two frames swapped": FRAMES[1] + FRAMES[0] + FRAMES[2] + FRAMES[3],
    "a frame left out": FRAMES[0] + FRAMES[2] + FRAMES[3],
    "a frame twice": FRAMES[0] + FRAMES[0] + FRAMES[1] + FRAMES[2] + FRAMES[3],
    "the last frame first": FRAMES[3] + FRAMES[0] + FRAMES[1] + FRAMES[2],
    "more behind the end": STORED + FRAMES[3],
    "a byte behind the end": STORED + b"\0",
    "a frame of another file": FRAMES[0]
    + written(CONTENT, blob="ab/other")[SEALED_BYTES : 2 * SEALED_BYTES]
    + FRAMES[2]
    + FRAMES[3],
    "another file": written(CONTENT, blob="ab/other"),
    "under another key": written(CONTENT, key=new_file_key()),
    "the plain bytes": CONTENT,
}


@pytest.mark.parametrize("kind", TAMPERED)
def test_t5_tampering_with_an_encrypted_file_is_seen(kind: str) -> None:
    with pytest.raises(FileBroken):
        opened(TAMPERED[kind])


def test_t5_nothing_of_a_broken_frame_is_given_out() -> None:
    given: list[bytes] = []
    with pytest.raises(FileBroken):
        given.extend(opened_frames([TAMPERED["two frames swapped"]], KEY, BLOB))
    assert given == []


@pytest.fixture
def encrypting(tmp_path: Path) -> FileStore:
    return FileStore(f"{tmp_path}/files", secrets=Secrets(OLD_SECRET), encrypt=True)


def put(store: FileStore, content: bytes = CONTENT) -> tuple[str, str | None, str, int]:
    with store.open_incoming() as file:
        file.write(content)
        blob, sha256, size = file.finish()
    return blob, file.file_key, sha256, size


def test_t5_the_store_holds_no_plain_byte_and_tells_hash_and_size_of_the_plain_ones(
    encrypting: FileStore, tmp_path: Path
) -> None:
    text = b"Bezwaarschrift van Tess Testeling. " * 4_000
    blob, key, sha256, size = put(encrypting, text)
    assert (sha256, size) == (hashlib.sha256(text).hexdigest(), len(text))
    assert b"".join(encrypting.read(blob, key)) == text
    kept = [place.read_bytes() for place in tmp_path.rglob("*") if place.is_file()]
    assert len(kept) == 1
    assert b"Tess Testeling" not in kept[0]


def test_t5_two_equal_files_look_different_and_a_key_opens_its_own_only(encrypting: FileStore) -> None:
    (first, key, *_), (second, other, *_) = put(encrypting), put(encrypting)
    assert b"".join(encrypting.read(first)) != b"".join(encrypting.read(second))
    with pytest.raises(FileBroken):
        b"".join(encrypting.read(first, other))
    assert b"".join(encrypting.read(first, key)) == CONTENT


def test_t5_an_old_plain_file_stays_readable_and_without_the_setting_new_ones_are_plain(
    encrypting: FileStore, tmp_path: Path
) -> None:
    plain = FileStore(f"{tmp_path}/files", secrets=Secrets(OLD_SECRET))
    blob, key, *_ = put(plain)
    assert key is None
    assert b"".join(encrypting.read(blob, key)) == CONTENT
    sealed_blob, sealed_key, *_ = put(encrypting)
    assert b"".join(plain.read(sealed_blob, sealed_key)) == CONTENT


def test_t5_a_plain_file_does_not_pass_for_an_encrypted_one(encrypting: FileStore, tmp_path: Path) -> None:
    blob, key, *_ = put(encrypting)
    (tmp_path / "files" / "blobs" / blob).write_bytes(CONTENT)
    with pytest.raises(FileBroken):
        b"".join(encrypting.read(blob, key))


def test_t5_the_key_of_a_file_is_sealed_again_without_touching_the_file(encrypting: FileStore, tmp_path: Path) -> None:
    blob, key, *_ = put(encrypting)
    both = FileStore(f"{tmp_path}/files", secrets=Secrets(NEW_SECRET, OLD_SECRET), encrypt=True)
    again = both.sealed_again(blob, str(key))
    assert again is not None
    assert both.sealed_again(blob, again) is None
    new = FileStore(f"{tmp_path}/files", secrets=Secrets(NEW_SECRET))
    assert b"".join(new.read(blob, again)) == CONTENT
    with pytest.raises(FileBroken):
        new.sealed_again(blob, str(key))
    with pytest.raises(FileBroken):
        both.sealed_again("ab/other", again)


def test_t5_an_arrival_that_breaks_off_leaves_no_plain_byte(encrypting: FileStore, tmp_path: Path) -> None:
    with encrypting.open_incoming() as file:
        file.write(CONTENT)
        (half,) = (tmp_path / "files" / "incoming").iterdir()
        assert CONTENT[:1000] not in half.read_bytes()
    assert list((tmp_path / "files" / "incoming").iterdir()) == []


def test_t5_a_bucket_gets_the_same_encrypted_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = MemoryStore()
    monkeypatch.setattr("processes.storage.files.S3Store.from_url", lambda *_, **__: bucket)
    store = FileStore("s3://zaken", tmp_path / "incoming", Secrets(OLD_SECRET), encrypt=True)
    blob, key, *_ = put(store)
    kept = bytes(obstore.get(bucket, blob).bytes())
    assert (len(kept), CONTENT[:64] in kept) == (len(CONTENT) + 4 * 16, False)
    assert b"".join(store.read(blob, key)) == CONTENT
    obstore.put(bucket, blob, kept[:SEALED_BYTES])
    with pytest.raises(FileBroken):
        b"".join(store.read(blob, key))
    assert list((tmp_path / "incoming").iterdir()) == []
