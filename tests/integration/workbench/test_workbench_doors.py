"""Who may see what at /werk: by role, by case, and never a citizen."""

from dataclasses import replace

import pytest
from kit.browser import ORIGIN, Browser, TestClient
from kit.cases import INTAKE, days_later, do, handed_in, open_task, prepare_file, register_bezwaar, today
from kit.documents import stored
from kit.people import ADA, ARIE, FENNA, NOOR, SEM, TESS
from kit.small_portal import portal, services_of, sign_in
from sqlalchemy import select
from workbench_kit import deliver

from portal.app import create_app
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.messages import AddNote
from processes.actions.tasks import CompleteTask
from processes.storage import web_sessions
from processes.storage.tables import StaffRow

PLACES = ("/werk", "/werk/zaken", "/werk/nieuw", "/werk/nieuw/bezwaar")


@pytest.mark.parametrize(
    ("actor", "statuses"),
    [
        (NOOR, (200, 200, 200, 200)),
        (SEM, (200, 200, 200, 200)),
        (ADA, (200, 200, 403, 403)),
        (FENNA, (403, 403, 403, 403)),
        (ARIE, (403, 403, 403, 403)),
    ],
    ids=lambda value: value.subject if hasattr(value, "subject") else "",
)
def test_each_role_enters_its_own_places(browser, actor, statuses):
    desk = browser(actor)
    assert tuple(desk.client.get(place).status_code for place in PLACES) == statuses


def test_a_citizen_never_opens_the_workbench(services):
    number = register_bezwaar(services)
    client = TestClient(create_app(services))
    made = web_sessions.create(services, "citizen", services.secrets.index(TESS.identity), TESS.name)
    for kind in ("citizen", "staff"):  # also not with the citizen's session in the cookie of staff
        client.cookies.set(cookie_name(services.settings, kind), made.cookie)
    for place in (*PLACES, f"/werk/zaken/{number}", f"/werk/taken/{open_task(services, 'Intake')}"):
        answer = client.request("GET", place, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/inloggen/medewerker")


HELD = {"hearing_outcome": "gehouden", "hearing_present": "Tess", "hearing_report": "Zij vertelde."}


@pytest.fixture
def agenda(services):
    """Two cases: one with a hearing of the committee, and one that never gets there."""
    theirs = register_bezwaar(services, subject="Terras")
    do(services, "Intake", **INTAKE, route="commissie")
    do(services, "CallObjector", call_outcome="doorgaan", call_note="geheim gesprek")
    deliver(services, "besluit.pdf")
    offered = {row.id: Judgement(accepted=True) for row in handed_in(services) if row.state == "offered"}
    act(services, NOOR, CompleteTask(open_task(services, "JudgeDelivery"), judgements=offered))
    do(services, "CommitteeDecidesHearing", hearing_choice="horen", hearing_public=True)
    hearing = f"{today(services).replace(year=today(services).year + 1).isoformat()}T10:00:00+00:00"
    do(services, "PlanHearing", hearing_on=hearing, hearing_place="stadhuis", chair="Joris Voorzitter")
    prepare_file(services)
    days_later(services, 366)
    other = register_bezwaar(services, subject="Boom")
    return theirs, other


def test_w11_the_committee_reads_what_was_filed_and_not_what_staff_filled_in(browser, agenda):
    page = browser(ADA).get(f"/werk/zaken/{agenda[0]}")
    filled = page.partition("Wat er is ingevuld")[2].partition("</details>")[0]
    assert "Niet eerlijk" in filled
    assert "geheim gesprek" not in page


def test_a_committee_member_sees_only_the_own_cases(browser, agenda):
    theirs, other = agenda
    ada = browser(ADA)
    start = ada.get("/werk")
    assert "Houd de hoorzitting" in start
    assert "Toets ontvankelijkheid" not in start
    assert "Brieven printen" not in start
    listed = ada.get("/werk/zaken?stand=alle")
    assert theirs in listed
    assert other not in listed
    for tab in ("", "/partijen", "/documenten", "/tijdlijn"):
        ada.get(f"/werk/zaken/{other}{tab}", 404)


def test_w1_a_committee_member_in_no_team_has_an_empty_list_of_the_team(browser, agenda):
    nico = browser(replace(ADA, subject="nico", name="Nico Nieuw"))
    assert agenda[0] in browser(ADA).get("/werk")
    assert agenda[0] not in nico.get("/werk?van=team")


def test_a_committee_member_looks_and_advises_but_sees_nothing_internal(services, browser, agenda):
    theirs, _ = agenda
    act(services, NOOR, AddNote(theirs, "alleen voor ons"))
    act(services, NOOR, AddDocuments(theirs, (NewDocument(stored(services), "internal", "Intern stuk"),)))
    ada = browser(ADA)
    shown = "".join(ada.get(f"/werk/zaken/{theirs}{tab}") for tab in ("", "/partijen", "/documenten"))
    shown += ada.get(f"/werk/taken/{open_task(services, 'Hearing')}")
    assert "besluit.pdf" in shown
    for hidden in ("Intern stuk", "alleen voor ons", "geheim gesprek", "tess@post.example", "Overdragen", "/knop/"):
        assert hidden not in shown
    for tab in ("verzoeken", "tijdlijn", "brieven"):
        ada.get(f"/werk/zaken/{theirs}/{tab}", 403)
    internal = next(row.id for row in handed_in(services) if row.type == "internal")
    ada.get(f"/werk/documenten/{internal}", 404)
    for path in ("notitie", "intrekken", "behandelaar", "knop/extend", "opmerkingen", "documenten"):
        ada.post(f"/werk/zaken/{theirs}/{path}", {"text-note": "x"}, status=403)


def test_a_committee_member_completes_the_hearing(services, browser, agenda):
    theirs, _ = agenda
    ada = browser(ADA)
    task = open_task(services, "Hearing")
    ada.get(f"/werk/taken/{task}")
    page = ada.post(f"/werk/taken/{task}", HELD)
    assert "De taak is gedaan." in page
    assert open_task(services, "Advice")
    assert f"/werk/zaken/{theirs}?gedaan=taak" in ada.url


def test_a_task_of_the_worker_is_not_there_for_the_committee(services, browser):
    register_bezwaar(services)
    task = open_task(services, "Intake")
    ada = browser(ADA)
    ada.get(f"/werk/taken/{task}", 404)
    ada.post(f"/werk/taken/{task}", INTAKE, status=404)
    ada.post(f"/werk/taken/{task}/oppakken", status=404)


def test_staff_are_remembered_at_sign_in(tmp_path):
    with portal(tmp_path, demo=True) as app:
        client = TestClient(app)
        sign_in(client, "sem", "staff", "/proef/staf")
        with services_of(client).sessions() as session:
            row = session.scalars(select(StaffRow)).one()
        assert (row.username, row.name, row.roles) == ("sem", "Sem Beslisser", ["decider"])
        assert row.number != row.username


def test_every_form_needs_its_token(services, browser):
    number = register_bezwaar(services)
    desk: Browser = browser(NOOR)
    answer = desk.client.post(f"/werk/zaken/{number}/notitie", data={"text-note": "x"}, headers=ORIGIN)
    assert answer.status_code == 403
