"""Mijn zaken and the page of a case: what stands there."""

from collections.abc import Callable

import pytest
import structlog
from citizen_kit import NAMES, TESS, YASMINA, Browser, change, intake, register
from kit.cases import days_ago
from kit.statements import round_trips, statements
from sqlalchemy import select, update

from portal.citizen.cases import PER_PAGE
from processes.actions import act
from processes.actions.registering import NewParty
from processes.actions.withdrawing import Withdraw
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, DefaultNotice, ModelVersion, StatusRow

Open = Callable[[str], Browser]


def test_d36_no_running_cases(tess: Browser) -> None:
    assert "U heeft geen lopende zaken" in tess.get("/mijn")


def test_d30_d31_d32_a_tile_per_running_case(tess: Browser) -> None:
    number = register(tess.services, TESS)
    page = tess.get("/mijn")
    for text in ("Mijn zaken", "Mijn gegevens", "Parkeervergunning", number, "Ontvangen", "U krijgt uiterlijk",
                 "een beslissing.", f"/mijn/zaken/{number}"):  # fmt: skip
        assert text in page
    assert "U heeft geen lopende zaken" not in page
    tess.get(f"/mijn/zaken/{number}")


def test_d26_d27_closed_cases_stand_below_with_their_result(tess: Browser) -> None:
    number = register(tess.services, TESS)
    act(tess.services, tess.actor, Withdraw(number))
    page = tess.get("/mijn")
    assert page.index("U heeft geen lopende zaken") < page.index("Afgeronde zaken") < page.rindex(number)
    assert "Het resultaat is: Ingetrokken." in page


def test_d33_d34_d35_timeline_in_words_with_explanation_and_what_comes_next(tess: Browser) -> None:
    number = register(tess.services, TESS)
    intake(tess.services, complete=False)
    page = tess.get(f"/mijn/zaken/{number}")
    for text in ("voltooid", "huidige status", "nog te doen", 'aria-current="step"', "Aanvulling nodig",
                 "Waarom staat de termijn stil?", "In uw bezwaar ontbreekt nog iets.", "Wat gebeurt er nu?", "Vul uw bezwaar aan."):  # fmt: skip
        assert text in page


def test_b4_the_date_is_explained_with_its_article(tess: Browser) -> None:
    number = register(tess.services, TESS)
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Uw bezwaar is in behandeling. U krijgt uiterlijk " in page
    assert "Waarom deze datum?" in page
    assert "7:10" in page


def test_d28_a_status_that_the_drawing_hides_is_not_shown(tess: Browser) -> None:
    register(tess.services, TESS)
    change(tess.services, update(StatusRow).values(code="unknown"))
    assert "Ontvangen" not in tess.get("/mijn")


def test_d63_d64_result_and_explanation(tess: Browser) -> None:
    number = register(tess.services, TESS)
    explained = {"state": "closed", "result": "gegrond", "result_explanation": "U heeft gelijk, want het bord ontbrak."}
    change(tess.services, update(Case).values(**explained))
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Resultaat" in page
    assert "Gegrond" in page
    assert "want het bord ontbrak" in page


