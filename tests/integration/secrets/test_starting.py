"""The program as an operator starts it: with the wrong secret it does not, and `verify` and `reseal` say what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from kit.desk import asked
from kit.installation import TEST_SECRET, installation
from kit.secrets import NEWER_SECRET, OLDER_SECRET

from processes.storage.known_secrets import check_secret

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite installation that worked under TEST_SECRET."""
    place = tmp_path_factory.mktemp("installed")
    with installation(place, asked) as services:
        check_secret(services)
    return place


def run(folder: Path, *words: str, secret: str, older: str = "", seconds: int = 60) -> tuple[int, str]:
    settings = {
        "DATABASE": f"sqlite:///{folder}/zaakspoor.db", "FILES": f"{folder}/files", "DATA": str(folder), "SECRET": secret,
        "SECRET_OLD": older,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "portal.commands", *words], capture_output=True, text=True, timeout=seconds, cwd=ROOT,
        check=False, env={**os.environ, "COLUMNS": "400", **{f"ZAAKSPOOR_{name}": value for name, value in settings.items()}},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    "command", [("web", "--port", "1"), ("worker",), ("clock",), ("reseal",)], ids=lambda one: one[0]
)
def test_t5_a_process_with_the_wrong_secret_does_not_start_and_says_what_to_do(
    folder: Path, command: tuple[str, ...]
) -> None:
    code, words = run(folder, *command, secret=OLDER_SECRET)
    assert code == 1
    assert "Het geheim hoort niet bij deze database" in words
    assert "ZAAKSPOOR_SECRET_OLD" in words
    assert "Traceback" not in words
    assert TEST_SECRET not in words
    assert OLDER_SECRET not in words


def test_t5_verify_tells_a_wrong_secret_and_nothing_else_about_what_does_not_open(folder: Path) -> None:
    code, words = run(folder, "verify", secret=OLDER_SECRET)
    assert code == 1
    assert (words.count("secret_wrong"), words.count("seal_broken")) == (1, 0)


def test_t5_an_operator_changes_the_secret_by_the_steps_of_the_docs(folder: Path) -> None:
    """Both secrets, `reseal`, `verify`, the old one away."""
    code, words = run(folder, "reseal", secret=NEWER_SECRET, older=TEST_SECRET)
    assert (code, "Opnieuw versleuteld" in words, "haal ZAAKSPOOR_SECRET_OLD weg" in words) == (0, True, True)
    code, words = run(folder, "verify", secret=NEWER_SECRET, older=TEST_SECRET)
    assert (code, "Alles klopt" in words, "haal ZAAKSPOOR_SECRET_OLD weg" in words) == (0, True, True)
    code, words = run(folder, "verify", secret=NEWER_SECRET)
    assert (code, "Alles klopt" in words, "ZAAKSPOOR_SECRET_OLD" in words) == (0, True, False)
    assert run(folder, "worker", secret=TEST_SECRET)[0] == 1
