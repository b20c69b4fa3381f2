"""Who sees what of a Woo request: who asked, each third party, and a stranger; on the page, in the list and as a file."""

import html
from collections.abc import Callable

import pytest
from kit.browser import Browser
from kit.cases import rows
from kit.people import YASMINA, citizen
from woo_kit import BOUW, FACES, LOTTE, PARTLY, SECRET, STRANGER, WHOLE, Request, furnish

from processes.actions import act
from processes.actions.documents import GiveToParty, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.tasks import CompleteTask
from processes.base.errors import Invalid, NotFound, NotNow
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, MailRow, NoticeRow, TaskRow


def titles(request: Request, party) -> set[str]:
    """What the page of the case offers, letters apart: and each of these really comes as a file, the others do not."""
    browser = Browser(request.services, party)
    page = browser.get(f"/mijn/zaken/{request.number}")
    seen = set()
    for row in request.handed_in():
        if row.type == "correspondence":
            continue
        shown = row.id in page
        assert browser.status(f"/mijn/documenten/{row.id}") == (200 if shown else 404), row.title
        seen |= {row.title} if shown else set()
    return seen


def asked_for_views(services: Services) -> None:
    """A request that came as far as the views of both third parties."""
    furnish(services)
    Request.made(services).found(PARTLY, SECRET, WHOLE).listed(third_party=True).viewing()


@pytest.fixture
def viewing(installed: Callable[..., Services]) -> Request:
    services = installed(asked_for_views, faces=FACES)
    (case,) = rows(services, Case)
    return Request(services, case.number)


def views_come_in(request: Request) -> None:
    for party in (BOUW, YASMINA):
        task = next(
            row for row in request.rows(TaskRow) if row.party_id == request.party(party) and row.state == "open"
        )
        said = {"view_choice": "bezwaar", "view": f"Het bod van {party.name} is geheim."}
        file = NewDocument(_file(request, party), "view", f"Zienswijze {party.name}")
        act(request.services, citizen(request.services, party), CompleteTask(task.id, said, (file,)))


def _file(request: Request, party):
    from woo_kit import stored

    return stored(request.services, f"zienswijze-{party.name[:5]}.pdf")


def test_a_third_party_sees_only_the_own_passages(viewing):
    assert titles(viewing, LOTTE) == set()
    assert titles(viewing, BOUW) == {"Passages Bouw"}
    assert titles(viewing, YASMINA) == {"Passages Yasmina"}
    Browser(viewing.services, STRANGER).get(f"/mijn/zaken/{viewing.number}", 404)


def test_a_task_for_one_third_party_is_not_that_of_another(viewing):
    services = viewing.services
    mine = next(row for row in viewing.rows(TaskRow) if row.party_id == viewing.party(BOUW))
    assert "Geef uw zienswijze" in Browser(services, BOUW).get(f"/mijn/taken/{mine.id}")
    for other in (YASMINA, LOTTE, STRANGER):
        assert Browser(services, other).status(f"/mijn/taken/{mine.id}") == 404
        with pytest.raises(NotFound):
            act(services, citizen(services, other), CompleteTask(mine.id, {"view_choice": "geen_bezwaar"}))
    assert mine.due == next(row.due for row in viewing.rows(DeadlineRow) if row.code == "view")
    assert "geef uw zienswijze" not in Browser(services, LOTTE).get("/mijn")
    assert "geef uw zienswijze" in Browser(services, BOUW).get("/mijn")


def test_no_view_reaches_who_asked_or_another_third_party(viewing):
    views_come_in(viewing)
    assert titles(viewing, LOTTE) == set()
    assert titles(viewing, BOUW) == {"Passages Bouw", "Zienswijze Verzonnen Bouw B.V."}
    assert titles(viewing, YASMINA) == {"Passages Yasmina", "Zienswijze Yasmina el Voorbeeld"}
    for party, others in (
        (LOTTE, ("Bouw", "Yasmina", "geheim")),
        (BOUW, ("Yasmina", "Lotte")),
        (YASMINA, ("Bouw", "Lotte")),
    ):
        page = html.unescape(Browser(viewing.services, party).get(f"/mijn/zaken/{viewing.number}"))
        assert [word for word in others if word in page] == []


