"""S11: an answer of a rehearsal counts only for the program, the drawing and the steps that it was played with."""

from pathlib import Path

import pytest
from kit.small_types import FIRST, folder

from processes.base import isolated_play
from processes.base.isolated_play import PlayedWith
from processes.base.program_digest import digest_of, program_digest


def test_s11_any_file_of_the_program_that_changes_comes_or_goes_makes_another_digest(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    rule = tmp_path / "law" / "terms.toml"
    rule.write_text("weeks = 6")
    found = [digest_of([tmp_path])]
    for change in (
        lambda: rule.write_text("weeks = 7"),
        lambda: (tmp_path / "more.py").write_text(""),
        lambda: rule.rename(tmp_path / "law" / "other.toml"),
        (tmp_path / "more.py").unlink,
    ):
        change()
        found.append(digest_of([tmp_path]))
    assert len(set(found)) == len(found)
    (tmp_path / "law" / "made.pyc").write_bytes(b"x")
    assert digest_of([tmp_path]) == found[-1], "made from the sources"
    assert digest_of([tmp_path], ("3.2.0",)) != found[-1], "nor is it the same with another library"


def test_s11_what_was_played_with_another_program_is_outdated(monkeypatch: pytest.MonkeyPatch) -> None:
    played_with = PlayedWith(folder(FIRST, "eerste"), {})
    before = played_with.content("klaar", b"steps: []")
    assert played_with.content("klaar", b"steps: []") == before
    monkeypatch.setattr(isolated_play, "program_digest", lambda: "another")
    assert played_with.content("klaar", b"steps: []") != before


def test_s11_the_digest_of_the_program_is_read_in_a_moment_and_once() -> None:
    assert len(program_digest()) == 64
    assert program_digest() is program_digest()