def test_d37_when_cases_cannot_be_fetched_the_page_says_so_and_an_administrator_is_alerted(
    tess: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from processes.base.errors import Busy

    def broken(*_: object) -> None:
        raise Busy

    monkeypatch.setattr("portal.citizen.cases.read_overview", broken)
    with structlog.testing.capture_logs() as logs:
        page = tess.get("/mijn", status=503)
    assert "Wij kunnen uw zaken nu niet ophalen" in page
    assert "U heeft geen lopende zaken" not in page
    assert [line["log_level"] for line in logs] == ["error"]


def test_d37_one_case_that_cannot_be_read_is_named_and_the_others_stay(tess: Browser) -> None:
    number, other = register(tess.services, TESS), register(tess.services, TESS, subject="Kapvergunning")
    unreadable = ModelVersion(
        process="stuk", version=1, title="Stuk", is_case_type=True, folder=b"geen zip", sha256="0",
        deployed_at=tess.services.clock.now(), deployed_by="x",
    )  # fmt: skip
    with tess.services.sessions.begin() as session:
        session.add(unreadable)
        session.flush()
        session.execute(update(Case).where(Case.number == number).values(model_version_id=unreadable.id))
    page = tess.get("/mijn")
    assert f"nu niet ophalen: {number}" in page
    assert "Kapvergunning" in page
    assert other in page


def test_pages_of_a_citizen_wait_for_the_database_a_few_times(tess: Browser, monkeypatch) -> None:
    number = register(tess.services, TESS, subject="Kapvergunning")
    most = {"/mijn": 0, f"/mijn/zaken/{number}": 0}
    for page in most:
        tess.get(page)  # the drawing comes into the cache once
        with round_trips(tess.services, monkeypatch) as seen:
            tess.get(page)
        most[page] = len(seen)
    # the session; the cases, what belongs to them, what may be new, what was opened of it (two), drafts
    assert most["/mijn"] <= 7
    # the session; the case, what belongs to it, and what only some cases ask
    assert most[f"/mijn/zaken/{number}"] <= 4


def test_the_list_asks_the_database_as_often_for_30_cases_as_for_3(tess: Browser) -> None:
    def asked() -> int:
        tess.get("/mijn")  # the model version is read once per process
        with statements(tess.services) as seen:
            tess.get("/mijn")
        return len(seen)

    for place in range(3):
        register(tess.services, TESS, subject=f"Besluit {place}")
    three = asked()
    for place in range(27):
        register(tess.services, TESS, subject=f"Nog een besluit {place}")
    assert tess.get("/mijn").count("zs-tile__link") == PER_PAGE
    assert "Lopende zaken (30)" in tess.html
    assert (
        asked() == three <= 17
    )  # three of which say since when something can be new, which answers were shown, and which versions are in use


def test_a_term_that_has_passed_is_admitted(tess: Browser) -> None:
    number = register(tess.services, TESS)
    change(tess.services, update(DeadlineRow).values(due=days_ago(tess.services, 3)))
    page = tess.get(f"/mijn/zaken/{number}")
    assert "een beslissing moeten krijgen. Dat is niet gelukt." in page
    assert "een beslissing moeten krijgen" in tess.get("/mijn")


def test_what_we_wait_for_stands_first(tess: Browser) -> None:
    register(tess.services, TESS, subject="Oudere zaak")
    intake(tess.services, complete=False)
    register(tess.services, TESS, subject="Nieuwere zaak")
    page = tess.get("/mijn")
    assert page.index("Oudere zaak") < page.index("Nieuwere zaak")


def test_b4_who_filed_sees_what_a_late_decision_costs_and_why(services: Services, tess: Browser, browser: Open) -> None:
    extra = NewParty("third_party", NAMES[YASMINA], identity=YASMINA, channel="portal")
    number = register(services, TESS, extra=(extra,))
    with services.sessions.begin() as session:
        case = session.scalars(select(Case)).one()
        # the term ended twenty days ago, the notice came the day after: today is the fifth day of the penalty
        session.execute(update(DeadlineRow).values(due=days_ago(services, 20)))
        session.add(
            DefaultNotice(case_id=case.id, deadline="decide", received_on=days_ago(services, 19), reason="",
                          recorded_at=case.registered_at, recorded_by="noor")
        )  # fmt: skip
    page = tess.get(f"/mijn/zaken/{number}").replace("\xa0", " ")
    assert "Wij zijn te laat" in page
    assert "Tot en met vandaag is dat <strong>€ 115</strong>. Elke dag komt er € 23 bij." in page
    assert "Awb 4:17, lid 2" in page
    assert "Wij zijn te laat" not in browser(YASMINA).get(f"/mijn/zaken/{number}")
