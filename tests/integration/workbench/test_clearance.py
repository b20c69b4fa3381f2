"""W17: a case above somebody's clearance is nowhere for them, until they were given access, and not after its last day."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from kit.browser import Browser, without_masks
from kit.business_time import FixedClock
from kit.cases import INTAKE, do, make_secret, open_task, register_bezwaar, rows
from kit.documents import stored
from kit.people import BRAM, NOOR, PIET, SEM, TESS, citizen, known

from portal.security import guards
from processes.actions import act
from processes.actions.case_access import AskAccess, GiveAccess, RefuseAccess
from processes.actions.correcting_document import CorrectDocument
from processes.actions.course import AssignHandler
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.messages import AddNote, SendMessage
from processes.actions.registering import NewDecision, RegisterCase
from processes.actions.relating import RelateCases, UnrelateCases
from processes.actions.tasks import TakeTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import Invalid, NotAllowed, NotFound
from processes.jobs.access_sweep import sweep_access
from processes.reads.workbench import Filter, read_cases, read_desk_counts
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, CaseAccess, DocumentRow, LookRow, NewsRow

CLEARED = replace(PIET, roles=frozenset({"worker", "clearance-geheim"}))
DAY = date(2026, 1, 5)
WHY = "Ik moet het advies erbij hebben."


@pytest.fixture
def number(services: Services) -> str:
    """A secret case of Sem, with a document, a note that calls Noor, and a message of the citizen."""
    known(services, CLEARED)
    made = register_bezwaar(services, TESS)
    act(services, SEM, AssignHandler(made, "sem"))
    paper = NewDocument(stored(services), "report", "Verslag")
    act(services, SEM, AddDocuments(made, (paper,)))
    act(services, citizen(services, TESS), SendMessage(made, "Hoe staat het ermee?"))
    make_secret(services, made)
    act(services, SEM, AddNote(made, "@Noor, kijk jij?"))
    return made


def asked(services: Services, number: str) -> int:
    act(services, NOOR, AskAccess(number, WHY))
    return rows(services, CaseAccess)[-1].id


def until(services: Services, days: int) -> str:
    return (local_date(business_now(services)) + timedelta(days=days)).isoformat()


@pytest.fixture
def given(services: Services, number: str) -> str:
    act(services, SEM, GiveAccess(asked(services, number), until(services, 7)))
    return number


def test_w17_access_is_over_after_its_last_day_though_no_sweep_came_by(services, noor: Browser, given, monkeypatch):
    """The process of the clock may stand still over a weekend, and one access may be stuck."""
    last = date.fromisoformat(until(services, 7))
    for day, there in ((last, True), (last + timedelta(days=1), False)):
        now = replace(NOOR, day=day)
        assert bool(read_cases(services, now, Filter()).lines) is there
        monkeypatch.setattr(guards, "_today", lambda _, day=day: day)
        assert noor.status(f"/werk/zaken/{given}") == (200 if there else 404)
        assert (given in noor.get("/werk/zaken?zoek=Tess")) is there
    with pytest.raises(NotFound):
        act(services, now, AddNote(given, "Dit mag niet meer."))


def test_w17_the_day_counts_where_nobody_moves_the_clock(services):
    in_production = replace(services, settings=replace(services.settings, production=True))
    assert [guards._today(one) for one in (in_production, services)] == [local_date(services.clock.now()), None]


PLACES = ("/werk", "/werk?van=alle", "/werk/zaken", "/werk/zaken?zoek={number}", "/werk/zaken?zoek=Tess", "/werk/berichten?van=all",
          "/werk/nieuws", "/werk/verzoeken", "/werk/brieven")  # fmt: skip


def test_w17_a_case_above_the_clearance_is_in_no_list_search_counter_or_news(services, noor: Browser, number):
    for place in PLACES:
        page = noor.get(place.format(number=number)).replace(f"zoek={number}", "").replace(f'value="{number}"', "")
        assert number not in page, place
        assert "Tess Testeling" not in page, place
    assert rows(services, NewsRow) == []
    assert read_desk_counts(services, NOOR).messages == 0
    for asked_for in (Filter(), Filter(text=number)):
        assert not read_cases(services, NOOR, asked_for).lines
        assert [line.number for line in read_cases(services, CLEARED, asked_for).lines] == [number]


def test_w17_no_address_of_it_opens_and_nothing_of_it_changes(services, browser, noor: Browser, number):
    document = rows(services, DocumentRow)[0].id
    here, task = f"/werk/zaken/{number}", open_task(services, "Intake")
    addresses = [f"{here}{tab}" for tab in ("", "/documenten", "/partijen", "/tijdlijn", "/brieven", "/verzoeken")]
    for address in (*addresses, f"/werk/documenten/{document}", f"/werk/taken/{task}"):
        assert noor.status(address) == 404, address
    for address in addresses:
        assert browser(CLEARED).status(address) == 200, address
    for action in (TakeTask(task), AddNote(number, "x"), AssignHandler(number, "noor")):
        with pytest.raises(NotFound):
            act(services, NOOR, action)
    with pytest.raises(NotFound):
        do(services, "Intake", NOOR, **INTAKE, route="ambtelijk")
    with pytest.raises(Invalid, match="mag deze zaak niet zien"):
        act(services, SEM, AssignHandler(number, "noor"))


def test_w17_who_may_not_see_it_does_not_learn_whether_there_is_such_a_case(services, noor: Browser, number):
    there = without_masks(noor.get(f"/werk/zaken/{number}", status=404))
    absent = number[:-1] + ("8" if number[-1] != "8" else "7")
    assert without_masks(noor.get(f"/werk/zaken/{absent}", status=404)) == there.replace(number, absent)
    answers = []
    for one in (absent, number, number):
        noor.get(f"/werk/toegang?zaak={one}")
        noor.post("/werk/toegang", {"case": one, "why": WHY})
        answers.append(re.sub(r'name="form_key" value="[^"]*"', "", without_masks(noor.html)))
    assert "Uw vraag is gesteld" in answers[0]
    assert answers[0] == answers[1] == answers[2]
    assert [row.staff for row in rows(services, CaseAccess)] == ["noor"]  # the same question twice is one


def test_w17_a_hidden_case_cannot_be_found_by_relating_it(services, noor: Browser, number):
    """The answer is that for a number that names nothing, also for a case about the reader."""
    here, absent = register_bezwaar(services, BRAM), number[:-1] + "7"
    told = []
    for one in (absent, number):
        for action in (RelateCases(here, one, "nevenzaak"), UnrelateCases(here, one)):
            with pytest.raises(Invalid) as refused:
                act(services, NOOR, action)
            told.append(str(refused.value.fields).replace(one, "N"))
    assert len(set(told)) == 1
    with pytest.raises(NotFound):
        act(services, NOOR, RelateCases(number, here, "nevenzaak"))


def test_w17_access_is_asked_given_seen_and_written_down(services, browser: Callable[[Actor], Browser], noor, number):
    noor.get(f"/werk/toegang?zaak={number}")
    noor.post("/werk/toegang", {"case": number, "why": WHY})
    (row,) = rows(services, CaseAccess)
    sem = browser(SEM)
    assert WHY in sem.get("/werk/toegang")
    sem.post(f"/werk/toegang/{row.id}/geven", {f"until-{row.id}": until(services, 400)}, status=422)
    assert noor.status(f"/werk/zaken/{number}") == 404
    sem.post(f"/werk/toegang/{row.id}/geven", {f"until-{row.id}": until(services, 7)})
    assert "mag deze zaak zien" in noor.get("/werk/toegang")
    assert "mag deze zaak zien tot en met" in noor.get("/werk/nieuws")
    assert number in noor.get("/werk/zaken?van=all")
    noor.get(f"/werk/zaken/{number}")
    assert "noor" in {look.who for look in rows(services, LookRow)}
    assert "Noor Behandelaar" in sem.get(f"/werk/zaken/{number}/tijdlijn").partition("Wie keek mee")[2]
    sem.get("/werk/toegang")
    sem.post(f"/werk/toegang/{row.id}/intrekken")
    assert noor.status(f"/werk/zaken/{number}") == 404
    assert rows(services, CaseAccess)[0].ended_by == "sem"
    steps = [row.action for row in rows(services, AuditRow) if row.action.startswith("access_")]
    assert steps == ["access_asked", "access_given", "access_ended"]


def test_w17_access_ends_by_itself_after_its_day(services, noor: Browser, given):
    assert noor.status(f"/werk/zaken/{given}") == 200
    clock = services.clock
    assert isinstance(clock, FixedClock)
    clock.ahead += timedelta(days=7)
    assert (sweep_access(services), noor.status(f"/werk/zaken/{given}")) == (0, 200)
    clock.ahead += timedelta(days=1)
    assert (sweep_access(services), noor.status(f"/werk/zaken/{given}")) == (1, 404)
    assert rows(services, CaseAccess)[0].ended_by is None


def test_w17_a_refusal_says_why(services, browser, noor: Browser, number):
    row, sem = asked(services, number), browser(SEM)
    sem.get("/werk/toegang")
    sem.post(f"/werk/toegang/{row}/weigeren", status=422)
    sem.post(f"/werk/toegang/{row}/weigeren", {f"answer-{row}": "Het advies staat in uw eigen zaak."})
    assert "Het advies staat in uw eigen zaak." in noor.get("/werk/toegang")
    assert noor.status(f"/werk/zaken/{number}") == 404


def test_w17_nobody_gives_themselves_access_nor_does_who_may_not_decide(services, number):
    row = asked(services, number)
    for actor in (NOOR, PIET, CLEARED, replace(NOOR, roles=frozenset({"decider", "clearance-geheim"}))):
        for action in (GiveAccess(row, until(services, 7)), RefuseAccess(row, "x")):
            with pytest.raises((NotAllowed, NotFound)):
                act(services, actor, action)
    for reason in ("", " ", "x" * 2001):
        with pytest.raises(Invalid):
            act(services, NOOR, AskAccess(number, reason))


def test_w17_a_case_of_a_type_above_the_clearance_is_not_registered_and_it_is_said_why(services, browser) -> None:
    low = replace(PIET, roles=frozenset({"worker", "clearance-intern"}))
    refused = browser(low).client.get("/werk/nieuw/bezwaar")
    assert refused.status_code == 403
    assert "vertrouwelijker dan u mag zien" in refused.text
    decision = NewDecision("Dakkapel", number="PV-1", taken_on=DAY, announced_on=DAY)
    filed = RegisterCase("bezwaar", "letter", DAY, (TESS,), (decision,), {"grounds": "Niet eerlijk"})
    with pytest.raises(NotAllowed, match="vertrouwelijker dan u mag zien"):
        act(services, low, filed)
    assert rows(services, Case) == []


def test_d39_a_document_above_the_clearance_is_read_by_who_works_on_its_case_alone(services, browser) -> None:
    """In a case that all may see: for others it is in no list, opens nowhere, is in no bundle and changes by nobody."""
    number = register_bezwaar(services, TESS)
    act(services, NOOR, AssignHandler(number, "noor"))
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services), "report", "Zeer geheim rapport"),)))
    with services.sessions.begin() as session:
        row = session.query(DocumentRow).filter_by(title="Zeer geheim rapport").one()
        row.confidentiality, document = "zeer_geheim", row.id
    known(services, PIET)
    cleared = replace(
        CLEARED, subject="clara", name="Clara Clearance", roles=frozenset({"worker", "clearance-zeer_geheim"})
    )
    known(services, cleared)
    for actor, reads in ((PIET, False), (NOOR, True), (cleared, True)):
        page = browser(actor)
        assert ("Zeer geheim rapport" in page.get(f"/werk/zaken/{number}/documenten")) == reads, actor
        for door in ("", "/bestand"):
            assert (page.status(f"/werk/documenten/{document}{door}") == 200) == reads, actor
        assert ("Zeer geheim rapport" in page.get(f"/werk/zaken/{number}/tijdlijn")) == reads, actor
        assert (number in page.get("/werk/zaken?zoek=zeer+geheim+rapport")) == reads, actor
        papers = page.get(f"/werk/zaken/{number}/dossier")
        assert ("Zeer geheim rapport" in papers) == reads, actor
    with pytest.raises(NotFound):
        act(services, PIET, CorrectDocument(document, "report", "Anders", "Zo"))
    act(services, PIET, TakeTask(open_task(services, "Intake")))
    assert browser(PIET).status(f"/werk/documenten/{document}") == 200
    assert number in browser(PIET).get("/werk/zaken?zoek=zeer+geheim+rapport")
