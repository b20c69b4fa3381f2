"""Datums verbeteren, Termijn wijzigen and Dwangsom, each through its page."""

from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import days_later, register_bezwaar, rows, today
from kit.people import ADA, SEM
from kit.statements import statements

from processes.actions import act
from processes.actions.withdrawing import Withdraw
from processes.storage.tables import Case, ColleagueTask, DeadlineRow, Decision, DefaultNotice


@pytest.fixture
def number(services) -> str:
    return register_bezwaar(services, ago=60)


def decide(services) -> DeadlineRow:
    return next(row for row in rows(services, DeadlineRow) if row.code == "decide")


def typed(page: Browser) -> dict[str, str]:
    """What stands in the form of dates."""
    decision = rows(page.services, Decision)[0]
    case = rows(page.services, Case)[0]
    return {
        "received_on": case.received_on.isoformat(), "postmark_on": "", "reason": "Verkeerde brief",
        "decision-0-taken_on": decision.taken_on.isoformat(), "decision-0-department": "parkeren",
        "decision-0-announced_on": decision.announced_on.isoformat(),
    }  # fmt: skip


def test_dates_are_corrected_after_seeing_what_moves(services, noor: Browser, number):
    place, before = f"/werk/zaken/{number}/datums", decide(services).due
    assert f'href="{place}"' in noor.get(f"/werk/zaken/{number}")
    noor.get(place)
    later = {**typed(noor), "decision-0-announced_on": (today(services) - timedelta(40)).isoformat()}
    page = noor.post(place, later)
    assert "Beslissing op bezwaar" in page
    assert "Er is nog niets veranderd." in page
    assert decide(services).due == before
    page = noor.post(place, {"step": "change"})
    assert later["decision-0-announced_on"] in page
    noor.post(place, later)
    page = noor.post(place, {"step": "confirm"})
    assert "De datums zijn verbeterd." in page
    assert decide(services).due > before
    assert "Verkeerde brief" in noor.get(f"/werk/zaken/{number}/tijdlijn")


def test_mistakes_in_dates_stand_at_their_field(services, noor: Browser, number):
    place = f"/werk/zaken/{number}/datums"
    noor.get(place)
    page = noor.post(place, {**typed(noor), "received_on": "gisteren", "reason": ""}, status=422)
    assert 'href="#field-received_on"' in page
    assert 'href="#field-reason"' in page
    page = noor.post(place, {**typed(noor), "decision-0-announced_on": ""}, status=422)
    assert 'href="#field-decision-0-announced_on"' in page


def test_somebody_who_was_slower_is_told(services, browser, noor: Browser, number):
    place = f"/werk/zaken/{number}/datums"
    slower = browser(noor.actor)
    for one, day in ((noor, 40), (slower, 41)):
        one.get(place)
        one.post(place, {**typed(one), "decision-0-announced_on": (today(services) - timedelta(day)).isoformat()})
    noor.post(place, {"step": "confirm"})
    assert "intussen verbeterd" in slower.post(place, {"step": "confirm"}, status=409)


def test_a_closed_case_only_mends_days_and_the_committee_has_no_such_pages(services, browser, noor: Browser, number):
    ada = browser(ADA)
    for page in ("datums", "termijnen/decide", "dwangsom/decide"):
        ada.get(f"/werk/zaken/{number}/{page}", 403)
    act(services, noor.actor, Withdraw(number, "Opgelost"))
    assert "afgerond" in noor.get(f"/werk/zaken/{number}/datums", 409)
    page = noor.get(f"/werk/zaken/{number}/termijnen/decide")
    assert "Dagen van deze termijn" in page  # a day that was typed wrong is mended, and nothing else
    assert not any(
        f"/termijnen/decide/{which}" in page for which in ("start", "suspend", "resume", "extend", "consent")
    )
    late = {"since-suspend": today(services).isoformat(), "reason-suspend": "Storm"}
    noor.post(f"/werk/zaken/{number}/termijnen/decide/suspend", late, status=409)
    noor.get(f"/werk/zaken/{number}/termijnen/verzonnen", 404)


def test_j12_the_page_says_that_the_day_of_force_majeure_itself_does_not_count(noor: Browser, number):
    page = noor.get(f"/werk/zaken/{number}/termijnen/decide")
    assert "Die dag zelf telt al niet mee." in page  # 'zolang' (4:15, second paragraph, c)
    assert "wanneer u de beslissing wel verwacht" in page  # what the letter must say (4:15, third paragraph)


def test_the_term_stands_still_by_force_majeure_and_goes_on(services, noor: Browser, number):
    place = f"/werk/zaken/{number}/termijnen/decide"
    page = noor.get(place)
    assert "Verlengen gaat in deze zaak met een eigen knop" in page  # the drawing has its own
    page = noor.post(
        f"{place}/suspend", {"since-suspend": today(services).isoformat(), "reason-suspend": ""}, status=422
    )
    assert 'href="#field-reason-suspend"' in page
    page = noor.post(f"{place}/suspend", {"since-suspend": today(services).isoformat(), "reason-suspend": "Storm"})
    assert "De termijn is gewijzigd." in page
    assert "staat stil" in page
    assert "verdergaan" in noor.get(place)
    days_later(services, 5)
    noor.post(f"{place}/resume", {"until-resume": today(services).isoformat(), "reason-resume": "De storm is voorbij"})
    assert decide(services).due is not None


