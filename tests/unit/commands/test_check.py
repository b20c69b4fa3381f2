"""`zaakspoor check`: everything at once, each with what to do, and no connection that is waited for (T6)."""

import json
import os
import time
from pathlib import Path

import pytest
from kit.production import safe_environment

from portal.commands import check, main
from processes.base.letterhead import Letterhead
from processes.base.settings import Settings
from processes.jobs import connections
from processes.jobs.connections import ConnectionAnswer, NoConnection, try_all
from processes.jobs.letterhead_check import UNASKED, letterhead_in_words

NOWHERE = {
    "DATABASE": "postgresql+psycopg://zaken:geheimwoord@127.0.0.1:1/zaken",
    "BROKER": "amqp://zaken:geheimwoord@127.0.0.1:1",
    "SMTP": "smtp://zaken:geheimwoord@127.0.0.1:1",
    "OIDC_CITIZEN_ISSUER": "https://127.0.0.1:1/inwoners",
    "OIDC_STAFF_ISSUER": "https://127.0.0.1:1/medewerkers",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch):
    """Sets the whole environment of the program."""

    monkeypatch.setattr("portal.commands.logs.begin", lambda _: None)  # in production it writes JSON from here on

    def setting(given: dict[str, str]) -> None:
        for name in [name for name in os.environ if name.startswith(("ZAAKSPOOR_", "AWS_", "PG"))]:
            monkeypatch.delenv(name)
        for name, text in given.items():
            monkeypatch.setenv(name, text)

    return setting


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code, and what was printed."""
    with pytest.raises(SystemExit) as ended:
        main(["check", *words])
    return int(ended.value.code or 0), capsys.readouterr().out


@pytest.fixture
def well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection answers."""
    for name in check.ALL:
        monkeypatch.setitem(check.ALL, name, lambda _: "Antwoordt.")


@pytest.mark.usefixtures("well")
def test_t6_check_says_that_all_is_well(capsys, environment, tmp_path: Path) -> None:
    environment(safe_environment(tmp_path))
    code, words = said(capsys)
    assert (code, words.splitlines()[-1]) == (0, "Alles klopt.")
    assert words.count("ok") == len(check.ALL)


@pytest.mark.usefixtures("well")
def test_t6_check_says_everything_that_is_wrong_and_ends_with_one(capsys, environment, tmp_path: Path) -> None:
    environment(
        safe_environment(tmp_path, SECRET="x" * 32, FACES="alles", PUBLIC_URL="http://a.example", PRODUCTON="on")
    )
    code, words = said(capsys)
    assert code == 1
    named = [line.split()[1] for line in words.splitlines() if line.startswith("fout")]
    assert sorted(named) == ["ZAAKSPOOR_FACES", "ZAAKSPOOR_PRODUCTON", "ZAAKSPOOR_PUBLIC_URL", "ZAAKSPOOR_SECRET"]
    assert "Maak er een met: python3 -c" in words
    assert words.splitlines()[-1] == "4 fouten."


@pytest.mark.usefixtures("well")
def test_t6_a_switch_that_nobody_can_read_is_judged_as_production(capsys, environment, tmp_path: Path) -> None:
    environment(safe_environment(tmp_path, PRODUCTION="aan!", SECRET=None))
    assert "ZAAKSPOOR_SECRET moet in productie" in said(capsys)[1]


@pytest.mark.usefixtures("well")
def test_t6_outside_production_it_says_so_and_tells_what_misses_when_asked(capsys, environment, tmp_path: Path) -> None:
    environment({"ZAAKSPOOR_DATA": str(tmp_path)})
    code, words = said(capsys)
    assert code == 0
    assert "Dit is geen productie" in words
    code, words = said(capsys, "--production")
    assert code == 1
    assert "ZAAKSPOOR_DATABASE is SQLite." in words


def test_t6_each_connection_that_does_not_answer_is_said_without_a_password(
    capsys, environment, tmp_path: Path
) -> None:
    environment(safe_environment(tmp_path, **NOWHERE))
    code, words = said(capsys)
    told = {line.split()[1].rstrip(":"): line for line in words.splitlines() if "ZAAKSPOOR_" in line}
    assert code == 1
    assert {name for name, line in told.items() if line.startswith("fout")} == {f"ZAAKSPOOR_{name}" for name in NOWHERE}
    assert told["ZAAKSPOOR_FILES"] == "ok    ZAAKSPOOR_FILES: Een bestand is geschreven, gelezen en gewist."
    assert "geheimwoord" not in words
    assert words.splitlines()[-1] == "5 fouten."


