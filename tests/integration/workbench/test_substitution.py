"""W6: while somebody is away a colleague sees their work beside the own, told apart, and never more than that colleague may see."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.business_time import FixedClock
from kit.cases import INTAKE, do, make_secret, register_bezwaar, rows, today
from kit.installation import installation
from kit.people import ADA, FENNA, NOOR, PIET, SEM, TESS, citizen, known

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.messages import AddNote, SendMessage
from processes.actions.substitution import EndSubstitute, SetSubstitute
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, NotAllowed
from processes.jobs.substitution_sweep import sweep_substitutions
from processes.reads.workbench import read_concerned
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, NewsRow, Substitution, TaskRow

HERE, MINE = "/werk/vervanging", "/werk?van=mij"
MARKED = "voor Noor Behandelaar"


@pytest.fixture
def services(tmp_path: Path, filling: Callable[[Services], None]) -> Iterator[Services]:
    """With the administration, where an administrator arranges it."""
    with installation(tmp_path, filling, faces=("workbench", "admin")) as opened:
        yield opened


@pytest.fixture
def number(services: Services) -> str:
    """A case that Noor handles, with a task that nobody took."""
    known(services, PIET)
    made = register_bezwaar(services, TESS)
    act(services, NOOR, AssignHandler(made, "noor"))
    return made


def arrange(
    services: Services, desk: Browser, first: int = 0, last: int = 5, *, status: int = 200, at: str = HERE, **typed: str
) -> str:
    """The form, with days counted from today; the answer is the page."""
    days = {name: (today(services) + timedelta(day)).isoformat() for name, day in (("first", first), ("last", last))}
    desk.get(at)
    return desk.post(at, {"substitute": "piet", **days, **typed}, status=status)


def later(services: Services, days: int) -> None:
    assert isinstance(services.clock, FixedClock)
    services.clock.ahead += timedelta(days)


def told(services: Services) -> list[str]:
    return sorted(row.staff for row in rows(services, NewsRow))


def test_w6_substitute_sees_the_work_of_who_is_away_marked_and_does_it_in_the_own_name(
    services, browser, noor: Browser, number
):
    piet = browser(PIET)
    assert number not in piet.get(MINE)
    arrange(services, noor)
    page = piet.get(MINE)
    assert number in page
    assert MARKED in page
    assert "U vervangt Noor Behandelaar" in page
    assert MARKED not in noor.get(MINE)
    do(services, "Intake", PIET, **INTAKE, route="ambtelijk")
    assert [row.handler for row in rows(services, Case)] == ["noor"]
    assert [row.done_by for row in rows(services, TaskRow, element="Intake")] == ["piet"]


def test_w6_substitute_hears_the_news_and_messages_of_these_cases(services, browser, noor: Browser, number):
    arrange(services, noor)
    act(services, SEM, AddNote(number, "@Noor, Tess belde over haar bezwaar."))
    assert told(services) == ["noor", "piet"]
    act(services, citizen(services, TESS), SendMessage(number, "Hoe staat het ermee?"))
    page = browser(PIET).get(MINE)
    assert "Berichten (1)" in page
    assert "Notitie van Sem Beslisser" in page
    assert "Sem Beslisser noemt u" not in page  # that was Noor
    assert "Hoe staat het ermee?" in noor.get(MINE)
    assert "piet" in read_concerned(services, [rows(services, Case)[0].id])


def test_w6_substitute_begins_and_ends_by_itself(services, browser, noor: Browser, number):
    arrange(services, noor, first=2, last=4)
    piet, seen = browser(PIET), []
    for days in (0, 2, 2, 1):  # before it, its first day, its last day, the day after
        later(services, days)
        seen.append(MARKED in piet.get(MINE))
    assert seen == [False, True, True, False]
    act(services, SEM, AddNote(number, "Even kijken"))
    assert told(services) == ["noor"]
    later(services, 360)
    sweep_substitutions(services)
    assert len(rows(services, Substitution)) == 1
    later(services, 10)
    sweep_substitutions(services)
    assert rows(services, Substitution) == []


def test_w6_substitute_sees_nothing_above_the_own_clearance(services, browser, noor: Browser, number):
    make_secret(services, number)
    arrange(services, noor)
    piet = browser(PIET)
    page = piet.get(MINE)
    assert "U vervangt Noor Behandelaar" in page
    assert number not in page
    assert piet.status(f"/werk/zaken/{number}") == 404
    act(services, replace(SEM, roles=frozenset({"decider", "clearance-geheim"})), AddNote(number, "Even kijken"))
    assert told(services) == ["noor"]


def test_w6_substitute_of_a_substitute_sees_nothing(services, browser, noor: Browser, number):
    arrange(services, noor)
    arrange(services, browser(PIET), substitute="sem")
    page = browser(SEM).get(MINE)
    assert "U vervangt Piet Behandelaar" in page
    assert number not in page
    act(services, replace(PIET, subject="els"), AddNote(number, "Even kijken"))
    assert told(services) == ["noor", "piet"]


def test_w6_substitute_is_ended_early(services, browser, noor: Browser, number):
    arrange(services, noor)
    (row,) = rows(services, Substitution)
    with pytest.raises(NotAllowed):
        act(services, PIET, EndSubstitute(row.id))
    noor.post(f"/werk/vervanging/{row.id}/beeindigen")
    assert MARKED not in browser(PIET).get(MINE)
    with pytest.raises(AlreadyDone):
        act(services, NOOR, EndSubstitute(row.id))
    arrange(services, noor)  # these days are free again


@pytest.mark.parametrize(("who", "at"), [(SEM, HERE), (FENNA, "/beheer/medewerkers/vervanging")], ids=["sem", "fenna"])
def test_w6_substitute_of_who_is_ill_is_set_by_a_decider_or_administrator_with_a_reason(
    services, browser, number, who, at
):
    desk = browser(who)
    assert "Schrijf op waarom u dit voor een ander regelt." in arrange(services, desk, away="noor", at=at, status=422)
    assert "Zij is er niet." in arrange(services, desk, away="noor", at=at, absence="Zij is er niet.")
    (row,) = rows(services, Substitution)
    assert (row.staff, row.substitute, row.set_by, row.reason) == ("noor", "piet", who.subject, "Zij is er niet.")
    assert MARKED in browser(PIET).get(MINE)
    desk.post(f"{at}/{row.id}/beeindigen")
    assert [row.ended_by for row in rows(services, Substitution)] == [who.subject]
    steps = [row.action for row in rows(services, AuditRow) if row.action.startswith("substitute_")]
    assert steps == ["substitute_set", "substitute_ended"]


def test_w6_substitute_for_a_colleague_is_not_set_by_who_only_works(services, browser, number):
    day = today(services).isoformat()
    with pytest.raises(NotAllowed):
        act(services, PIET, SetSubstitute("piet", day, day, staff="noor", reason="Zij is er niet."))
    assert browser(ADA).status("/werk/vervanging") == 403


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"substitute": "noor"}, "Kies een andere collega"),
        ({"substitute": "ada"}, "Kies een andere collega"),
        ({"first": -1}, "Kies een dag vanaf vandaag"),
        ({"first": 3, "last": 2}, "Kies een dag van"),
        ({"last": 400}, "Kies een dag van"),
    ],
)
def test_w6_substitute_is_refused_in_words(services, noor: Browser, number, typed, said):
    assert said in arrange(services, noor, **typed, status=422)
    assert rows(services, Substitution) == []


def test_w6_substitute_twice_in_the_same_days_is_refused_with_the_days(services, noor: Browser, number):
    arrange(services, noor, first=1, last=5)
    page = arrange(services, noor, first=5, last=7, substitute="sem", status=422)
    first, last = (long_date(today(services) + timedelta(day)) for day in (1, 5))
    assert f"Er is al vervanging van {first} tot en met {last}" in page
    arrange(services, noor, first=6, last=7, substitute="sem")
