"""T3, W11: every look of staff at a case and every document that is fetched is a row and a line of the security log."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, do, open_task, register_bezwaar, rows
from kit.documents import stored
from kit.installation import installation
from kit.log_lines import log_lines
from kit.people import ADA, NOOR, PIET, SEM, TESS, citizen
from kit.statements import statements
from looks_kit import furnish, looked, seen
from sqlalchemy import text, update

from portal.security import looking
from processes.actions import act
from processes.actions.documents import AddDocuments, GiveToDepartment, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.base import metrics
from processes.jobs.clock_process import SWEEPS
from processes.jobs.looks_sweep import sweep_looks
from processes.jobs.workers import drain
from processes.storage import looks as stored_looks
from processes.storage.tables import Case, DestructionRow, DocumentRow, Dossier, LookRow, NoticeRow, TaskRow

PAGES = {  # what stands behind the number of the case -> the page
    "": "overview", "/partijen": "parties", "/documenten": "documents", "/verzoeken": "requests", "/tijdlijn": "history",
    "/brieven": "letters", "/tekening": "drawing", "/datums": "dates", "/dwangsom/decide": "penalty", "/termijnen/decide": "term", "/partijen/nieuw": "add_party",
}  # fmt: skip


def told(lines, event):
    return [line for line in lines if line["event"] == event]


def document_in(services, number, name="stuk.pdf"):
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services, name), "internal", name),)))
    return next(row.id for row in rows(services, DocumentRow) if row.title == name)


@pytest.mark.parametrize("path", PAGES)
def test_w11_each_page_of_a_case_is_a_look(services, browser, case, path):
    with log_lines() as lines:
        answer = browser().client.get(f"/werk/zaken/{case}{path}")
    assert answer.status_code == 200
    assert seen(services) == [("noor", "case", PAGES[path])]
    (line,) = told(lines, "case_seen")
    assert (line["who"], line["case"], line["part"]) == ("staff:noor", case, PAGES[path])


def test_w11_a_task_is_a_look_at_its_case(services, browser, case):
    browser().get(f"/werk/taken/{open_task(services, 'Intake')}")
    (row,) = rows(services, LookRow)
    (task,) = rows(services, TaskRow, element="Intake")
    assert (row.kind, row.part, row.case_id) == ("task", task.name, task.case_id)


def test_w11_the_main_case_that_fills_a_new_one_is_looked_at(services, browser, case):
    with services.sessions.begin() as session:
        session.execute(update(Case).values(state="closed"))
    page = browser().client.get(f"/werk/nieuw/bezwaar?bij={case}")
    found = [part for _, _, part in seen(services)]
    assert found == (["register"] if page.status_code == 200 else [])


def test_w11_the_committee_looks_too(services, browser, case):
    with services.sessions.begin() as session:
        session.execute(update(TaskRow).values(side="committee"))
    browser(ADA).get(f"/werk/zaken/{case}/partijen")
    assert seen(services) == [("ada", "case", "parties")]


def test_w11_what_is_opened_from_a_search_says_so_and_not_what_was_typed(services, browser, case):
    search = "http://testserver/werk/zaken?zoek=Testeling"
    browser().client.get(f"/werk/zaken/{case}", headers={"Referer": search})
    browser().client.get(f"/werk/zaken/{case}/partijen", headers={"Referer": "http://testserver/werk/zaken?zoek="})
    assert seen(services) == [("noor", "search_hit", "overview"), ("noor", "case", "parties")]


def test_w11_who_comes_back_within_minutes_is_still_looking(services, browser, case, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(looking.time, "monotonic", lambda: now[0])
    noor = browser()
    for moment in (0, 10, 299, 301, 310):
        now[0] = float(moment)
        noor.get(f"/werk/zaken/{case}")
    noor.get(f"/werk/zaken/{case}/partijen")
    assert seen(services) == [("noor", "case", "overview")] * 2 + [("noor", "case", "parties")]


def test_w11_a_look_costs_one_written_row_and_then_nothing_for_minutes(services, browser, case):
    noor, asked = browser(), []
    for _ in range(2):
        with statements(services) as done:
            noor.get(f"/werk/zaken/{case}")
        asked.append(list(done))
    assert [sum("INSERT INTO look" in one for one in done) for done in asked] == [1, 0]
    assert len(asked[0]) - len(asked[1]) <= 3  # with the two questions for business time, which production has not


def test_w11_another_person_or_case_is_another_look(services, browser, case):
    other = register_bezwaar(services, subject="Terras")
    noor = browser()
    noor.get(f"/werk/zaken/{case}")
    noor.get(f"/werk/zaken/{other}")
    assert [row.case_id for row in rows(services, LookRow)] == [1, 2]


def test_w11_a_process_remembers_no_more_looks_than_it_has_room_for(monkeypatch):
    monkeypatch.setattr(looking, "MOST", 3)
    recent = looking.RecentLooks()
    one = [stored_looks.Look("case", f"BZW-{at}") for at in range(4)]
    for look in one:
        recent.add("noor", look)
    assert [recent.has("noor", look) for look in one] == [False, True, True, True]
    assert not recent.has("piet", one[3])


def test_w11_each_fetch_of_a_document_is_a_look_of_its_own(services, browser, case):
    document = document_in(services, case)
    noor = browser()
    with log_lines() as lines:
        for _ in range(2):
            noor.get(f"/werk/documenten/{document}/bestand")
    found = rows(services, LookRow)
    assert [(row.kind, row.document_id, row.case_id) for row in found] == [("document", document, 1)] * 2
    assert [(line["who"], line["case"], line["document"]) for line in told(lines, "document_fetched")] == [
        ("staff:noor", case, document)
    ] * 2


def test_t3_what_a_citizen_or_department_fetches_stands_there_too(services, browser, case):
    do(services, "Intake", **INTAKE, route="zonder_horen")
    document = document_in(services, case)
    act(services, NOOR, ShowOnPortal(document, shown=True))
    with services.sessions.begin() as session:
        session.execute(update(Case).values(published_at=services.clock.now()))
        session.execute(update(DocumentRow).values(audience="parties"))
    act(services, NOOR, GiveToDepartment(document, "parkeren"))
    drain(services)
    (dossier,) = rows(services, Dossier)
    browser(TESS).get(f"/mijn/documenten/{document}")
    link = f"/verzoek/{services.secrets.link_token(dossier.salt)}/stuk/{document}"
    with log_lines() as lines:
        assert browser(None).client.get(link).status_code == 200
    index = citizen(services, TESS).subject
    assert [(row.who_kind, row.who) for row in rows(services, LookRow)] == [
        ("citizen", index), ("department", f"department:{dossier.id}"),
    ]  # fmt: skip
    assert [(line["who"], line["case"]) for line in told(lines, "link_used")] == [(f"department:{dossier.id}", case)]


def test_t3_a_letter_that_a_citizen_reads_on_the_portal_stands_there(services, browser, case):
    drain(services)
    (notice,) = rows(services, NoticeRow)
    browser(TESS).get(f"/mijn/zaken/{case}/brieven/{notice.id}")
    assert seen(services) == [(citizen(services, TESS).subject, "letter", str(notice.id))]


def test_t3_a_look_knows_from_where_it_came_and_to_which_lines_it_belongs(services, browser, case):
    noor = browser()
    kept = dict(noor.client.cookies)
    noor.client.comes_from("192.0.2.44")
    for name, value in kept.items():
        noor.client.cookies.set(name, value)
    with log_lines() as lines:
        answer = noor.client.get(f"/werk/zaken/{case}", headers={"X-Forwarded-For": "198.51.100.9"})
    (row,) = rows(services, LookRow)
    (line,) = told(lines, "case_seen")
    assert row.address == line["address"] == "192.0.2.44"
    assert row.correlation == line["correlation"] == answer.headers["X-Correlation-ID"]


def test_t3_behind_a_proxy_of_ours_the_address_is_that_of_the_visitor(tmp_path):
    with installation(tmp_path, furnish, trusted_proxies=("127.0.0.0/8",)) as services:
        number = register_bezwaar(services)
        lie_and_truth = {"X-Forwarded-For": "10.0.0.1, 198.51.100.9"}  # the proxy adds whom it saw at the end
        Browser(services, NOOR).client.get(f"/werk/zaken/{number}", headers=lie_and_truth)
        assert [row.address for row in rows(services, LookRow)] == ["198.51.100.9"]


def test_t3_what_somebody_may_not_see_is_no_look(services, browser, case):
    noor = browser()
    for path in ("/werk/zaken/BZW-2026-999999", f"/werk/zaken/{case}/bestaat-niet", "/werk/documenten/niets"):
        assert noor.status(path) == 404
    browser(ADA).get(f"/werk/zaken/{case}", 404)
    assert rows(services, LookRow) == []


@contextmanager
def broken(services):
    with services.sessions.begin() as session:
        session.execute(text("ALTER TABLE look RENAME TO elsewhere"))
    yield
    with services.sessions.begin() as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO look"))


def test_w11_a_look_that_cannot_be_written_keeps_nobody_from_the_page(services, browser, case):
    document = document_in(services, case)
    before = metrics.LOOKS_LOST._value.get()
    with broken(services), log_lines() as lines:
        noor = browser()
        assert case in noor.get(f"/werk/zaken/{case}")
        noor.get(f"/werk/documenten/{document}/bestand")
    assert metrics.LOOKS_LOST._value.get() == before + 2
    assert len(told(lines, "look.not_written")) == 2
    assert len(told(lines, "case_seen") + told(lines, "document_fetched")) == 2  # the log has them all the same
    noor.get(f"/werk/zaken/{case}")  # a lost look is not remembered as written
    assert seen(services) == [("noor", "case", "overview")]


def test_w11_looks_are_kept_as_long_as_the_setting_says(services, case):
    for days in (1, 30 * 59, 31 * 60, 4000):
        looked(services, NOOR, case, days_ago=days)
    sweep_looks(services)
    now = services.clock.now()
    assert [(now - row.at).days for row in rows(services, LookRow)] == [1, 30 * 59]


def test_w11_many_old_looks_go_in_parts(services, case, monkeypatch):
    monkeypatch.setattr(stored_looks, "AT_ONCE", 2)
    for _ in range(7):
        looked(services, NOOR, case, days_ago=4000)
    for hour in range(7):
        looked(services, PIET, case, days_ago=4000 + hour / 24)
    looked(services, NOOR, case)
    sweep_looks(services)
    assert len(rows(services, LookRow)) == 1


def test_w11_a_look_that_came_in_while_its_case_was_destroyed_goes_too(services, case):
    looked(services, NOOR, case)
    now = services.clock.now()
    with services.sessions.begin() as session:
        session.add(
            DestructionRow(case_id=1, case_number=case, case_type="bezwaar", result="", retention_class="13.1",
                           due_on=now.date(), listed_at=now, state="destroyed", destroyed_at=now - timedelta(hours=1))
        )  # fmt: skip
    sweep_looks(services)
    assert rows(services, LookRow) == []


def test_w11_the_sweep_of_looks_runs_by_itself():
    assert any(sweep.run is sweep_looks for sweep in SWEEPS)


def test_w11_the_case_page_says_who_looked(services, browser, case):
    document = document_in(services, case)
    looked(services, PIET, case, days_ago=2)
    looked(services, PIET, case, days_ago=1, part="parties")
    browser(SEM).get(f"/werk/documenten/{document}/bestand")
    looked(services, citizen(services, TESS), case, kind="letter", part="1")
    (fetched,) = rows(services, DocumentRow, id=document)  # not the first: what was sent in is a document too
    page = browser().get(f"/werk/zaken/{case}/tijdlijn")
    shown = " ".join(page.partition("Wie keek mee</h2>")[2].partition("</ul>")[0].split())
    for words in ("Piet Behandelaar</strong>, 2 keer", "het laatst", ": Partijen", "Sem Beslisser", f"{fetched.reference} opgehaald",
                  "Tess Testeling (indiener)", "Brief gelezen op het portaal"):  # fmt: skip
        assert words in shown


def test_w11_the_name_of_a_confidential_party_is_not_told_by_a_look(services, browser, case):
    with services.sessions.begin() as session:
        session.execute(text("UPDATE party SET confidential = true"))
    looked(services, citizen(services, TESS), case, kind="letter", part="1")
    page = browser(PIET).get(f"/werk/zaken/{case}/tijdlijn")
    shown = page.partition("Wie keek mee</h2>")[2].partition("</ul>")[0]
    assert "Indiener" in shown
    assert "Testeling" not in shown


def test_w11_the_committee_does_not_read_who_looked(services, case, browser):
    with services.sessions.begin() as session:
        session.execute(update(TaskRow).values(side="committee"))
    looked(services, PIET, case)
    ada = browser(ADA)
    ada.get(f"/werk/zaken/{case}/tijdlijn", 403)
    assert "Piet" not in "".join(ada.get(f"/werk/zaken/{case}{tab}") for tab in ("", "/partijen", "/documenten"))
