"""Vandaag and the list of cases: order, filters, counts, and a number of statements that does not grow."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from kit.barring import barred_in
from kit.browser import Browser
from kit.cases import INTAKE, days_later, do, make_secret, open_task, register_bezwaar, rows, today
from kit.people import ADA, NOOR, SEM, TESS, citizen, known
from kit.statements import round_trips, statements
from sqlalchemy import select, update
from workbench_kit import BRAM, deliver

from processes.access.same_roles import SameRoles
from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.judging import Judgement
from processes.actions.messages import AddNote, SendMessage
from processes.actions.tasks import CompleteTask, TakeTask
from processes.actions.withdrawing import Withdraw
from processes.base.actor import Actor
from processes.reads.workbench import Filter, read_cases, read_today
from processes.storage import staff
from processes.storage.tables import Case, DocumentRow, NoticeRow, Party, TaskRow


def numbers(page: str, *wanted: str) -> list[str]:
    """The wanted numbers in the order of the page."""
    return sorted(wanted, key=page.index)


def test_o44_today_sorts_by_legal_risk_with_what_is_late_first(services, noor: Browser):
    fresh, late, soon = (
        register_bezwaar(services, ago=1),
        register_bezwaar(services, ago=10, received=today(services) - timedelta(90)),
        register_bezwaar(services, ago=70),
    )
    page = noor.get("/werk")
    assert numbers(page, fresh, late, soon) == [late, soon, fresh]
    assert "1 zaak is over de wettelijke termijn." in page
    assert "dagen te laat" in page.split(late)[0]


def test_today_counts_mine_nobodys_and_all(services, noor: Browser):
    mine, nobodys, others = (register_bezwaar(services, subject=name) for name in ("Mijn", "Niemand", "Ander"))
    act(services, NOOR, AssignHandler(mine, "noor"))
    act(services, NOOR, AssignHandler(others, "sem"))
    for van, there in (("alles", {mine, nobodys, others}), ("mij", {mine}), ("niemand", {nobodys})):
        page = noor.get(f"/werk?van={van}")
        assert {number for number in (mine, nobodys, others) if number in page} == there
        assert "Alles (3 taken)" in page
        assert "Van mij (1 taak)" in page
        assert "Van niemand (1 taak)" in page


def test_w1_vandaag_says_how_many_of_its_rows_are_tasks(services, noor: Browser):
    number = register_bezwaar(services)
    assert "Deze lijst heeft" not in noor.get("/werk")
    for text in ("Een", "Twee"):
        act(services, citizen(services, TESS), SendMessage(number, text))
    page = noor.get("/werk")
    assert "Deze lijst heeft 3 regels: 1 taak, en 2 berichten, nieuws en post." in page
    assert page.count('data-label="Termijn"') == 3


def test_w16_after_a_task_the_next_row_of_vandaag_is_one_press_away(services, noor: Browser):
    numbers = [register_bezwaar(services) for _ in range(3)]
    for number in numbers:
        act(services, NOOR, AssignHandler(number, "noor"))
    with services.sessions.begin() as session:
        tasks = session.query(TaskRow).filter_by(element="Intake").order_by(TaskRow.case_id).all()
        for at, task in enumerate(tasks):
            task.due = task.urgent_on = today(services) + timedelta(at)
        ids = [task.id for task in tasks]
    act(services, NOOR, CompleteTask(ids[1], INTAKE))
    noor.get(f"/werk/zaken/{numbers[1]}?gedaan=taak&na={ids[1]}")
    assert f'href="/werk/volgende?na={ids[1]}"' in noor.html
    for done, after in ((ids[1], ids[2]), ("onzin", ids[0])):
        noor.get(f"/werk/volgende?na={done}")
        assert noor.url.endswith(f"/werk/taken/{after}")
    for number in numbers:
        act(services, NOOR, Withdraw(number))
    noor.get(f"/werk/volgende?na={ids[1]}")
    assert "Volgende op Vandaag" not in noor.get(f"/werk/zaken/{numbers[1]}?na={ids[1]}")


def test_w4_a_delivery_stands_once_on_vandaag_until_it_is_judged(services, noor: Browser, browser):
    number = register_bezwaar(services)
    do(services, "Intake", **INTAKE, route="ambtelijk")
    deliver(services, "besluit.pdf", remark="Dit is alles.")
    for van in ("alles", "mij"):
        page = noor.get(f"/werk?van={van}")
        assert page.count("Beoordeel<") == 1
        assert "Aanlevering van" not in page
    assert "Aanlevering van" in noor.get("/werk/nieuws")
    known(services, SEM)
    act(
        services, NOOR, AssignHandler(number, "sem")
    )  # Noor did a task: the delivery is news for her, and the task is not hers
    assert "Aanlevering van" in noor.get("/werk?van=mij")
    assert "Aanlevering van" not in noor.get("/werk")
    act(services, NOOR, AssignHandler(number, "noor"))
    task = open_task(services, "JudgeDelivery")
    offered = rows(services, DocumentRow, state="offered")
    act(services, SEM, CompleteTask(task, judgements={row.id: Judgement(accepted=True) for row in offered}))
    assert "Aanlevering van" in noor.get("/werk?van=mij")  # a colleague judged it: that is news


def test_w20_vandaag_says_that_a_decision_waits_for_a_decider_and_offers_it_to_one(services, noor: Browser, browser):
    number = register_bezwaar(services)
    act(services, NOOR, AssignHandler(number, "noor"))
    with services.sessions.begin() as session:
        task = session.query(TaskRow).filter_by(state="open", side="worker").one()
        task.element, task.name = "DecisionTaken", "Neem de beslissing"
    page = noor.get("/werk?van=mij")
    assert "een beslisser" in page
    assert "Beslis<" not in page
    page = browser(SEM).get("/werk")
    assert "een beslisser" in page
    assert "Beslis<" in page


def test_w7_a_status_is_found_by_each_name_and_a_case_type_shows_its_own(services, noor: Browser):
    number = register_bezwaar(services)
    choices = noor.get("/werk/zaken").partition('id="field-status"')[2].partition("</select>")[0]
    assert "Hoorzitting gepland" in choices
    own = noor.get("/werk/zaken?soort=bezwaar").partition('id="field-status"')[2].partition("</select>")[0]
    assert "Ontvangen" in own
    assert "In onderzoek" not in own  # of a complaint
    assert number in noor.get("/werk/zaken?soort=bezwaar&status=received")


HEADS = {  # order in the address: what each column says (aria-sort, and the order that pressing it gives)
    "": {"Zaak": ("", "nummer"), "Wettelijke termijn": ("ascending", None), "Behandelaar": ("", "behandelaar"), "Ontvangen": ("", "ontvangen")},
    "nummer": {"Zaak": ("ascending", "nummer-af"), "Wettelijke termijn": ("", "")},
    "nummer-af": {"Zaak": ("descending", "nummer")},
    "ontvangen": {"Ontvangen": ("ascending", "nieuw")},
    "nieuw": {"Ontvangen": ("descending", "ontvangen")},
    "behandelaar": {"Behandelaar": ("ascending", None), "Status": ("", None)},
}  # fmt: skip


def test_w7_pressing_the_head_of_a_column_sorts_by_it_and_keeps_the_rest_of_the_question(services, noor: Browser):
    first, second = register_bezwaar(services), register_bezwaar(services)
    shown = "soort=bezwaar&kolom=termijn&kolom=behandelaar&kolom=ontvangen&kolom=status"
    for order, columns in HEADS.items():
        page = noor.get(f"/werk/zaken?{shown}&volgorde={order}")
        heads = re.findall(
            r'<th scope="col"(?: aria-sort="(\w+)")?>(?:<a class="wb-sort" href="([^"]+)">)?([\w ]+)', page
        )
        said = {name: (sort, html.unescape(to)) for sort, to, name in heads}
        for name, (sort, after) in columns.items():
            assert said[name][0] == sort, (order, name)
            asked = dict(parse_qsl(urlsplit(said[name][1]).query)) if said[name][1] else None
            assert (asked.get("volgorde", "") if asked else None) == after, (order, name)
            assert asked is None or (asked["soort"], asked["stand"]) == ("bezwaar", "lopend")
    assert numbers(noor.get(said["Zaak"][1]), first, second) == [first, second]
    assert "aria-sort" not in noor.get("/werk/zaken?stand=alle&volgorde=nummer")  # running ones first, then closed ones


def test_w7_a_search_says_where_it_found_a_case_and_marks_the_words(services, noor: Browser):
    number = register_bezwaar(services, BRAM, subject="Terras")
    act(services, NOOR, AddNote(number, "De <b>buurman</b> belde."))
    noor.get("/werk/zaken?zoek=buurman")
    assert "Gevonden in notitie: De <mark>&lt;b&gt;buurman&lt;/b&gt;</mark> belde." in noor.html
    assert "Gevonden in" not in noor.get("/werk/zaken?zoek=terras")


def test_w18_who_types_a_bsn_is_told_where_it_belongs(services, noor: Browser):
    register_bezwaar(services)
    for typed, told in (("999993653", True), ("9999 93653", True), ("999993654", False), ("Bram", False)):
        assert ("Op een BSN zoekt u hier niet" in noor.get(f"/werk/zaken?zoek={typed}&stand=alle")) is told


def test_w7_a_whole_number_in_the_search_box_of_a_page_opens_the_case(services, noor: Browser, browser):
    number = register_bezwaar(services)
    assert 'name="open" value="ja"' in noor.get("/werk")
    noor.get(f"/werk/zaken?zoek={number.lower()}&stand=alle&open=ja")
    assert noor.url.endswith(f"/werk/zaken/{number}")
    for typed in (number, f"{number[:-1]}9"):  # the list itself stays a list, and of a number that is not there
        page = noor.get(f"/werk/zaken?zoek={typed}&stand=alle{'&open=ja' if typed != number else ''}")
        assert "<title>Zaken" in page
    assert "<title>Zaken" in browser(ADA).get(f"/werk/zaken?zoek={number}&stand=alle&open=ja")  # who may not see it


def test_w7_nothing_found_says_what_else_to_try(services, noor: Browser):
    register_bezwaar(services, subject="Terras")
    assert "zonder filters" in noor.get("/werk/zaken?zoek=terras&soort=klacht")
    page = noor.get("/werk/zaken?zoek=terras&stand=afgerond")
    assert "Kies 'Alle' om ook lopende zaken te zien." in page
    assert "zonder filters" not in page
    page = noor.get("/werk/zaken?zoek=xyzzy&stand=lopend")
    assert "Typ minder woorden" in page
    assert "Kies 'Alle'" not in page


def test_w11_who_withdrew_is_not_counted_among_who_filed(services, noor: Browser):
    number = register_bezwaar(services, TESS, BRAM)
    assert "Tess Testeling en 1 ander" in noor.get("/werk/zaken")
    with services.sessions.begin() as session:
        session.query(Party).filter_by(filing=True).first().withdrawn_on = today(services)
    page = noor.get(f"/werk/zaken/{number}")
    assert "Tess Testeling" not in page.partition('class="wb-summary"')[2].partition("</dl>")[0]
    assert "en 1 ander" not in noor.get("/werk/zaken")


def test_a_task_that_i_took_is_mine_whoever_handles_the_case(services, noor: Browser):
    number = register_bezwaar(services)
    act(services, NOOR, AssignHandler(number, "sem"))
    act(services, NOOR, TakeTask(open_task(services, "Intake")))
    assert number in noor.get("/werk?van=mij")


def test_d66_a_letter_by_post_waits_in_today_until_it_is_sent(services, noor: Browser):
    number = register_bezwaar(services, BRAM)
    assert "Brieven printen en verzenden (1)" in noor.get("/werk")
    with services.sessions.begin() as session:
        session.execute(update(NoticeRow).values(sent_on=today(services)))
    page = noor.get("/werk")
    assert "Brieven printen" not in page
    assert number in page


def test_d46_d47_an_unread_message_is_news_for_the_handler_and_whoever_was_involved(services, browser, noor: Browser):
    number = register_bezwaar(services)
    sem = Browser(services, Actor("staff", "sem", "Sem Beslisser", frozenset({"decider"})))
    tess = Actor("citizen", services.secrets.index(TESS.identity or ""), TESS.name)
    act(services, NOOR, TakeTask(open_task(services, "Intake")))
    act(services, NOOR, AssignHandler(number, "sem"))
    act(services, tess, SendMessage(number, "Wanneer hoor ik iets?"))
    for desk in (noor, sem):
        assert "Wanneer hoor ik iets?" in desk.get("/werk?van=mij")
    noor.get(f"/werk/zaken/{number}/tijdlijn")
    noor.post(f"/werk/zaken/{number}/gelezen")
    assert "Wanneer hoor ik iets?" not in sem.get("/werk?van=mij")


SEARCHES = [
    ("zoek=bram", {"terras"}),
    ("zoek=TERRAS", {"terras"}),
    ("zoek=EV-77", {"terras"}),
    ("zoek=in+bezwaar+gaan", {"terras", "vergunning"}),
    ("zoek=%25", set()),
    ("zoek=_", set()),
    ("soort=bezwaar", {"terras", "vergunning"}),
    ("soort=klacht", set()),
    ("status=received", {"vergunning"}),
    ("status=in_progress", {"terras"}),
    ("behandelaar=sem", {"vergunning"}),
    ("behandelaar=noor", {"terras"}),
    ("behandelaar=-&stand=alle", {"oud"}),
    ("stand=afgerond", {"oud"}),
    ("stand=alle", {"terras", "vergunning", "oud"}),
    ("stand=alle&zoek=oud", {"oud"}),
]


def test_the_list_searches_and_filters(services, noor: Browser):
    cases = {"terras": register_bezwaar(services, BRAM, subject="Terras", number="EV-77")}
    do(services, "Intake", **INTAKE, route="ambtelijk")
    cases["vergunning"] = register_bezwaar(services, subject="Vergunning")
    act(services, NOOR, AssignHandler(cases["vergunning"], "sem"))
    cases["oud"] = register_bezwaar(services, subject="Oud")
    act(services, NOOR, Withdraw(cases["oud"]))
    pages = {search: noor.get(f"/werk/zaken?{search}") for search, _ in SEARCHES}
    shown = {search: {name for name, number in cases.items() if number in page} for search, page in pages.items()}
    assert shown == dict(SEARCHES)


def test_the_list_finds_a_case_by_its_number_and_counts(services, noor: Browser):
    first, second = register_bezwaar(services), register_bezwaar(services)
    act(services, NOOR, Withdraw(second))
    page = noor.get(f"/werk/zaken?zoek={first}")
    assert first in page
    assert second not in page
    page = noor.get("/werk/zaken")
    assert all(words in page for words in ("Lopend (1)", "Afgerond (1)", "Alle (2)"))


@pytest.fixture
def two(services):
    """A case of each way of sending letters."""
    number = register_bezwaar(services, BRAM)
    register_bezwaar(services)
    days_later(services, 1)
    return number


def test_the_number_of_statements_does_not_grow_with_the_rows(services, two):
    def count(read) -> int:
        with statements(services) as seen:
            read()
        return len(seen)

    reads = {
        "today": lambda: read_today(services, NOOR),
        "mine": lambda: read_today(services, NOOR, "mine"),
        "list": lambda: read_cases(services, NOOR, Filter()),
        "search": lambda: read_cases(services, NOOR, Filter("bezwaar", "bezwaar", "received", "noor", "")),
    }
    for read in reads.values():
        read()  # the drawings come into the cache once
    act(services, NOOR, AssignHandler(two, "noor"))
    few = {name: count(read) for name, read in reads.items()}
    for row in range(20):
        act(
            services,
            NOOR,
            AssignHandler(register_bezwaar(services, *((TESS, BRAM)[row % 2],)), ("noor", "sem")[row % 2]),
        )
    assert {name: count(read) for name, read in reads.items()} == few
    assert max(few.values()) <= 17  # one asks for whom the reader stands in


def test_a_page_of_the_list_waits_for_the_database_four_times(services, two, noor: Browser, monkeypatch):
    noor.get("/werk/zaken")  # the drawings come into the cache once
    with round_trips(services, monkeypatch) as seen:
        assert two in noor.get("/werk/zaken")
    assert len(seen) == 4, seen  # the session, its person, the list with the counters at the top, its lines


@pytest.mark.parametrize("whose", ["alles", "mij", "niemand"])
def test_vandaag_waits_for_the_database_five_times(services, noor: Browser, monkeypatch, whose: str):
    mine, free = register_bezwaar(services), register_bezwaar(services)
    act(services, NOOR, AssignHandler(mine, "noor"))
    address = f"/werk?van={whose}"
    noor.get(address)  # the drawings come into the cache once
    with round_trips(services, monkeypatch) as seen:
        assert (free if whose == "niemand" else mine) in noor.get(address)
    assert len(seen) == 5, seen  # the session, its person, whose desk it is, what lies on it, its rows


def test_w17_people_with_the_same_roles_share_a_question_and_see_each_their_own(services, two):
    """A case about somebody is not there for that one (Awb 9:7), and what lies above a clearance only for who handles it."""
    barred, handled, for_all = register_bezwaar(services), register_bezwaar(services), two
    sem = replace(NOOR, subject="sem", name="Sem Proef")
    with services.sessions.begin() as session:
        for one in (NOOR, sem):
            staff.remember(session, one)
        barred_in(session, "sem", barred)
        session.execute(update(Case).where(Case.number == handled).values(handler="sem"))
        session.execute(update(TaskRow).where(TaskRow.case_id == case_of(handled)).values(handler="sem"))
    make_secret(services, handled)
    for state in ("running", ""):
        asked = [read_cases(services, one, Filter(state=state)) for one in (NOOR, sem, NOOR)]
        shown = [{line.number for line in page.lines} & {barred, handled, for_all} for page in asked]
        assert shown == [{barred, for_all}, {handled, for_all}, {barred, for_all}]
        assert [page.counts[state] for page in asked] == [len(page.lines) for page in asked]
    for whose, theirs in (("all", [{barred, for_all}, {handled, for_all}]), ("mine", [set(), {handled}])):
        desks = [read_today(services, one, whose) for one in (NOOR, sem)]
        rows = [[row.number for band in desk.bands for row in band.rows if row.kind == "taak"] for desk in desks]
        assert [{*numbers} & {barred, handled, for_all} for numbers in rows] == theirs
        assert [desk.counts[whose] for desk in desks] == [len(numbers) for numbers in rows]
    assert SameRoles.of(NOOR) == SameRoles.of(sem) == SameRoles.of(replace(sem, roles={*sem.roles, "of-the-provider"}))


def case_of(number: str) -> Any:
    return select(Case.id).where(Case.number == number).scalar_subquery()


DESKS = {
    "all": "ix_task_urgent",
    "nobody": "ix_task_free",
    "mine": "ix_task_free",
    "list": "ix_case_risk",
    "type": "ix_case_type",
    "late": "ix_case_risk",
    "court": "ix_case_court",
    "number": "ix_case_numbers",
    "last_number": "ix_case_numbers",
    "handler": "ix_case_handler_sort",
}


@pytest.mark.parametrize("asked", DESKS)
def test_w1_lists_by_risk_read_an_index_in_its_order_and_sort_nothing(services, two, asked: str):
    filters = {
        "list": Filter(),
        "type": Filter(case_type="bezwaar"),
        "late": Filter(late=True),
        "court": Filter(court=True),
        **{order: Filter(order=order) for order in ("number", "last_number", "handler")},
    }
    with services.sessions.begin() as session:
        session.execute(update(Case).values(legal_on=date(2026, 1, 5), court_on=date(2026, 1, 5)))
    with statements(services) as seen:
        read_cases(services, NOOR, filters[asked]) if asked in filters else read_today(services, NOOR, asked)
    order = {"number": "number", "last_number": "number", "handler": "handler_sort"}.get(asked, "legal_on|urgent_on")
    page = next(one for one in seen if re.search(rf"ORDER BY [^()]*({order})", one))
    with services.sessions() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {page}", (None,) * page.count("?"))
        steps = [str(row[3]) for row in plan]
    assert any(DESKS[asked] in step for step in steps), steps
    assert asked == "mine" or "USE TEMP B-TREE FOR ORDER BY" not in steps  # mine are two lists, each in its own order


def test_w7_the_order_by_handler_is_that_of_the_names_that_people_see(services):
    people = {"z1": "Anne Écht", "a9": "Öznur Proef", "m5": "bo zonder Hoofdletter"}
    given = {}
    with services.sessions.begin() as session:
        for number, name in people.items():
            staff.remember(session, Actor("staff", number, name, frozenset({"worker"})))
    for number in ("a9", "m5", "z1", None):
        given[register_bezwaar(services)] = number
    for case, number in given.items():
        if number:
            act(services, NOOR, AssignHandler(case, number))
    assert _by_handler(services) == ["Anne Écht", "bo zonder Hoofdletter", "Öznur Proef", None]
    with services.sessions.begin() as session:
        staff.remember(session, Actor("staff", "z1", "Quinten Echt", frozenset({"worker"})))
    assert _by_handler(services) == ["bo zonder Hoofdletter", "Öznur Proef", "Quinten Echt", None]
    assert [line.number for line in read_cases(services, NOOR, Filter(order="number")).lines] == sorted(given)
    assert [line.number for line in read_cases(services, NOOR, Filter(order="last_number")).lines] == sorted(given)[
        ::-1
    ]


def _by_handler(services) -> list[str | None]:
    return [line.handler for line in read_cases(services, NOOR, Filter(order="handler")).lines]


def test_w7_a_search_that_looked_through_a_part_says_so(services, noor: Browser, monkeypatch):
    for name in ("COMMON", "NEWEST"):
        monkeypatch.setattr(f"processes.storage.search_query.{name}", 1)
    register_bezwaar(services, subject="Eerste terras")
    register_bezwaar(services, subject="Tweede terras")
    page = noor.get("/werk/zaken?zoek=terras&stand=alle")
    assert "Er zijn er meer: zoek preciezer." in page
    assert "Alle (minstens " in page
    assert "Er zijn er meer" not in noor.get("/werk/zaken?zoek=bestaatniet")


def test_counting_stops_where_nobody_cares(services, two, noor: Browser, monkeypatch):
    for room in ("processes.reads.workbench.risk", "processes.reads.workbench"):
        monkeypatch.setattr(f"{room}.MOST", 1)
    page = noor.get("/werk/zaken")
    assert "Lopend (meer dan 1)" in page
    assert "Afgerond (0)" in page
    assert "U ziet hier hoogstens de eerste 1." in page


def test_the_list_turns_pages(services, noor: Browser):
    register_bezwaar(services, subject="Eerste", ago=200)
    with services.sessions.begin() as session:
        known = session.get_one(Case, 1)
        values = {
            c.key: getattr(known, c.key) for c in Case.__table__.columns if c.key not in {"id", "number", "subject"}
        }
        session.add_all(Case(**values, number=f"BZW-X-{n:03d}", subject=f"Kopie {n}") for n in range(60))
    page = noor.get("/werk/zaken")
    assert "Lopend (61)" in page
    assert "Kopie 48" in page
    assert "Kopie 49" not in page
    second = noor.get("/werk/zaken?stand=lopend&pagina=2")
    assert "Kopie 59" in second
    assert "Kopie 48" not in second
    assert "Kopie 59" in noor.get("/werk/zaken?pagina=99")


def test_a_term_that_stands_still_is_not_late(services, noor: Browser):
    register_bezwaar(services, ago=10)
    do(services, "Intake", **{**INTAKE, "complete": False}, route="ambtelijk", missing_items="uw redenen")
    assert "Geen zaak is over de wettelijke termijn." in noor.get("/werk")
