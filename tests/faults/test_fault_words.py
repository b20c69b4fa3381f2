"""What the processes tell an operator: one word from page to mail, figures, and a checker that does see damage."""

import json
import secrets
from pathlib import Path

import httpx
import pytest
from fault_checker import broken_promises
from fault_experiment import Experiment
from fault_play import ok, token_of
from kit.browser import hidden
from kit.documents import NO_FILE
from kit.waiting import until
from sqlalchemy import select, update

from processes.storage.tables import AuditRow, DocumentRow, MailRow

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]


def lines_of(experiment: Experiment, name: str) -> list[dict[str, object]]:
    words = (experiment.installation.programs.log / f"{name}.log").read_text().splitlines(keepends=True)
    return [
        json.loads(line) for line in words if line.startswith("{") and line.endswith("\n")
    ]  # the last is being written


def test_one_word_goes_from_the_page_through_the_outbox_to_the_mail(experiment: Experiment) -> None:
    installation, play = experiment.installation, experiment.play(1)
    play.register()
    play.ask()
    address = f"{installation.url}/verzoek/{token_of(installation.services, play.numbers[0])[0]}"
    word = f"proef-{secrets.token_hex(4)}"
    with httpx.Client(headers={"Origin": installation.url, "X-Correlation-ID": word}, follow_redirects=True) as browser:
        page = ok(browser.get(address)).text
        data = {name: hidden(page, name) for name in ("csrf", "form_key", "task")}
        data |= {"remark": "wij hebben niets", "naam": "Ans", "stap": "versturen"}
        answer = ok(browser.post(f"{address}/aanleveren", data=data, files=NO_FILE))
    experiment.doors.confirmed[answer.url.path.rpartition("/")[2]] = (play.numbers[0], "wij hebben niets")
    assert answer.headers["X-Correlation-ID"] == word

    def told(name: str, event: str) -> bool:
        return any(line["event"] == event and line.get("correlation") == word for line in lines_of(experiment, name))

    assert until(lambda: told("worker", "mail.sent")), installation.words()
    assert until(lambda: told("worker", "outbox.done")), installation.words()
    assert told("web", "request")
    experiment.check()


def test_a_word_that_is_no_word_is_replaced(experiment: Experiment) -> None:
    for given in ("999993653", "kort", "met spatie erin", "x" * 41):
        answer = httpx.get(f"{experiment.installation.url}/healthz", headers={"X-Correlation-ID": given})
        assert answer.headers["X-Correlation-ID"] not in ("", given)


def test_figures_tell_what_waits(experiment: Experiment) -> None:
    experiment.check()
    text = httpx.get(f"{experiment.installation.url}/metrics").text
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("zaakspoor_"))
    quiet = ("outbox_waiting", "outbox_lag_seconds", "timers_due", "timers_lag_seconds", "cases_with_alarm",
             "processes_stuck", "mails_refused")  # fmt: skip
    assert {name: float(figures[f"zaakspoor_{name}"]) for name in quiet} == dict.fromkeys(quiet, 0.0)
    assert float(figures["zaakspoor_database_up"]) == 1


@pytest.mark.parametrize("promise", ["I1", "I3", "I4", "I5", "I7"])
def test_the_checker_names_planted_damage(experiment: Experiment, promise: str) -> None:
    installation, play = experiment.installation, experiment.play(1)
    play.register()
    experiment.check()
    log = installation.programs.log / "planted.log"
    unsent = select(MailRow.id).where(MailRow.sent_at.is_(None)).order_by(MailRow.id)
    with installation.services.sessions() as session:
        before = session.scalars(unsent).all()  # of earlier damage to this installation
        session.execute(update(AuditRow).where(AuditRow.seq == 1).values(action="iets")) if promise == "I3" else None
        session.execute(update(DocumentRow).values(sha256="0" * 64)) if promise == "I5" else None
        session.execute(update(MailRow).values(sent_at=None)) if promise == "I4" else None
        doors = type(experiment.doors)(
            installation, {"ONT-0": ("BZW", "x")} if promise == "I1" else experiment.doors.confirmed
        )
        Path(log).write_text("bsn 999990019" if promise == "I7" else "")
        found = broken_promises(installation, doors, {}, [], session)
        log.unlink()
        session.rollback()
        assert session.scalars(unsent).all() == before
    assert {one[:2] for one in found} == {promise}
