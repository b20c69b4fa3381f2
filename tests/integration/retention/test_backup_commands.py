"""T9: a backup and a restore are one command each, and say in words what is missing."""

from pathlib import Path

import pytest
from kit.business_time import FixedClock
from kit.cases import add_departments
from kit.installation import TEST_SECRET, open_at

from portal.commands import main
from processes.storage.session import upgrade
from processes.wiring import close_services

Say = pytest.CaptureFixture[str]


def said(capsys: Say, *words: object) -> tuple[int | str | None, str]:
    """How a command ended, and everything that it said, on one line."""
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    captured = capsys.readouterr()
    return ended.value.code, " ".join((captured.out + captured.err).split())


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An installation with a department; `tmp_path` is its folder."""
    monkeypatch.setattr("processes.wiring.Clock", FixedClock)
    upgrade(address := f"sqlite:///{tmp_path}/zaakspoor.db")
    services = open_at(address, tmp_path)
    add_departments(services, "parkeren")
    close_services(services)
    for name, value in {
        "DATABASE": address,
        "FILES": tmp_path / "files",
        "DATA": tmp_path,
        "SECRET": TEST_SECRET,
    }.items():
        monkeypatch.setenv(f"ZAAKSPOOR_{name}", str(value))
    return monkeypatch


def test_t9_backup_and_restore_are_one_command_each(settings: pytest.MonkeyPatch, capsys: Say, tmp_path: Path) -> None:
    place, key = tmp_path / "backups", tmp_path / "backup.key"
    code, words = said(capsys, "backup", place)
    assert (code, "ZAAKSPOOR_BACKUP_KEY is leeg" in words, place.exists()) == (1, True, False)
    code, words = said(capsys, "backup", "--new-key", key)
    assert (code, key.stat().st_mode & 0o777) == (0, 0o600)
    public = words.partition("ZAAKSPOOR_BACKUP_KEY=")[2]
    code, words = said(capsys, "backup", "--new-key", key)
    assert (code, "bestaat al" in words) == (1, True)
    settings.setenv("ZAAKSPOOR_BACKUP_KEY", key.read_text())
    code, words = said(capsys, "backup", place)
    assert (code, "geen sleutel voor back-ups" in words) == (1, True)
    settings.setenv("ZAAKSPOOR_BACKUP_KEY", public)
    code, words = said(capsys, "backup", place)
    assert (code, words.startswith("Back-up 2")) == (0, True), words
    code, words = said(capsys, "restore", place, "--key", key)
    assert (code, "De database is niet leeg." in words) == (1, True)
    settings.setenv("ZAAKSPOOR_DATABASE", f"sqlite:///{tmp_path}/nieuw.db")
    code, words = said(capsys, "restore", place, "--key", tmp_path / "bestaat-niet")
    assert (code, "is niet te lezen" in words) == (1, True)
    code, words = said(capsys, "restore", place, "--key", key, "--copy")
    assert (code, "Dit is een kopie om te proberen" in words, words.endswith("Alles klopt.")) == (0, True, True), words