@pytest.mark.usefixtures("well")
def test_t6_programs_get_json(capsys, environment, tmp_path: Path) -> None:
    environment(safe_environment(tmp_path, SMTP="mailbox"))
    code, words = said(capsys, "--json")
    told = json.loads(words)
    assert code == 1
    assert [one["variable"] for one in told["settings"]] == ["ZAAKSPOOR_SMTP"]
    assert {(one["name"], one["well"]) for one in told["connections"]} == {(name, True) for name in check.ALL}


def test_t6_what_cannot_be_read_is_not_tried(capsys, environment, monkeypatch, tmp_path: Path) -> None:
    tried = []
    for name in check.ALL:
        monkeypatch.setitem(check.ALL, name, lambda _, name=name: tried.append(name) or "Antwoordt.")
    environment(safe_environment(tmp_path, SMTP="mail", DATABASE="mysql://x"))
    said(capsys)
    assert tried == [
        "broker",
        "bounce_mailbox",
        "post_mailbox",
        "post_folder",
        "files",
        "clamav",
        "data",
        "office_converter",
        "oidc_citizen_issuer",
        "oidc_staff_issuer",
        "saml_digid_metadata",
        "saml_eherkenning_metadata",
        "saml_eidas_metadata",
    ]  # the secret is in the database


def test_t6_a_connection_that_hangs_is_given_up_and_the_next_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SECONDS", 0.2)

    def hangs(_: Settings) -> str:
        time.sleep(2)
        return "te laat"

    def refuses(_: Settings) -> str:
        raise NoConnection

    def breaks(_: Settings) -> str:
        raise ValueError("amqp://zaken:geheimwoord@host")

    started = time.monotonic()
    answers = try_all(Settings(), {"a": hangs, "b": refuses, "c": breaks, "d": lambda _: "Antwoordt."})
    assert time.monotonic() - started < 1.5
    assert answers == [
        ConnectionAnswer("a", False, "Er kwam binnen 0 seconden geen antwoord."),
        ConnectionAnswer("b", False, "Deze verbinding werkt niet."),
        ConnectionAnswer("c", False, "Dit ging mis: ValueError."),
        ConnectionAnswer("d", True, "Antwoordt."),
    ]


def test_t6_a_check_makes_no_database(tmp_path: Path) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path}/nieuw/zaken.db")
    assert connections.try_database(settings).startswith("Er is nog geen bestand van SQLite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("program", "answer"),
    [
        ("none", "LibreOffice wordt niet gebruikt."),
        ("/bin/sh", "/bin/sh maakt PDF van besluiten in Word en OpenDocument."),
        ("/geen/soffice", "/geen/soffice is er niet, of Zaakspoor mag het niet uitvoeren."),
    ],
)
def test_j13_check_says_what_makes_pdf_of_word(program: str, answer: str) -> None:
    (said,) = connections.try_all(
        Settings(office_converter=program), {"office_converter": connections.TRIES["office_converter"]}
    )
    assert said.words.startswith(answer)
    assert said.well is (program != "/geen/soffice")


def test_j4_check_says_what_letters_would_invent_without_calling_it_wrong(
    capsys, environment, tmp_path, well, monkeypatch
):
    del well
    monkeypatch.setitem(check.ALL, "organisation", connections.try_letterhead)
    monkeypatch.setattr(connections, "letterhead_in_words", lambda _: (False, "Vul voor brieven nog in: de rechtbank."))
    environment(safe_environment(tmp_path))
    code, words = said(capsys)
    assert code == 0
    assert "let op  ZAAKSPOOR_ORGANISATION: Vul voor brieven nog in: de rechtbank." in " ".join(words.split("\n"))


def test_j4_what_is_invented_is_seen_in_the_database(services):
    assert letterhead_in_words(services.settings) == (
        False,
        f"{Letterhead().to_fill_in()} Dat kan bij Beheer, Instellingen.",
    )


def test_j4_a_database_that_is_not_there_says_nothing_of_letters(tmp_path):
    assert letterhead_in_words(Settings(database=f"sqlite:///{tmp_path}/geen.db")) == (True, UNASKED)
