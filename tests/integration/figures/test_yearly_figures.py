"""W15: the yearly figures of complaints (Awb 9:12a) and of Woo requests, equal to what is counted by hand, on a page that can be published."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from kit import complaint
from kit.browser import Browser
from kit.business_time import FixedClock
from kit.cases import open_task, put_in_use, rows
from kit.installation import installation
from kit.people import LIES, NOOR, known
from kit.spreadsheets import read_sheets

from processes.actions import act
from processes.actions.registering import NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.actions.withdrawing import Withdraw
from processes.base.clock import AMSTERDAM, local_date
from processes.base.errors import NotFound
from processes.reads.figures import YearFigures, read_year_figures
from processes.storage.services import Services
from processes.storage.tables import Case, DestructionRow

HOME = "/werk/cijfers/jaar"
START = datetime(2026, 11, 2, 10, tzinfo=AMSTERDAM)  # so that what happens two months later is in the next year
LOTTE = NewParty("requester", "Lotte Nepveld", identity="bsn:999991607", channel="portal")


def furnish(services: Services) -> None:
    complaint.furnish(services)
    put_in_use(services, "zoekvraag", "zienswijze", "feitencheck", "deelbesluit", "woo-verzoek")
    known(services, LIES)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def services(tmp_path: Path, clock: FixedClock) -> Iterator[Services]:
    with installation(tmp_path, furnish, clock=clock, faces=("workbench",)) as opened:
        yield opened


def woo(services: Services, received: date) -> str:
    values = {"subject": "Het oude zwembad", "matter": "Hoe is de prijs bepaald?"}
    return act(services, NOOR, RegisterCase("woo-verzoek", "email", received, (LOTTE,), values=values))


def cells(page: YearFigures, code: str) -> list[tuple[object, ...]]:
    return next(list(one.rows) for one in page.tables if one.code == code)


@pytest.fixture
def played(services: Services, clock: FixedClock) -> None:
    """Two complaints come in on 2 November 2026; one, about Burgerzaken, is withdrawn after 10 days, in time, the other one in January, too late. Three Woo
    requests: received on 1 September and withdrawn on 2 November, too late; received on 30 October and withdrawn on 12 November, in
    time; received on 2 November and still running.
    """
    today = local_date(clock.now())
    first = complaint.complaint(services).number
    act(services, NOOR, CompleteTask(open_task(services, "Intake", first), complaint.INTAKE))
    second = complaint.complaint(services).number
    act(services, NOOR, Withdraw(woo(services, date(2026, 9, 1))))
    soon = woo(services, date(2026, 10, 30))
    woo(services, today)
    clock.ahead = timedelta(10)
    act(services, NOOR, Withdraw(first))
    act(services, NOOR, Withdraw(soon))
    clock.ahead = timedelta(75)
    act(services, NOOR, Withdraw(second))


@pytest.mark.usefixtures("played")
def test_w15_complaints_of_a_year_are_counted_as_the_law_asks(services: Services) -> None:
    page = read_year_figures(services, LIES, "complaints")  # it is January: the year that is over
    assert (page.year, page.ended, page.destroyed) == (2026, True, 0)
    assert cells(page, "months")[-2:] == [("november 2026", 2, 1), ("december 2026", 0, 0)]
    assert cells(page, "channels") == [("per brief", 2, 100)]
    assert cells(page, "outcomes") == [("Klacht", "Ingetrokken", 1, 100)]
    assert cells(page, "year_in_time")[:2] == [("Op tijd", 1, 100), ("Te laat", 0, 0)]
    assert cells(page, "value_department") == [("Burgerzaken", 1)]
    assert cells(page, "value_route") == [("Een medewerker onderzoekt de klacht", 1)]
    assert "Aan het eind van deze periode liepen er nog 1." in page.sentences[1]
    page = read_year_figures(services, LIES, "complaints", 2027)
    assert not page.ended
    assert cells(page, "year_in_time")[:2] == [("Op tijd", 0, 0), ("Te laat", 1, 100)]
    assert cells(page, "lasted")[3] == ("Tot en met 14 weken", 1, 100)


@pytest.mark.usefixtures("played")
def test_w15_woo_requests_of_a_year(services: Services) -> None:
    page = read_year_figures(services, LIES, "woo", 2026)
    assert page.sentences[0].startswith("Wij kregen 3 verzoeken")
    assert cells(page, "months")[8:11] == [("september 2026", 1, 0), ("oktober 2026", 1, 0), ("november 2026", 1, 2)]
    assert cells(page, "year_in_time") == [
        ("Op tijd", 1, 50), ("Te laat", 1, 50), ("Waarvan met een verlengde termijn", 0, 0),
    ]  # fmt: skip
    assert page.sentences[-1].startswith(
        "De helft van de verzoeken was binnen 13 dagen klaar, driekwart binnen 62 dagen."
    )


@pytest.mark.usefixtures("played")
def test_w15_the_page_can_be_published_and_kept_as_a_spreadsheet(services: Services) -> None:
    lies = Browser(services, LIES)
    page = lies.get(f"{HOME}/klachten?jaar=2026")
    assert "Jaarcijfers klachten 2026" in page
    assert "Dit jaar is nog niet voorbij" not in page
    assert "Dit jaar is nog niet voorbij" in lies.get(f"{HOME}/woo?jaar=2027")
    for secret in (*(row.number for row in rows(services, Case)), "Wim Schijnmaker", "zwembad"):
        assert secret not in page
    answer = lies.client.get(f"{HOME}/klachten/tabel?jaar=2026")
    assert "klachten-2026.xlsx" in answer.headers["content-disposition"]
    assert read_sheets(answer.content)[0].rows[0] == ["Jaarcijfers klachten 2026"]
    assert [lies.status(f"{HOME}/{one}") for one in ("beroepen", "klachten?jaar=x", "klachten?jaar=1999")] == [404] * 3


def test_w15_what_was_destroyed_is_said_beside_the_figures(services: Services) -> None:
    moment = START - timedelta(30)
    row = {
        "case_type": "klacht", "result": "ingetrokken", "retention_class": "13.2", "due_on": date(2026, 10, 1),
        "listed_at": moment, "destroyed_at": moment, "state": "destroyed",
    }  # fmt: skip
    with services.sessions.begin() as session:
        session.add(DestructionRow(case_id=900, case_number="KLA-2025-900", **row))
        session.add(DestructionRow(case_id=901, case_number="BZW-2025-901", **{**row, "case_type": "bezwaar"}))
    assert read_year_figures(services, LIES, "complaints").destroyed == 1
    assert read_year_figures(services, LIES, "woo").destroyed == 0
    with pytest.raises(NotFound):
        read_year_figures(services, LIES, "objections")
