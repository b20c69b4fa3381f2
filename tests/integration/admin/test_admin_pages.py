"""The administration: who may enter what, what needs attention and its retry, departments, law, destruction, control."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from admin_kit import Browser
from kit.business_time import beginning
from kit.cases import register_bezwaar
from sqlalchemy import select, update

from processes.base.clock import local_date
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, DepartmentRow, DestructionRow, Instance, MailRow, OutboxRow

NOW = beginning()
TODAY = local_date(NOW)
ADMIN_ONLY = (
    "/beheer", "/beheer/zaaktypen", "/beheer/zaaktypen/bezwaar", "/beheer/zaaktypen/bezwaar/1",
    "/beheer/zaaktypen/bezwaar/1/tekening", "/beheer/zaaktypen/nieuw", "/beheer/afdelingen", "/beheer/afdelingen/nieuw",
    "/beheer/afdelingen/parkeren", "/beheer/afdelingen/parkeren/uit-gebruik", "/beheer/afdelingen-inlezen",
    "/beheer/wijzigingen", "/beheer/rollen", "/beheer/wettelijke-termijnen", "/beheer/controle", "/beheer/medewerkers", "/beheer/medewerkers/vervanging",
    "/beheer/wettelijke-termijnen/nieuw", "/beheer/wettelijke-termijnen/regel/awb-7-10/committee",
    "/beheer/wettelijke-termijnen/regel/awb-7-10/committee/wijzigen", "/beheer/wettelijke-termijnen/dagen",
    "/beheer/wettelijke-termijnen/dagen/nieuw", "/beheer/wettelijke-termijnen/dagen/2027-05-07/weghalen",
)  # fmt: skip
PAGES = {
    **{key: {"fenna"} for key in ADMIN_ONLY},
    "/beheer/vernietiging": {"fenna", "arie"},
    "/beheer/inzage": {"vera"},
    "/beheer/inzage/uitvoer": {"vera"},
}
CHANGES = {
    "/beheer/zaken/BZW-1/opnieuw": {"fenna"},
    "/beheer/zaken/BZW-1/timers": {"fenna"},
    "/beheer/werk/1/opnieuw": {"fenna"},
    "/beheer/mails/1/opnieuw": {"fenna"},
    "/beheer/zaaktypen/nieuw": {"fenna"},
    "/beheer/zaaktypen/nieuw/x/in-gebruik": {"fenna"},
    "/beheer/afdelingen/nieuw": {"fenna"},
    "/beheer/afdelingen/parkeren": {"fenna"},
    "/beheer/afdelingen/parkeren/bevestigen": {"fenna"},
    "/beheer/afdelingen/parkeren/intrekken": {"fenna"},
    "/beheer/afdelingen/parkeren/uit-gebruik": {"fenna"},
    "/beheer/afdelingen/parkeren/in-gebruik": {"fenna"},
    "/beheer/afdelingen-inlezen": {"fenna"},
    "/beheer/afdelingen-inlezen/opslaan": {"fenna"},
    "/beheer/medewerkers/toelaten": {"fenna"},
    "/beheer/medewerkers/vervanging": {"fenna"},
    "/beheer/medewerkers/vervanging/1/beeindigen": {"fenna"},
    "/beheer/medewerkers/noor/uitloggen": {"fenna"},
    "/beheer/medewerkers/noor/blokkeren": {"fenna"},
    "/beheer/medewerkers/noor/deblokkeren": {"fenna"},
    "/beheer/wettelijke-termijnen/nieuw": {"fenna"},
    "/beheer/wettelijke-termijnen/regel/awb-7-10/standard/wijzigen": {"fenna"},
    "/beheer/wettelijke-termijnen/regel/awb-7-10/standard/2027-01-01/weghalen": {"fenna"},
    "/beheer/wettelijke-termijnen/dagen/nieuw": {"fenna"},
    "/beheer/wettelijke-termijnen/dagen/2028-04-28/weghalen": {"fenna"},
    "/beheer/vernietiging/controleren": {"arie"},
    "/beheer/vernietiging/goedkeuren": {"arie"},
    "/beheer/vernietiging/1/uitzonderen": {"fenna", "arie"},
    "/beheer/vernietiging/1/terug": {"fenna", "arie"},
    "/beheer/inzage": {"vera"},
}


@pytest.mark.parametrize("who", ["fenna", "arie", "vera", "noor", "sem", "ada"])
def test_each_page_opens_for_its_roles_only(browser: Callable[[str], Browser], who: str) -> None:
    person = browser(who)
    answers = {path: person.client.get(path).status_code for path in PAGES}
    assert answers == {path: 200 if who in allowed else 403 for path, allowed in PAGES.items()}


@pytest.mark.parametrize("who", ["fenna", "arie", "vera", "noor", "sem", "ada"])
def test_each_change_is_for_its_roles_only(browser: Callable[[str], Browser], who: str) -> None:
    person = browser(who)
    data = {"csrf": person.csrf, "form_key": "een-sleutel"}
    answers = {
        path: person.client.post(path, data=data, headers={"Origin": "http://testserver"}).status_code == 403
        for path in CHANGES
    }
    assert answers == {path: who not in allowed for path, allowed in CHANGES.items()}


def test_the_models_tell_version_drawing_and_outline(fenna: Browser) -> None:
    page = fenna.get("/beheer/zaaktypen/bezwaar")
    for words in ("de inrichting", "Termijnen", "Statussen", "intake.json", "ontvangstbevestiging.txt"):
        assert words in page
    assert 'data-drawing="/beheer/zaaktypen/bezwaar/1/tekening"' in page
    fenna.get("/beheer/zaaktypen/bezwaar/99", status=404)
    fenna.get("/beheer/zaaktypen/bestaat-niet", status=404)
    fenna.get(f"/beheer/zaaktypen/bezwaar/{10**30}", status=404)


def test_a_quiet_installation_says_so_and_that_nothing_scans_for_viruses(fenna: Browser) -> None:
    page = fenna.get("/beheer")
    assert "Er staat niets stil" in page
    assert "Viruscontrole staat uit" in page


def test_a_stuck_case_is_shown_and_goes_on_after_the_retry(fenna: Browser, services: Services) -> None:
    number = register_bezwaar(services)
    with services.sessions.begin() as session:
        session.execute(update(Case).values(alarm="De timer is niet te lezen."))
        session.execute(update(Instance).values(phase="stuck", error="De timer is niet te lezen."))
    page = fenna.get("/beheer")
    assert number in page
    assert "De timer is niet te lezen." in page
    page = fenna.post(f"/beheer/zaken/{number}/opnieuw")
    assert "De zaak probeert het opnieuw" in page
    assert "De timer is niet te lezen." not in page
    with services.sessions() as session:
        assert session.scalars(select(Instance.phase).where(Instance.is_root)).one() == "running"


def test_failed_work_is_shown_with_its_reason_and_tried_again_at_once(fenna: Browser, services: Services) -> None:
    with services.sessions.begin() as session:
        session.add(OutboxRow(kind="forget_blob", key="a", payload={"blob": "aa/bb"}, created_at=NOW, attempts=3,
                              not_before=datetime.now(UTC) + timedelta(hours=1), error="Busy: druk"))  # fmt: skip
    page = fenna.get("/beheer")
    assert "Bestand opruimen" in page
    assert "3 keer" in page
    drain(services)
    assert "Bestand opruimen" in fenna.get("/beheer")
    fenna.post(next(form for form in fenna.forms() if "/werk/" in form))
    drain(services)
    assert "Bestand opruimen" not in fenna.get("/beheer")


def test_a_refused_mail_is_sent_again_under_its_own_message_id(fenna: Browser, services: Services) -> None:
    with services.sessions.begin() as session:
        mail = MailRow(case_id=None, template="t", recipient="weg@stad.example", subject="Stukken gevraagd", body="Tekst",
                       message_id="<vast@stad.example>", created_at=NOW, error="550 onbekend")  # fmt: skip
        session.add(mail)
    assert "550 onbekend" in fenna.get("/beheer")
    fenna.post(f"/beheer/mails/{mail.id}/opnieuw")
    fenna.post(f"/beheer/mails/{mail.id}/opnieuw", status=409)
    drain(services)
    with services.sessions() as session:
        sent = session.scalars(select(MailRow)).one()
    assert (sent.error, sent.message_id) == (None, "<vast@stad.example>")
    assert sent.sent_at


def test_a_refused_mail_says_what_to_do_and_takes_a_better_address(fenna: Browser, services: Services) -> None:
    with services.sessions.begin() as session:
        for recipient in ("parkeren@stad.example", "weg@stad.example"):
            session.add(MailRow(case_id=None, template="t", recipient=recipient, subject="Stukken", body="Tekst",
                                message_id=f"<{recipient}>", created_at=NOW, error="550 onbekend"))  # fmt: skip
        session.execute(update(DepartmentRow).values(email="parkeren@stad.example"))
    page = fenna.get("/beheer")
    assert "Vraag de afdeling naar het goede adres" in page
    assert "Geef het bericht per brief of telefoon" in page
    wrong = fenna.post("/beheer/mails/1/opnieuw", {"address-1": "parkeren"}, status=422)
    assert 'href="#field-address-1"' in wrong
    assert "Dit is geen e-mailadres." in wrong
    fenna.post(
        "/beheer/mails/1/opnieuw", {"address-1": "parkeren@caf\u00e9.example\u200b", "reason-1": "De afdeling mailde."}
    )
    assert "De mail is afgehandeld" in fenna.post("/beheer/mails/2/afgehandeld")
    drain(services)
    with services.sessions() as session:
        found = session.execute(select(MailRow.recipient, MailRow.sent_at.is_not(None)).order_by(MailRow.id)).all()
    assert [tuple(row) for row in found] == [("parkeren@café.example", True), ("weg@stad.example", False)]
    assert "geweigerd" not in fenna.get("/beheer")


def test_a_late_timer_is_shown_and_goes_off_after_the_retry(fenna: Browser, services: Services) -> None:
    number = register_bezwaar(services)
    with services.sessions.begin() as session:
        session.execute(update(Instance).values(next_due=NOW - timedelta(hours=3)))
    page = fenna.get("/beheer")
    assert "Timers die te laat zijn" in page
    assert number in page
    page = fenna.post(f"/beheer/zaken/{number}/timers")
    assert "zijn afgegaan" in page
    assert "Timers die te laat zijn" not in page
    with services.sessions() as session:
        assert session.scalars(select(AuditRow.actor).where(AuditRow.action == "timers")).all()
    assert "zijn intussen afgegaan" in fenna.post(f"/beheer/zaken/{number}/timers", status=409)


def test_a_department_is_added_and_changed(fenna: Browser, services: Services) -> None:
    typed = {"code": "wonen", "name": "Wonen", "email": "wonen@stad.example", "manager_email": "hoofd@stad.example"}
    assert "De gegevens van Wonen zijn opgeslagen" in fenna.post("/beheer/afdelingen/nieuw", typed)
    fenna.post("/beheer/afdelingen/wonen", {**typed, "code": "anders", "name": "Wonen en Bouwen"})
    with services.sessions() as session:
        found = {row.code: row.name for row in session.scalars(select(DepartmentRow))}
    assert found == {"parkeren": "Parkeren", "wonen": "Wonen en Bouwen"}


@pytest.mark.parametrize(("field", "value"), [
    ("code", "Wonen Zuid"), ("code", "parkeren"), ("code", ""), ("name", ""), ("name", "x" * 201),
    ("email", "geen adres"), ("manager_email", ""), ("email", "a@b.nl\r\nBcc: c@d.nl"),
])  # fmt: skip
def test_a_wrong_department_is_said_at_the_field_with_what_was_typed(fenna: Browser, field: str, value: str) -> None:
    typed = {"code": "wonen", "name": "Wonen", "email": "wonen@stad.example", "manager_email": "hoofd@stad.example"}
    page = fenna.post("/beheer/afdelingen/nieuw", {**typed, field: value}, status=422)
    assert f'href="#field-{field}"' in page
    assert "hoofd@stad.example" in page or field == "manager_email"


def test_the_law_is_shown_with_article_source_and_date(fenna: Browser) -> None:
    page = fenna.get("/beheer/wettelijke-termijnen")
    for words in ("Awb 7:10, lid 1", "12 weken", "wetten.overheid.nl (BWBR0005537)", "22 november 2026", "awb-7-10"):
        assert words in page


def test_the_control_says_that_all_is_well_or_what_is_not(fenna: Browser, services: Services) -> None:
    assert "Alles klopt" in fenna.get("/beheer/controle")
    register_bezwaar(services)
    with services.sessions.begin() as session:
        session.execute(update(Case).values(alarm="De zaak staat stil."))
    page = fenna.get("/beheer/controle")
    assert "1 probleem gevonden" in page
    assert "Wat kunt u doen?" in page


@pytest.fixture
def listed(services: Services) -> int:
    """A closed case on the destruction list."""
    number = register_bezwaar(services)
    with services.sessions.begin() as session:
        case = session.scalars(select(Case)).one()
        case.state, case.closed_at = "closed", NOW - timedelta(days=3000)
        case.result, case.retention_class, case.destroy_from = "gegrond", "13.1", TODAY - timedelta(days=1)
        session.execute(update(Instance).values(phase="finished", next_due=None))
        row = DestructionRow(case_id=case.id, case_number=number, case_type="bezwaar", result="gegrond",
                             retention_class="13.1", due_on=case.destroy_from, listed_at=NOW)  # fmt: skip
        session.add(row)
    return row.id


def test_o37_one_proposes_and_another_destroys_after_a_confirm_page_with_proof(
    browser: Callable[[str], Browser], services: Services, listed: int
) -> None:
    arie, bo = browser("arie"), browser("bo")
    assert "Gekozen zaken voorstellen" in bo.get("/beheer/vernietiging")
    assert "Gekozen zaken vernietigen" not in bo.html
    bo.post("/beheer/vernietiging/voorstellen", status=422)
    assert "De vernietiging is voorgesteld" in bo.post("/beheer/vernietiging/voorstellen", {"ids": str(listed)})
    assert "eigen voorstel" in bo.html
    bo.post("/beheer/vernietiging/controleren", {"ids": str(listed)}, status=422)
    bo.post("/beheer/vernietiging/goedkeuren", {"ids": str(listed)}, status=403)
    assert "Gekozen zaken vernietigen" in arie.get("/beheer/vernietiging")
    assert "wacht op een tweede persoon" in arie.html
    arie.post("/beheer/vernietiging/controleren", status=422)
    assert "Wilt u deze zaak vernietigen?" in arie.post("/beheer/vernietiging/controleren", {"ids": str(listed)})
    assert "De vernietiging is goedgekeurd" in arie.post(arie.forms()[0], {"ids": str(listed)})
    drain(services)
    assert "Voorgesteld door: Bo Bewaarder" in arie.get(f"/beheer/vernietiging/verklaringen/{listed}")
    proof = arie.client.get(f"/beheer/vernietiging/verklaringen/{listed}/pdf")
    assert proof.headers["content-type"] == "application/pdf"
    assert proof.content.startswith(b"%PDF")
    with services.sessions() as session:
        assert session.scalars(select(Case)).all() == []


def test_o37_an_exception_needs_a_reason_and_can_be_taken_back(
    browser: Callable[[str], Browser], fenna: Browser, listed: int
) -> None:
    assert "Gekozen zaken voorstellen" in fenna.get("/beheer/vernietiging")
    fenna.post("/beheer/vernietiging/voorstellen", {"ids": str(listed)})
    assert "Alleen een archivaris" in fenna.html
    fenna.post(f"/beheer/vernietiging/{listed}/uitzonderen", {"reason": " "}, status=422)
    page = fenna.post(
        f"/beheer/vernietiging/{listed}/uitzonderen",
        {"reason": "Er loopt nog hoger beroep.", "until": "2090-01-01", "reviewer": "fenna"},
    )
    assert "Er loopt nog hoger beroep." in page
    arie = browser("arie")
    assert "Gekozen" in arie.get("/beheer/vernietiging")
    arie.post("/beheer/vernietiging/controleren", {"ids": str(listed)}, status=422)
    assert "staat weer op de lijst" in fenna.post(f"/beheer/vernietiging/{listed}/terug")


def test_a_double_press_changes_once(fenna: Browser, services: Services) -> None:
    typed = {"code": "wonen", "name": "Wonen", "email": "w@stad.example", "manager_email": "h@stad.example"}
    for _press in range(2):
        fenna.post("/beheer/afdelingen/nieuw", {**typed, "form_key": "dezelfde-sleutel"})
    with services.sessions() as session:
        assert len(session.scalars(select(DepartmentRow)).all()) == 2
