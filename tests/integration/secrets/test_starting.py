"""The program as an operator starts it: with the wrong secret it does not, and `verify` and `reseal` say what to do."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.business_time import FixedClock
from kit.desk import asked
from kit.installation import TEST_SECRET, installation
from kit.secrets import NEWER_SECRET, OLDER_SECRET

from portal.commands import main
from processes.base.settings import read_settings
from processes.jobs.secret_check import IDLE, NEW, RUNNING, SOUND, secret_in_words
from processes.storage.known_secrets import check_secret

Run = Callable[..., tuple[int | str | None, str]]
AWAY = "haal ZAAKSPOOR_SECRET_OLD weg"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A SQLite installation that worked under TEST_SECRET."""
    with installation(tmp_path, asked) as services:
        check_secret(services)
        yield tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with these secrets: how it ended, and everything that it said, on one line."""
    monkeypatch.setattr("processes.wiring.Clock", FixedClock)

    def command(*words: str, secret: str, older: str = "") -> tuple[int | str | None, str]:
        settings = {"DATABASE": f"sqlite:///{folder}/zaakspoor.db", "FILES": f"{folder}/files", "DATA": str(folder)}
        for name, value in {**settings, "SECRET": secret, "SECRET_OLD": older}.items():
            monkeypatch.setenv(f"ZAAKSPOOR_{name}", value)
        with pytest.raises(SystemExit) as ended:
            main(words)
        captured = capsys.readouterr()
        return ended.value.code, " ".join((captured.out + captured.err).split())

    return command


@pytest.mark.parametrize("command", ["web", "worker", "clock", "reindex", "reseal"])
def test_t5_a_process_with_the_wrong_secret_does_not_start_and_says_what_to_do(run: Run, command: str) -> None:
    code, words = run(command, secret=OLDER_SECRET)
    assert code == 1
    assert "Het geheim hoort niet bij deze database" in words
    assert "ZAAKSPOOR_SECRET_OLD" in words
    assert not [one for one in (TEST_SECRET, OLDER_SECRET, "Traceback") if one in words]


def test_t5_verify_tells_a_wrong_secret_once_and_of_no_value_that_it_does_not_open(run: Run) -> None:
    code, words = run("verify", secret=OLDER_SECRET)
    assert code == 1
    assert (words.count("secret_wrong"), words.count("seal_broken")) == (1, 0)


def test_t5_an_operator_changes_the_secret_by_the_steps_of_the_docs(run: Run) -> None:
    """Both secrets, `reseal`, `verify`, the old one away."""
    code, words = run("reseal", secret=NEWER_SECRET, older=TEST_SECRET)
    assert (code, "Opnieuw versleuteld: " in words, AWAY in words) == (0, True, True)
    assert secret_in_words(read_settings()) == (True, IDLE)
    words = run("verify", secret=NEWER_SECRET, older=TEST_SECRET)[1]
    assert ("secret_" in words, "seal_" in words, AWAY in words) == (False, False, True)
    words = run("verify", secret=NEWER_SECRET)[1]
    assert ("secret_" in words, "seal_" in words, AWAY in words) == (False, False, False)
    assert secret_in_words(read_settings()) == (True, SOUND)
    assert run("worker", secret=TEST_SECRET)[0] == 1


def test_t5_check_asks_the_canaries(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("verify", secret=OLDER_SECRET)  # sets the variables
    fits, words = secret_in_words(read_settings())
    assert (fits, words.startswith("Het geheim hoort niet bij deze database")) == (False, True)
    run("verify", secret=NEWER_SECRET, older=TEST_SECRET)
    assert secret_in_words(read_settings()) == (False, RUNNING)
    monkeypatch.setenv("ZAAKSPOOR_DATABASE", f"sqlite:///{folder}/leeg.db")
    assert secret_in_words(read_settings()) == (True, NEW)


def test_t5_check_prints_a_wrong_secret_and_what_others_may_use(run: Run, folder: Path) -> None:
    code, words = run("check", secret=OLDER_SECRET)
    assert code == 1
    assert "fout ZAAKSPOOR_SECRET: Het geheim hoort niet bij deze database" in words
    run("check", secret=TEST_SECRET)
    folder.chmod(0o755)
    (folder / "zaakspoor.db").chmod(0o644)
    code, words = run("check", secret=TEST_SECRET)
    assert (code, "ok ZAAKSPOOR_SECRET: Alles is versleuteld" in words) == (1, True)
    assert words.count(f"chmod -R go= {folder}/zaakspoor.db") == words.count(f"chmod -R go= {folder} ") == 1
