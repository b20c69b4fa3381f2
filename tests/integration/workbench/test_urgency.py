"""W1: one order of urgency over every running term, those of a court included, kept by whatever moves a term."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, add_departments, all_shipped, do, open_task, put_in_use, register_bezwaar, rows, today
from kit.installation import installation
from kit.people import NOOR, SEM, TESS, citizen, known
from kit.statements import statements
from sqlalchemy import insert, select
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.colleague_tasks import AskColleague
from processes.actions.course import AssignHandler
from processes.actions.messages import AddNote, SendMessage
from processes.actions.registering import NewParty, RegisterCase
from processes.actions.tasks import TakeTask
from processes.actions.terms import SuspendTerm
from processes.actions.withdrawing import Withdraw
from processes.reads.workbench import CostsMoney, Filter, TodayRow, WaitingKind, read_cases, read_overview, read_today
from processes.reads.workbench.today_list import ListQuestion, one_list
from processes.reads.workbench.whose import NO_TEAMS, DeskOf
from processes.storage.base import NEVER, STILL
from processes.storage.kept_days import differing, keep_again
from processes.storage.services import Services
from processes.storage.tables import Case, ColleagueTask, DeadlineRow, NoteRow, NoticeRow, TaskRow

COURT = NewParty("court", "Rechtbank Voorbeeldland", "company", address="Postbus 1, 1234 AB Voorbeeldstad")


def furnish(services: Services) -> None:
    put_in_use(services, *all_shipped())
    add_departments(services, "parkeren", "vergunningen")
    for actor in (NOOR, SEM):
        known(services, actor)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("workbench",)) as opened:
        yield opened


@pytest.fixture
def noor(services: Services) -> Browser:
    return Browser(services, NOOR)


def wrong(services: Services) -> list[int]:
    with services.sessions() as session:
        return differing(session, session.scalars(select(Case.id)).all())


def before_court(services: Services, *, days: int) -> str:
    """A case in which the court wanted the documents so many days ago."""
    main, day = register_bezwaar(services), today(services)
    values = {"measure": "Wacht.", "documents_by": (day - timedelta(days)).isoformat()}
    received = day - timedelta(days + 1)
    act(
        services, NOOR, RegisterCase("voorlopige-voorziening", "letter", received, (COURT,), (), values, main_case=main)
    )
    return rows(services, Case, case_type="voorlopige-voorziening")[0].number


def test_w1_a_term_of_a_court_that_is_over_stands_first_and_is_counted_as_late(
    services: Services, noor: Browser
) -> None:
    late = register_bezwaar(services, ago=10, received=today(services) - timedelta(90))
    court = before_court(services, days=43)
    page = noor.get("/werk")
    assert page.index(court) < page.index(late)
    assert "43 dagen te laat" in page.split(late)[0]
    assert "2 zaken zijn over de wettelijke termijn." in page
    shown = noor.get("/werk/zaken?alleen=rechter")
    assert court in shown
    assert late not in shown
    assert "rechter, " in shown
    assert "43 dagen te laat" in noor.get(f"/werk/zaken/{court}")


def test_w1_the_list_of_what_is_late_holds_nothing_else(services: Services, noor: Browser) -> None:
    fresh = register_bezwaar(services, ago=1)
    late = register_bezwaar(services, ago=10, received=today(services) - timedelta(90))
    page = noor.get("/werk/zaken?alleen=te-laat")
    assert late in page
    assert fresh not in page
    assert "Lopend (1)" in page


def test_w1_the_days_follow_whatever_moves_a_term(services: Services) -> None:
    number = register_bezwaar(services, ago=10)
    (case,), (decide,) = rows(services, Case), rows(services, DeadlineRow, code="decide")
    assert (case.legal_on, decide.kind) == (decide.due, "law")
    assert wrong(services) == []
    act(services, NOOR, AssignHandler(number, "sem"))
    act(services, NOOR, TakeTask(open_task(services, "Intake")))
    assert {task.handler for task in rows(services, TaskRow, state="open")} == {"sem"}
    assert wrong(services) == []
    do(services, "Intake", **{**INTAKE, "complete": False}, route="ambtelijk", missing_items="uw redenen")
    assert rows(services, Case)[0].legal_on == STILL  # it stands still until the reasons come
    assert wrong(services) == []
    act(services, NOOR, Withdraw(number))
    assert rows(services, Case)[0].own_on == NEVER
    assert wrong(services) == []


def test_o44_a_case_that_stands_still_sorts_before_those_without_a_term(services: Services, noor: Browser) -> None:
    """In the list, and on Vandaag in the band without a day: it goes on by itself when the suspension ends."""
    none, still, runs = (register_bezwaar(services, subject=one) for one in ("Zonder termijn", "Staat stil", "Loopt"))
    with services.sessions.begin() as session:
        (without,) = session.scalars(select(Case.id).where(Case.number == none))
        session.query(DeadlineRow).filter(DeadlineRow.case_id == without).update({DeadlineRow.met_on: today(services)})
        keep_again(session, [without])
    act(services, NOOR, SuspendTerm(still, "decide", today(services), "brand"))
    assert wrong(services) == []
    assert [line.number for line in read_cases(services, NOOR, Filter()).lines] == [runs, still, none]
    with services.sessions.begin() as session:
        session.query(TaskRow).update({TaskRow.due: None})
        keep_again(session, list(session.scalars(select(Case.id))))
    assert [line.number for line in read_cases(services, NOOR, Filter()).lines] == [runs, still, none]
    page = noor.get("/werk").partition("Geen dag")[2]
    assert 0 < page.index(still) < page.index(none)


def test_w1_a_day_that_somebody_changed_past_the_program_is_named_and_made_right(services: Services) -> None:
    register_bezwaar(services, ago=10)
    with services.sessions.begin() as session:
        (case,) = session.scalars(select(Case))
        (task,) = session.scalars(select(TaskRow).where(TaskRow.state == "open", TaskRow.side == "worker"))
        was, task.urgent_on = case.legal_on, NEVER
        case.legal_on = NEVER
    assert wrong(services) == [case.id]
    with services.sessions.begin() as session:
        keep_again(session, [case.id])
    assert wrong(services) == []
    assert rows(services, Case)[0].legal_on == was


def test_w1_vandaag_is_one_list_in_bands_with_every_kind_and_own_terms_beside(
    services: Services, noor: Browser
) -> None:
    late = register_bezwaar(services, ago=10, received=today(services) - timedelta(90))
    fresh = register_bezwaar(services, subject="Vers besluit")
    act(services, citizen(services, TESS), SendMessage(fresh, "Wanneer hoor ik iets?"))
    with services.sessions.begin() as session:
        (task,) = session.scalars(select(TaskRow).join(Case, Case.id == TaskRow.case_id).where(
            Case.number == fresh, TaskRow.state == "open", TaskRow.side == "worker"
        ))  # fmt: skip
        task.due = task.urgent_on = today(services) - timedelta(60)
    page = noor.get("/werk")
    band = page.index("Over de termijn")
    assert (
        band < page.index(late) < page.index("60 dagen te laat")
    )  # a term of the law before an own one, though that is older
    assert page.index("Eigen") < page.index("Later") < page.index("Wanneer hoor ik iets?")
    assert "Ongelezen berichten (1)" in page


def test_w1_a_letter_stands_under_the_own_term_that_it_holds_up(services: Services, noor: Browser) -> None:
    number = register_bezwaar(services, BRAM, ago=20, received=today(services) - timedelta(days=14))
    (letter,) = rows(services, NoticeRow, channel="post")
    (receipt,), (decide,) = rows(services, DeadlineRow, code="receipt"), rows(services, DeadlineRow, code="decide")
    assert receipt.due < today(services) < decide.due

    def shown() -> tuple[str, TodayRow]:
        bands = read_today(services, NOOR).bands
        ((band, row),) = [(one.name, row) for one in bands for row in one.rows if row.listed == WaitingKind.LETTERS]
        return band, row

    band, row = shown()
    assert (band, row.due.on, row.due.late, row.source) == ("Over de termijn", receipt.due, True, "Eigen")
    assert "dagen te laat" in noor.get("/werk").partition("Print en verzend: ")[0]
    act(services, NOOR, AssignHandler(number, "noor"))
    assert {one.listed for one in read_today(services, NOOR, "mine").bands[0].rows} == {WaitingKind.LETTERS}
    with services.sessions.begin() as session:  # another letter than the one that the term waits for
        session.get_one(DeadlineRow, receipt.id).follows = {"met": {"sent": [letter.id * 10 + 1]}}
    band, row = shown()
    assert (band, row.due.on, row.source) == ("Later", decide.due, "Wet")


def test_w1_one_press_on_vandaag_reads_a_message_and_comes_back(services: Services, noor: Browser) -> None:
    number = register_bezwaar(services)
    act(services, NOOR, AssignHandler(number, "noor"))
    act(services, citizen(services, TESS), SendMessage(number, "Wanneer hoor ik iets?"))
    note = rows(services, NoteRow, kind="message")[0]
    assert "Gelezen" in noor.get("/werk?van=mij")
    page = noor.post(f"/werk/zaken/{number}/berichten/{note.id}/gelezen", {"lijst": "vandaag", "van": "mij"})
    assert "Vandaag" in page
    assert "Wanneer hoor ik iets?" not in page


def a_thousand_tasks(services: Services) -> None:
    with services.sessions.begin() as session:
        task = session.scalars(select(TaskRow).where(TaskRow.state == "open", TaskRow.side == "worker")).first()
        values = {one.key: getattr(task, one.key) for one in TaskRow.__table__.columns}
        session.execute(insert(TaskRow), [{**values, "id": f"taak-{n:04}"} for n in range(1000)])


def test_w1_vandaag_asks_no_more_with_a_thousand_open_tasks(services: Services) -> None:
    register_bezwaar(services)
    read_today(services, NOOR)
    with statements(services) as few:
        read_today(services, NOOR)
    a_thousand_tasks(services)
    with statements(services) as many:
        found = read_today(services, NOOR)
    assert len(many) == len(few)
    assert found.counts["all"] == 1001
    assert found.pages == 20


def test_w1_every_row_of_every_kind_stands_on_one_page_and_the_bands_count_them_all(services: Services) -> None:
    number = register_bezwaar(services)
    act(services, NOOR, AssignHandler(number, "noor"))
    for n in range(3):
        act(services, citizen(services, TESS), SendMessage(number, f"Vraag {n}"))
        act(services, SEM, AddNote(number, f"@Noor kijk jij naar punt {n}?"))
        act(services, SEM, AskColleague(number, f"Zoek stuk {n}", "noor", today(services) + timedelta(n)))
    a_thousand_tasks(services)
    pages = [read_today(services, NOOR, page=one) for one in range(1, 22)]
    shown = [(row.listed, row.key) for page in pages for band in page.bands for row in band.rows]
    assert Counter(kind for kind, _ in shown) == {"taken": 1000, "collegataken": 3, "berichten": 3, "nieuws": 3}
    assert len({*shown}) == len(shown)
    assert {page.pages for page in pages} == {21}
    totals = {band.name: band.total for page in pages for band in page.bands}
    assert sum(totals.values()) == len(shown)
    assert totals["Vandaag en morgen"] == 2
    assert read_today(services, NOOR, page=99).page == 21


def test_w1_what_costs_money_stands_where_its_day_says_on_every_page(services: Services) -> None:
    register_bezwaar(services)
    a_thousand_tasks(services)
    now = today(services)
    (first,) = {task.urgent_on for task in rows(services, TaskRow, state="open", side="worker")}
    days = [now - timedelta(1), now + timedelta(1), first - timedelta(1), first + timedelta(1), first + timedelta(2)]
    costs = [CostsMoney(f"Z-{at}", "", "", "waiting", "", "", day, None) for at, day in enumerate(days)]
    costs.append(CostsMoney("Z-loopt", "", "", "running", "", "", None, now - timedelta(1)))
    with services.sessions() as session:
        desk = DeskOf(NOOR, "all", NO_TEAMS)
        asked = ListQuestion.of(desk, now)
        found = [one_list(session, asked, {}, now, costs, page) for page in range(1, 22)]
    keys = [key for one in found for key in one.keys]
    assert len(keys) == 1006
    assert [key.place for key in keys] == sorted(key.place for key in keys)
    assert [key.key for key in keys[:3]] == ["Z-loopt", "Z-0", "Z-1"]
    assert [key.key for key in keys[-2:]] == ["Z-3", "Z-4"]


def test_w1_a_task_of_a_colleague_stands_in_the_band_of_its_day_and_goes_with_one_press(
    services: Services, noor: Browser
) -> None:
    number = register_bezwaar(services)
    act(services, SEM, AskColleague(number, "Bel de gemachtigde", "noor", today(services) + timedelta(1)))
    page = noor.get("/werk")
    assert page.index("Vandaag en morgen") < page.index("Bel de gemachtigde") < page.index("Toets ontvankelijkheid")
    assert "gevraagd door Sem Beslisser" in page
    assert "Van mij (1 taak)" in page
    assert "Bel de gemachtigde" not in noor.get("/werk?van=niemand")
    place = f"/werk/zaken/{number}/collegataken/{rows(services, ColleagueTask)[0].id}/gedaan"
    assert place in noor.get("/werk?van=mij")
    page = noor.post(place, {"lijst": "vandaag", "van": "mij"})
    assert "<title>Vandaag" in page
    assert place not in page


@pytest.mark.parametrize(
    ("state", "left"),
    [("runs", None), ("suspended", "staat stil"), ("met", "geen termijn loopt"), ("closed", "afgerond")],
)
def test_o44_a_list_says_of_a_term_what_the_case_itself_says(services, state, left) -> None:
    """A term that stands still is no term that is not there: it goes on by itself when the suspension ends."""
    number = register_bezwaar(services)
    if state == "suspended":
        act(services, NOOR, SuspendTerm(number, "decide", today(services), "brand"))
    if state == "met":
        with services.sessions.begin() as session:
            session.query(DeadlineRow).update({DeadlineRow.met_on: today(services)})
            session.query(Case).update({Case.legal_on: NEVER})
    if state == "closed":
        act(services, NOOR, Withdraw(number, "Opgelost"))
    known(services, NOOR)
    own = read_overview(services, NOOR, number).head.legal
    (line,) = read_cases(services, NOOR, Filter(state="")).lines
    assert line.legal == own
    assert own.left == left if left else own.on
