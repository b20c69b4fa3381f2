"""What goes wrong in a command is one sentence: a trace would show passwords and the data of people."""

from pathlib import Path

import pytest

from portal.commands import COMMANDS, failing, main

NOWHERE = "postgresql+psycopg://zaken:geheimwoord@127.0.0.1:1/zaken"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int | str | None, str]:
    """How a command ended, and everything that it said, on one line."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    captured = capsys.readouterr()
    return ended.value.code, " ".join((captured.out + captured.err).split())


@pytest.mark.parametrize("command", ["migrate", "verify", "worker"])
def test_without_a_database_a_command_says_so_and_shows_no_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.setenv("ZAAKSPOOR_DATABASE", NOWHERE)
    monkeypatch.setenv("ZAAKSPOOR_DATA", str(tmp_path))
    assert said(capsys, command) == (1, failing.NO_DATABASE)


def test_what_nobody_foresaw_is_told_by_kind_and_place(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ValueError("geheim 999993653")

    monkeypatch.setattr("processes.storage.case_type_folders.check_path", broken)
    code, words = said(capsys, "lint", "bpmn/bezwaar")
    assert code == 1
    assert words.endswith(failing.UNFORESEEN)
    assert "ValueError" in words
    assert "geheim" not in words


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("bestaat-niet", "bestaat niet. Geef een tekening of een map."), ("", "Geef de map van één zaaktype.")],
)
def test_lint_says_what_it_wants_instead(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, path: str, sentence: str
) -> None:
    code, words = said(capsys, "lint", str(tmp_path / path))
    assert code == 1
    assert sentence in words


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_dutch_and_explains_every_option(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, words = said(capsys, *command.split(), "--help")
    assert code == 0
    assert "Toont deze uitleg." in words
    assert [
        word for word in ("Options", "Arguments", "Commands", "Show this", "[default", "[required") if word in words
    ] == []


def test_a_sentence_is_not_cut_into_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In a log or a pipe, where nobody knows how wide the reader's screen is: what is to be copied stays whole."""
    monkeypatch.setenv("ZAAKSPOOR_PRODUCTION", "on")
    with pytest.raises(SystemExit):
        main(["migrate"])
    (line,) = (one for one in capsys.readouterr().err.splitlines() if "ZAAKSPOOR_SECRET" in one)
    assert line.endswith("python3 -c 'import secrets; print(secrets.token_urlsafe(48))'")


def test_the_log_of_a_command_stays_out_of_its_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that `--json` can be read by a program, whatever was logged."""

    def broken(_: object) -> None:
        raise ValueError

    monkeypatch.setattr("processes.storage.case_type_folders.check_path", broken)
    with pytest.raises(SystemExit):
        main(["lint", "bpmn/bezwaar", "--json"])
    captured = capsys.readouterr()
    assert (captured.out, "ValueError" in captured.err) == ("", True)