def test_consent_is_kept_and_a_date_that_may_not_be_is_refused(services, noor: Browser, number):
    place = f"/werk/zaken/{number}/termijnen/decide"
    noor.get(place)
    given = {"on-consent": today(services).isoformat(), "agreed_by-consent": "Tess", "reason-consent": "Rapport"}
    page = noor.post(f"{place}/consent", {**given, "until-consent": today(services).isoformat()}, status=422)
    assert 'href="#field-until-consent"' in page
    assert "niet later dan de datum die al geldt" in page
    later = decide(services).due + timedelta(20)
    page = noor.post(f"{place}/consent", {**given, "until-consent": later.isoformat()})
    assert decide(services).due == later
    assert "Awb 7:10, lid 4" in page


def test_a_notice_of_default_is_recorded_excluded_and_laid_down(services, browser, noor: Browser, number):
    place = f"/werk/zaken/{number}/dwangsom/decide"
    days_later(services, (decide(services).due - today(services)).days + 1)
    assert f'href="{place}"' in noor.get(f"/werk/zaken/{number}")
    noor.get(place)
    page = noor.post(f"{place}/ingebreke", {"received_on": "1-1-1999"}, status=422)
    assert 'href="#field-received_on"' in page
    page = noor.post(f"{place}/ingebreke", {"received_on": today(services).isoformat(), "party": "1"})
    assert "De ingebrekestelling is vastgelegd." in page
    assert "begint op" in page
    days_later(services, 20)  # the two weeks, and the sixth day of 23 euro
    page = noor.get(f"/werk/zaken/{number}")
    assert "Tot en met vandaag <strong>€\xa0138</strong>. Elke dag komt er €\xa023 bij." in page
    page = noor.get("/werk")
    assert "Dwangsommen (1)" in page
    assert "Dwangsom loopt: nu €\xa0138" in page
    notice = rows(services, DefaultNotice)[0].id
    assert "/uitsluiten/" not in noor.get(place)  # a decision, so it is not offered to who has no mandate
    sem = browser(SEM)
    sem.get(place)
    assert "Kies een grond" in sem.post(f"{place}/uitsluiten/{notice}", {f"reason-{notice}": "Zo"}, status=422)
    page = sem.post(f"{place}/uitsluiten/{notice}", {f"ground-{notice}": "onredelijk_laat", f"reason-{notice}": "Zo"})
    assert "kwam onredelijk laat" in page
    assert "Dwangsommen" not in sem.get("/werk")
    sem.get(place)
    sem.post(f"{place}/uitsluiten/{notice}", {f"reason-{notice}": "Toch niet"})
    days_later(services, 40)
    page = sem.get(place)
    assert "Stel het bedrag vast op €\xa01.442" in page
    page = sem.post(f"{place}/vaststellen")
    assert "Het bedrag van de dwangsom is vastgesteld." in page
    assert rows(services, DefaultNotice)[0].amount_cents == 1442_00


def test_j4_who_may_not_decide_asks_a_decider_who_finds_the_penalty_among_what_is_to_be_done(
    services, browser, noor: Browser, number
):
    """W20: no press that is refused."""
    place = f"/werk/zaken/{number}/dwangsom/decide"
    days_later(services, (decide(services).due - today(services)).days + 1)
    noor.get(place)
    noor.post(f"{place}/ingebreke", {"received_on": today(services).isoformat(), "party": "1"})
    days_later(services, 60)
    page = noor.get(place)
    assert "Vraag een beslisser" in page
    assert f"{place}/vaststellen" not in page
    noor.post(f"{place}/vaststellen", status=403)
    noor.get(place)
    noor.post(f"/werk/zaken/{number}/collegataak", {"whom": "sem"})
    (asked,) = rows(services, ColleagueTask)
    assert (asked.staff, asked.what) == (
        "sem",
        "Stel de dwangsom vast bij 'Beslissing op bezwaar', of leg vast dat er geen dwangsom is.",
    )
    assert "een beslisser" in noor.get("/werk")
    sem = browser(SEM)
    for page in ("/werk", "/werk/dwangsommen"):
        assert f'href="{place}"' in sem.get(page)
    assert "Vraag een beslisser" not in sem.get(place)
    sem.post(f"{place}/vaststellen")
    assert "Vastgesteld op" in noor.get(place)
    assert "Vraag een beslisser" not in noor.html


def test_today_asks_no_more_for_more_penalties(services, noor: Browser):
    def late() -> None:
        number = register_bezwaar(services, ago=10, received=today(services) - timedelta(90))
        case = next(row for row in rows(services, Case) if row.number == number)
        with services.sessions.begin() as session:
            session.add(
                DefaultNotice(case_id=case.id, deadline="decide", received_on=today(services) - timedelta(2),
                              reason="", recorded_at=case.registered_at, recorded_by="noor")
            )  # fmt: skip

    def count() -> int:
        noor.get("/werk")  # once a minute a session is prolonged: not in what is counted
        with statements(services) as seen:
            assert "Dwangsommen" in noor.get("/werk")
        return len(seen)

    late()
    few = count()
    for _ in range(5):
        late()
    assert count() == few


def test_woo_is_asked_at_registration(services, noor: Browser):
    page = noor.get("/werk/nieuw/bezwaar")
    assert 'name="decision-0-woo"' in page
