"""C16, J3: the page of a case promises a day only for what that day is the last day of."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from citizen_kit import TESS, Browser, intake, register
from kit.cases import put_in_use, rows, shipped, today
from kit.people import NOOR, TESS_BSN

from engine import compile_model, read_model
from processes.actions import act
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.dutch import long_date
from processes.reads.citizen import read_calendar
from processes.reads.citizen.expected import steps_after
from processes.reads.citizen.words import main_deadline
from processes.storage.services import Services
from processes.storage.tables import DeadlineRow

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
COURT = NewParty("court", "Rechtbank Voorbeeldland", kind="company", address="Postbus 1", channel="post")


def words_of(page: str, part: str) -> str:
    """One section of the page, without marks."""
    return re.sub(r"(<[^>]*>|\s)+", " ", page.partition(f'id="{part}"')[2].partition("</section>")[0])


def due(services: Services, code: str) -> str:
    return long_date(next(row.due for row in rows(services, DeadlineRow) if row.code == code))


def test_c16_the_term_for_our_defence_at_the_court_is_no_promise_to_who_appeals(tess: Browser) -> None:
    services = tess.services
    put_in_use(services, "beroep")
    day = today(services)
    decision = NewDecision("Urgentie geweigerd", "BZW-7", day - timedelta(40), day - timedelta(38), "parkeren")
    appellant = NewParty("appellant", "Tess Testeling", identity=TESS_BSN, channel="portal")
    values = {"kind": "bezwaar", "court_number": "VBL 1", "grounds": "Niet eerlijk", "grounds_sent_on": day}
    number = act(services, NOOR, RegisterCase("beroep", "letter", day, (appellant, COURT), (decision,), values))
    page = tess.get(f"/mijn/zaken/{number}")
    defence = due(services, "defence")
    assert "nog te doen" in words_of(page, "stappen")
    assert defence not in re.sub(r"\s+", " ", page)
    assert "U krijgt uiterlijk" not in page + tess.get("/mijn")
    assert "Waarom deze datum?" not in page


@pytest.mark.parametrize(
    ("name", "code"),
    [("beroep", None), ("voorlopige-voorziening", None), ("bezwaar", "decide"), ("klacht", "decide"),
     ("woo-verzoek", "decide"), ("ingebrekestelling", "decide")],
)  # fmt: skip
def test_j3_the_term_of_a_court_is_not_the_one_that_counts_for_a_citizen(name: str, code: str | None) -> None:
    assert main_deadline(read_model(shipped(name).drawing).model) == code


@pytest.mark.parametrize(
    ("name", "after"), [("woo-verzoek", {"decided", "closed"}), ("bezwaar", set()), ("klacht", set())]
)
def test_c16_only_what_waits_for_more_than_the_decision_comes_after_it(name: str, after: set[str]) -> None:
    drawing = shipped(name).drawing
    assert steps_after(compile_model(drawing, read_model(drawing).model), "decide", NOW) == after


def test_c16_the_end_of_a_woo_request_has_no_day_while_its_decision_has(tess: Browser) -> None:
    services = tess.services
    put_in_use(services, "zoekvraag", "zienswijze", "feitencheck", "deelbesluit", "woo-verzoek")
    requester = NewParty("requester", "Tess Testeling", identity=TESS, channel="portal")
    values = {"subject": "Het oude zwembad", "matter": "Hoe is de prijs bepaald?"}
    number = act(services, NOOR, RegisterCase("woo-verzoek", "letter", today(services), (requester,), values=values))
    steps = words_of(tess.get(f"/mijn/zaken/{number}"), "stappen")
    assert f"Beslissing in voorbereiding nog te doen, voor {due(services, 'decide')}" in steps
    assert "Afgerond nog te doen" in steps
    assert "uiterlijk" not in steps


def test_c3_the_last_day_to_answer_ends_at_midnight_here(tess: Browser) -> None:
    services = tess.services
    number = register(services, TESS)
    intake(services, complete=False)
    last = next(row.due for row in rows(services, DeadlineRow) if row.code == "repair")

    def answers(hour: int, minute: int) -> list[str]:
        moment = datetime(last.year, last.month, last.day, hour, minute, tzinfo=UTC)
        services.clock.ahead = moment - services.clock.start
        found = read_calendar(services, tess.actor, number)
        return [one.name.partition("-")[0] for one in found if one.name.startswith("antwoord")]

    assert answers(21, 59) == ["antwoord"]  # 23.59 in summer
    assert answers(22, 1) == []
