"""`zaakspoor end-sessions` and `zaakspoor admit`, run as an operator does."""

from pathlib import Path

import pytest
from kit.installation import installation
from kit.people import FENNA, NOOR, signed_in

from portal.commands import main
from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.sign_in import Account, NotAdmitted, sign_in

ROLES = frozenset({"worker"})


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with installation(tmp_path) as opened:
        monkeypatch.setattr("portal.commands.people.services", lambda: opened)
        monkeypatch.setenv("COLUMNS", "200")
        yield opened


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out + said.err


def living(services: Services, *cookies: str) -> list[bool]:
    return [web_sessions.load(services, cookie) is not None for cookie in cookies]


def test_t7_end_sessions_puts_everybody_out_or_one(services: Services, capsys) -> None:
    noor, fenna = signed_in(services, NOOR).cookie, signed_in(services, FENNA).cookie
    assert run(capsys, "end-sessions", "--person", "noor") == (0, "Noor Behandelaar is overal uitgelogd: 1 sessie.\n")
    assert living(services, noor, fenna) == [False, True]
    assert run(capsys, "end-sessions") == (0, "Uitgelogd: 1 sessie.\n")
    assert living(services, noor, fenna) == [False, False]


def test_t7_end_sessions_says_when_it_does_not_know_somebody(services: Services, capsys) -> None:
    status, said = run(capsys, "end-sessions", "--person", "niemand")
    assert (status, "Er is geen medewerker" in said) == (1, True)


def test_t7_admit_lets_the_first_administrator_in_at_a_new_provider(services: Services, capsys) -> None:
    signed_in(services, FENNA)
    account = Account("https://nieuw.example", "sub-1", "fenna", "Fenna Beheer", ROLES)
    with pytest.raises(NotAdmitted):
        sign_in(services, account)
    assert "fenna: Fenna Beheer, https://nieuw.example, sub-1" in run(capsys, "admit")[1]
    assert run(capsys, "admit", "fenna")[0] == 1
    assert run(capsys, "admit", "fenna", "--as", "fenna") == (0, "Fenna Beheer is toegelaten.\n")
    assert sign_in(services, account).subject == FENNA.subject
