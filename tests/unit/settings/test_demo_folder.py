"""The demo erases only the folder that it marked as its own, and never starts in production (T6)."""

from pathlib import Path

import pytest

from portal.commands import main
from portal.demo import starting
from processes.base import demo_folder
from processes.base.demo_folder import MARK, NotOfDemo, is_of_demo, prepare


def test_t6_a_new_or_empty_folder_is_marked(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    for folder in (tmp_path / "diep" / "nieuw", tmp_path / "leeg"):
        prepare(folder, fresh=False)
        assert is_of_demo(folder)
        assert [one.name for one in folder.iterdir() if one.is_file()] == [MARK]


def test_t6_fresh_erases_what_the_demo_made_and_marks_it_again(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    (elsewhere / "belangrijk").write_text("blijft")
    folder = tmp_path / "demo"
    prepare(folder, fresh=False)
    (folder / "files" / "ab").mkdir(parents=True)
    (folder / "files" / "ab" / "blob").write_text("x")
    (folder / "zaakspoor.db").write_text("x")
    (folder / "naar-elders").symlink_to(elsewhere)
    prepare(folder, fresh=False)
    assert (folder / "zaakspoor.db").exists()
    prepare(folder, fresh=True)
    assert [one.name for one in folder.iterdir()] == [MARK]
    assert (elsewhere / "belangrijk").read_text() == "blijft"


def _files_of_others(folder: Path) -> None:
    (folder / "scriptie.txt").write_text("jaren werk")


def _installation(folder: Path) -> None:
    (folder / "zaakspoor.db").write_text("zaken")
    (folder / "secret").write_text("sleutel")


def _mark_that_is_a_folder(folder: Path) -> None:
    (folder / MARK).mkdir()


@pytest.mark.parametrize("fill", [_files_of_others, _installation, _mark_that_is_a_folder])
@pytest.mark.parametrize("fresh", [True, False])
def test_t6_a_folder_of_others_is_left_as_it_is(tmp_path: Path, fill, fresh: bool) -> None:
    folder = tmp_path / "van-een-ander"
    folder.mkdir()
    fill(folder)
    before = sorted(folder.rglob("*"))
    with pytest.raises(NotOfDemo):
        prepare(folder, fresh=fresh)
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("fresh", [True, False])
def test_t6_a_link_to_somewhere_else_and_a_file_are_no_folder_of_the_demo(tmp_path: Path, fresh: bool) -> None:
    real = tmp_path / "echt"
    prepare(real, fresh=False)
    (tmp_path / "link").symlink_to(real)
    (tmp_path / "bestand").write_text("x")
    for place in ("link", "bestand"):
        with pytest.raises(NotOfDemo):
            prepare(tmp_path / place, fresh=fresh)
    assert is_of_demo(real)


@pytest.fixture(autouse=True)
def logs_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command of production would write JSON from here on, in the tests after it too."""
    monkeypatch.setattr("portal.commands.logs.begin", lambda _: None)


def _said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 1
    return " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("word", ["on", "ja", "1"])
def test_t6_the_demo_never_starts_in_production(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, word: str
) -> None:
    monkeypatch.setenv("ZAAKSPOOR_PRODUCTION", word)
    monkeypatch.setattr(starting, "open_services", lambda *_, **__: pytest.fail("opened"))
    assert _said(capsys, "demo", "--data", str(tmp_path / "demo")).startswith("De demo start niet in productie")
    assert list(tmp_path.iterdir()) == []


def test_t6_demo_fresh_says_that_a_folder_is_not_its_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(starting, "open_services", lambda *_, **__: pytest.fail("opened"))
    _files_of_others(tmp_path)
    assert _said(capsys, "demo", "--fresh", "--data", str(tmp_path)) == str(NotOfDemo())
    assert [one.name for one in tmp_path.iterdir()] == ["scriptie.txt"]


def test_t6_what_was_erased_half_way_can_be_erased_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path, fresh=False)
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()

    def broken(_: Path) -> None:
        raise OSError("vol")

    with monkeypatch.context() as at_once:
        at_once.setattr(demo_folder.shutil, "rmtree", broken)
        with pytest.raises(OSError, match="vol"):
            prepare(tmp_path, fresh=True)
    prepare(tmp_path, fresh=True)
    assert [one.name for one in tmp_path.iterdir()] == [MARK]
