"""Where tests write: in memory when there is room, unless somebody chose a place; runs that are over leave nothing behind for long."""

import os
import tempfile
from pathlib import Path

import pytest
from kit import in_memory
from kit.in_memory import OURS, write_in_memory, writes_in_memory


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(in_memory, "MEMORY", tmp_path)
    monkeypatch.setattr(in_memory, "FREE", 0)
    monkeypatch.setattr(in_memory, "ROOM", 0)
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.delenv("TMPDIR", raising=False)
    return tmp_path


def test_files_lie_in_memory_where_there_is_room(memory: Path) -> None:
    write_in_memory()
    place = Path(os.environ.pop("TMPDIR"))
    assert (place.parent, place.stat().st_mode & 0o7777) == (memory, 0o1777)
    assert place in Path(tempfile.mkdtemp(dir=place)).parents


@pytest.mark.parametrize("which", ["FREE", "ROOM"])
def test_without_room_nothing_changes(memory: Path, monkeypatch: pytest.MonkeyPatch, which: str) -> None:
    monkeypatch.setattr(in_memory, which, 2**60)
    write_in_memory()
    assert ("TMPDIR" in os.environ, list(memory.iterdir())) == (False, [])


def test_who_chose_a_place_keeps_it(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/elders")
    write_in_memory()
    assert (os.environ["TMPDIR"], list(memory.iterdir())) == ("/elders", [])


def test_what_a_run_left_goes_when_it_is_over(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_memory, "ROOM", 2**60)
    for number in ("0", str(os.getppid())):
        (memory / f"{OURS}{number}" / "proef").mkdir(parents=True)
    (memory / "van-een-ander").mkdir()
    write_in_memory()
    assert {one.name for one in memory.iterdir()} == {f"{OURS}{os.getppid()}", "van-een-ander"}
    assert not writes_in_memory()