def test_who_asked_stays_unknown_to_third_parties_and_departments(viewing):
    views_come_in(viewing)
    viewing.do("WeighViews", assessments=viewing.assessed(), views_weighed="Gewogen.")
    viewing.redacted().decided(objection=True)
    drain(viewing.services)
    third = {viewing.party(BOUW), viewing.party(YASMINA)}
    letters = [row for row in viewing.rows(NoticeRow) if row.party_id in third]
    assert {row.template for row in letters} == {"zienswijze", "beslissing-derde"}
    mails = [row for row in viewing.rows(MailRow) if row.recipient != LOTTE.email]
    assert mails
    assert not [row for row in (*letters, *mails) if "Lotte" in row.subject + row.body]
    page = Browser(viewing.services, None).get(f"/verzoek/{viewing.token('vergunningen')}")
    assert "Lotte" not in page
    assert "Alles over het zwembad" in page or "Wij vragen nu niets van u" in page


def test_paper_answers_belong_to_the_party_and_to_nobody_else(viewing):
    task = next(row for row in viewing.rows(TaskRow) if row.party_id == viewing.party(BOUW))
    noor = Browser(viewing.services, _noor())
    assert "Deze taak is van Verzonnen Bouw B.V." in noor.get(f"/werk/taken/{task.id}")
    files = [("view_files", ("brief.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf"))]
    noor.post(f"/werk/taken/{task.id}", {"view_choice": "bezwaar", "view": "Ons bod is geheim"}, files)
    row = next(row for row in viewing.handed_in() if row.type == "view")
    assert (row.party_id, row.on_portal) == (viewing.party(BOUW), False)
    assert "Ons bod is geheim" in noor.get(f"/werk/zaken/{viewing.number}/partijen")


def _noor():
    from kit.people import NOOR

    return NOOR


def test_documents_wait_two_weeks_and_then_only_what_is_public_goes_to_who_asked(asked):
    asked.found(PARTLY, SECRET, WHOLE).listed().redacted().decided(objection=True)
    assert titles(asked, LOTTE) == {"Besluit"}
    asked.days_later(14)
    assert titles(asked, LOTTE) == {"Besluit"}
    asked.days_later(1)
    assert titles(asked, LOTTE) == {"Besluit", f"{PARTLY} (gelakt)", WHOLE, "Zonder gegevens"}
    assert asked.document(PARTLY).confidentiality == "vertrouwelijk"
    assert asked.case.state == "closed"


def test_a_released_document_is_not_for_third_parties(viewing):
    views_come_in(viewing)
    viewing.do("WeighViews", assessments=viewing.assessed(), views_weighed="Gewogen.")
    viewing.redacted().decided(objection=False)
    assert titles(viewing, LOTTE) == {"Besluit", f"{PARTLY} (gelakt)", WHOLE, "Zonder gegevens"}
    assert titles(viewing, BOUW) == {"Passages Bouw", "Zienswijze Verzonnen Bouw B.V.", "Zonder gegevens"}
    assert titles(viewing, YASMINA) == {"Passages Yasmina", "Zienswijze Yasmina el Voorbeeld", "Zonder gegevens"}


def test_what_is_secret_cannot_be_shown_by_hand(asked):
    asked.found(PARTLY, SECRET, WHOLE).listed()
    services = asked.services
    for title in (PARTLY, SECRET):
        document = asked.document(title).id
        with pytest.raises(NotNow):
            act(services, _noor(), ShowOnPortal(document, shown=True))
        with pytest.raises(NotNow):
            act(services, _noor(), GiveToParty(document, asked.party(LOTTE)))


def test_a_document_goes_to_one_party_of_the_own_case(viewing):
    services, document = viewing.services, viewing.document("Passages Bouw").id
    other = Request.made(services, STRANGER)
    for party in (other.party(STRANGER), 0, 10**15):
        with pytest.raises(Invalid):
            act(services, _noor(), GiveToParty(document, party))
    with pytest.raises(NotNow):
        act(services, _noor(), GiveToParty(document, viewing.party(YASMINA)))
    noor = Browser(services, _noor())
    page = noor.get(f"/werk/zaken/{viewing.number}/documenten")
    assert "Alleen voor Verzonnen Bouw B.V." in page


def test_the_page_gives_a_document_to_one_party(asked):
    noor, address = Browser(asked.services, _noor()), f"/werk/zaken/{asked.number}/documenten"
    noor.get(address)
    files = [("files", ("brief.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf"))]
    noor.post(address, {"type": "passages", "title": "Passage"}, files)
    document = asked.document("Passage").id
    wrong = noor.post(f"{address}/{document}/betrokkene", {f"party-{document}": "x"}, status=422)
    assert "Kies een betrokkene uit de lijst." in wrong
    done = noor.post(f"{address}/{document}/betrokkene", {f"party-{document}": str(asked.party(LOTTE))})
    assert "De betrokkene kan het document nu lezen" in done
    assert titles(asked, LOTTE) == {"Passage"}
