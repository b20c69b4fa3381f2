"""W7: the list of cases in the order and with the columns that somebody likes, kept under a name, and as a table."""

from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, today
from kit.log_lines import log_lines
from kit.people import ADA, NOOR, SEM
from kit.spreadsheets import moment_of, read_sheet
from kit.statements import statements

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.views import SaveView
from processes.actions.withdrawing import Withdraw
from processes.base.errors import Invalid
from processes.reads.workbench import Filter, export_cases, read_cases
from processes.storage.services import Services

LIST, KEPT = "/werk/zaken", "stand=alle&volgorde=nummer&kolom=behandelaar&kolom=ontvangen"


@pytest.fixture
def cases(services: Services) -> list[str]:
    """Three, registered in another order than they came in; the last one is closed."""
    days = (5, 30, 1)
    made = [register_bezwaar(services, subject=f"=1+{ago}", received=today(services) - timedelta(ago)) for ago in days]
    for number, handler in zip(made, ("sem", "noor", "noor"), strict=True):
        act(services, NOOR, AssignHandler(number, handler))
    act(services, NOOR, Withdraw(made[2]))
    return made


def order(page: str, cases: list[str]) -> list[int]:
    """Which case stands where, by its place in `cases`."""
    body = page.partition("<tbody>")[2]
    return sorted((at for at, number in enumerate(cases) if number in body), key=lambda at: body.index(cases[at]))


def test_w7_the_list_has_the_order_and_the_columns_that_are_chosen(noor: Browser, cases: list[str]) -> None:
    shown = {
        "": [1, 0], "volgorde=ontvangen": [1, 0], "volgorde=nieuw": [0, 1], "volgorde=nummer": [0, 1], "volgorde=behandelaar": [1, 0],
        "stand=alle&volgorde=nummer": [0, 1, 2], "volgorde=onzin&stand=afgerond&pagina=x": [2],
    }  # fmt: skip
    assert {asked: order(noor.get(f"{LIST}?{asked}"), cases) for asked in shown} == shown
    page = noor.get(f"{LIST}?{KEPT}")
    assert ">Ontvangen</a></th>" in page
    assert '<th scope="col">Status</th>' not in page


def test_w7_each_order_is_read_from_an_index(services: Services, cases: list[str]) -> None:
    for chosen in ("received", "newest", "number", "handler"):
        with statements(services) as seen:
            read_cases(services, NOOR, Filter(order=chosen))
        (page,) = [
            one for one in seen if "ORDER BY" in one and 'FROM "case"' in one and "LIMIT" in one and "count" not in one
        ]
        with services.sessions() as session:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {page}", (None,) * page.count("?"))
            steps = [str(row[3]) for row in plan]
        assert "INDEX ix_case" in steps[0], chosen
        assert not [step for step in steps if "ORDER BY" in step], chosen


def test_w7_a_view_is_kept_for_oneself_without_what_was_searched_for(
    services: Services, browser, noor: Browser, cases: list[str]
) -> None:
    noor.post(f"{LIST}/weergaven", {"view_name": "Op nummer", "weergave": f"{KEPT}&zoek=Testeling"})
    page = noor.get(LIST)
    assert "Op nummer" in page
    assert "Testeling" not in page.partition("</nav>")[0]
    address = page.partition("Op nummer")[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert order(noor.get(address), cases) == [0, 1, 2]
    sem = browser(SEM)
    assert "Op nummer" not in sem.get(LIST)
    drop = page.partition(f"{LIST}/weergaven/")[2].partition("/")[0]
    sem.post(f"{LIST}/weergaven/{drop}/weg", status=404)
    assert "Geef de weergave een naam" in noor.post(
        f"{LIST}/weergaven", {"view_name": " ", "weergave": KEPT}, status=422
    )
    noor.post(f"{LIST}/weergaven/{drop}/weg")
    assert "Op nummer" not in noor.get(LIST)
    for at in range(20):
        act(services, NOOR, SaveView(f"Weergave {at}", KEPT))
    act(services, NOOR, SaveView("Weergave 3", "stand=alle"))
    with pytest.raises(Invalid):
        act(services, NOOR, SaveView("Een te veel", KEPT))


def test_w7_the_list_becomes_a_table_with_what_the_reader_may_see(
    services: Services, browser, noor: Browser, cases: list[str]
) -> None:
    with log_lines() as lines:
        sent = sheet(noor, KEPT)
    assert [line["who"] for line in lines if line.get("event") == "cases_exported"] == ["staff:noor"]
    assert sent[0] == ["Zaak", "Zaaktype", "Onderwerp", "Behandelaar", "Ontvangen"]
    assert [line[0] for line in sent[1:]] == cases
    assert sent[1][2] == "=1+5"
    assert moment_of(sent[1][4]).date() == today(services) - timedelta(5)
    found = f"stand=alle&zoek={cases[1]}"
    assert len(sheet(noor, found)) == 2
    assert len(sheet(browser(ADA), found)) == 1


def sheet(browser: Browser, asked: str) -> list[list[str | float]]:
    """The rows of the spreadsheet of a list, the header first."""
    answer = browser.client.get(f"{LIST}/tabel?{asked}")
    assert 'filename="zaken.xlsx"' in answer.headers["content-disposition"]
    return read_sheet(answer.content).rows


def test_w7_a_table_is_read_part_by_part_and_says_that_there_are_more(
    services: Services, noor: Browser, cases: list[str], monkeypatch
) -> None:
    room, wanted = "processes.reads.workbench.case_list", Filter(state="", order="number")
    monkeypatch.setattr(f"{room}.EXPORTED_AT_ONCE", 1)
    every = export_cases(services, NOOR, wanted)
    assert ([line.number for line in every.lines], every.more) == (cases, False)
    monkeypatch.setattr(f"{room}.MOST_EXPORTED", 2)
    first = export_cases(services, NOOR, wanted)
    assert ([line.number for line in first.lines], first.more) == (cases[:2], True)
    rows = sheet(noor, KEPT)
    assert "meer dan" in str(rows[0][0])
    assert [row[0] for row in rows[2:]] == cases[:2]


def test_wcag_2_1_4_keys_are_switched_off_for_a_person_in_every_browser(browser, noor: Browser) -> None:
    noor.get("/werk/toetsen")
    assert "Zij staan uit" in noor.post("/werk/toetsen")
    another, sem = browser(NOOR), browser(SEM)
    assert "own/keys.js" not in another.get("/werk")
    assert "own/keys.js" in sem.get("/werk")
    another.get("/werk/toetsen")
    assert "Zij staan aan" in another.post("/werk/toetsen")
    assert "own/keys.js" in noor.get("/werk")
