"""W6, W15, W17: the head of a team who only leads hands out its cases and arranges who stands in, within the team, and opens no case."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from figures_kit import FRESH, bezwaar, team
from kit.barring import barred_in
from kit.browser import Browser
from kit.cases import make_secret, notes_of, rows, today
from kit.people import LIES, NOOR, PIET, SEM, known

from processes.actions import act
from processes.actions.course import AssignHandler, ReturnToTeam
from processes.actions.substitution import EndSubstitute, SetSubstitute
from processes.base.errors import Invalid, NotAllowed, NotFound
from processes.storage.services import Services
from processes.storage.tables import Case, NewsRow, Substitution

HERE, ARRANGED = "/werk/team", "/werk/vervanging"


@pytest.fixture
def led(services: Services) -> Iterator[Services]:
    """Lies leads the team of Noor and Piet; Sem is in none."""
    known(services, SEM)
    team(services, "bezwaar", "lies", "noor", "piet")
    return services


def handlers(services: Services) -> dict[str, str | None]:
    return {row.number: row.handler for row in rows(services, Case)}


def test_w6_a_head_hands_out_the_cases_of_the_team_with_a_reason(led: Services, lies: Browser) -> None:
    free, of_noor = bezwaar(led, FRESH, subject="Kapvergunning"), bezwaar(led, FRESH, "noor")
    page = lies.get(HERE)
    assert free in page
    assert of_noor not in page
    assert "Kapvergunning" not in page  # what is in a case stays in it
    assert "Tess" not in page
    assert of_noor in lies.get(f"{HERE}?wie=noor")
    answers = {"wie": "noor", "nummer": of_noor, "aan": "piet"}
    assert "Schrijf waarom." in lies.post(HERE, answers, status=422)
    assert "1 van de 1 zaken." in lies.post(HERE, {**answers, "reden": "Noor is ziek."})
    assert handlers(led)[of_noor] == "piet"
    assert any("overgedragen aan Piet" in note and "Noor is ziek." in note for note in notes_of(led, of_noor))
    assert {row.staff for row in rows(led, NewsRow)} >= {"noor", "piet"}
    lies.get(f"{HERE}?wie=piet")
    lies.post(HERE, {"wie": "piet", "nummer": of_noor, "aan": "team", "reden": "Toch niet."})
    assert handlers(led)[of_noor] is None
    assert lies.status(f"/werk/zaken/{of_noor}") == 403


def test_w17_a_head_hands_out_nothing_hidden_nothing_of_another_team_and_to_nobody_outside(
    led: Services, lies: Browser
) -> None:
    secret, about_me, plain = (bezwaar(led, FRESH) for _ in range(3))
    make_secret(led, secret)
    with led.sessions.begin() as session:
        barred_in(session, "lies", about_me)
    page = lies.get(HERE)
    assert plain in page
    assert secret not in page
    assert about_me not in page
    for number in (secret, about_me):
        with pytest.raises(NotFound):
            act(led, LIES, AssignHandler(number, "piet", "Druk."))
        with pytest.raises(NotFound):
            act(led, LIES, ReturnToTeam(number, "Druk."))
    refused = ((("sem", "Druk."), "handler"), (("lies", "Druk."), "handler"), (("piet", " "), "handover"))
    for (handler, note), field in refused:
        with pytest.raises(Invalid) as error:
            act(led, LIES, AssignHandler(plain, handler, note))
        assert set(error.value.fields) == {field}
    with led.sessions.begin() as session:
        barred_in(session, "piet", plain)
    with pytest.raises(Invalid) as error:  # who is a party is told to nobody who does not work on the case
        act(led, LIES, AssignHandler(plain, "piet", "Druk."))
    assert error.value.fields == {"handler": "Deze collega kan deze zaak niet behandelen. Kies iemand anders."}
    assert [handlers(led)[one] for one in (secret, about_me, plain)] == [None] * 3


def test_w17_a_head_without_a_team_and_a_case_of_another_team(services: Services, lies: Browser) -> None:
    number = bezwaar(services, FRESH)
    assert "U zit niet in een team." in lies.get(HERE)
    assert number not in lies.get(HERE)
    with pytest.raises(NotFound):
        act(services, LIES, AssignHandler(number, "piet", "Druk."))
    noor = Browser(services, NOOR)
    assert noor.status(HERE) == 403


def test_w6_a_head_arranges_who_stands_in_within_the_team(led: Services, lies: Browser) -> None:
    first, last = today(led), today(led) + timedelta(5)
    days = {"first": first.isoformat(), "last": last.isoformat()}
    page = lies.get(ARRANGED)
    assert "Piet" in page
    assert "Sem Beslisser" not in page
    lies.post(ARRANGED, {"away": "noor", "substitute": "piet", **days, "absence": "Afwezig."})
    (row,) = rows(led, Substitution)
    assert (row.staff, row.substitute, row.set_by) == ("noor", "piet", "lies")
    for away, substitute in (("sem", "piet"), ("noor", "sem")):
        with pytest.raises(NotAllowed):
            act(led, LIES, SetSubstitute(substitute, days["first"], days["last"], away, "Afwezig."))
    assert "vervangt Noor" in lies.get(ARRANGED)
    act(led, LIES, EndSubstitute(row.id))
    act(led, SEM, SetSubstitute("noor", days["first"], days["last"]))
    (of_sem,) = [one for one in rows(led, Substitution) if one.staff == "sem"]
    assert "vervangt Sem" not in lies.get(ARRANGED)
    with pytest.raises(NotAllowed):
        act(led, LIES, EndSubstitute(of_sem.id))
    with pytest.raises(NotAllowed):
        act(led, PIET, SetSubstitute("piet", days["first"], days["last"], "noor", "Afwezig."))
