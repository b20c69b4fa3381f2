"""The form of a task: filled in, refused, judged, explained to the citizen, and done by somebody else meanwhile."""

import pytest
from kit.browser import ORIGIN, Browser
from kit.cases import INTAKE, days_later, do, handed_in, open_task, register_bezwaar, rows
from kit.documents import PDF, stored
from kit.people import NOOR, PIET, SEM, known
from workbench_kit import deliver

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.tasks import CompleteTask, TakeTask
from processes.base.errors import AlreadyDone
from processes.storage.tables import AuditRow, Case, CaseValue, Decision, DocumentRow, NewsRow, Party, TaskRow

FILLED = {"in_time": "ja", "interested": "ja", "objectable": "ja", "right_body": "ja", "complete": "ja",
          "route": "ambtelijk", "department": "parkeren"}  # fmt: skip


@pytest.fixture
def number(services) -> str:
    return register_bezwaar(services)


def value(services, code: str):
    return next((row.value for row in rows(services, CaseValue) if row.code == code), None)


def judged(services) -> None:
    """The delivery of the department is accepted, and the hearing held: the decision can be drafted."""
    do(services, "CallObjector", call_outcome="doorgaan")
    deliver(services, "besluit.pdf")
    offered = {row.id: Judgement(accepted=True) for row in handed_in(services) if row.state == "offered"}
    act(services, NOOR, CompleteTask(open_task(services, "JudgeDelivery"), judgements=offered))


def to_draft(services) -> None:
    do(services, "Intake", **{**INTAKE, "no_hearing_reason": "kennelijk"}, route="zonder_horen")
    judged(services)


def test_b5_a_task_is_done_through_the_form_of_the_drawing(services, noor: Browser, number):
    task = open_task(services, "Intake")
    page = noor.get(f"/werk/taken/{task}")
    assert "Is het bezwaar op tijd ingediend?" in page
    assert "Niet eerlijk" in page  # what the objector wrote stands beside the form
    page = noor.post(f"/werk/taken/{task}", FILLED)
    assert "De taak is gedaan." in page
    assert value(services, "route") == "ambtelijk"
    known = noor.get(f"/werk/taken/{open_task(services, 'CallObjector')}").partition("Wat al is ingevuld")[2]
    assert "Een medewerker hoort" in known
    assert "Parkeren" in known
    assert "parkeren" not in known


def test_a_mistake_keeps_everything_typed(services, noor: Browser, number):
    task = open_task(services, "Intake")
    noor.get(f"/werk/taken/{task}")
    page = noor.post(f"/werk/taken/{task}", {"missing_items": "Mijn lange tekst"}, status=422)
    assert 'href="#field-in_time"' in page
    assert "Mijn lange tekst" in page
    assert open_task(services, "Intake") == task


def test_a_colleague_was_first_and_nothing_typed_is_lost(services, noor: Browser, number):
    task = open_task(services, "Intake")
    noor.get(f"/werk/taken/{task}")
    do(services, "Intake", SEM, **INTAKE, route="commissie")
    page = noor.post(f"/werk/taken/{task}", {**FILLED, "missing_items": "Mijn lange tekst"}, status=409)
    assert "is al gedaan" in page
    assert "Sem Beslisser deed deze taak op" in page
    assert "Wat u had ingevuld" in page
    assert "Mijn lange tekst" in page
    assert "Ja, op tijd" in page
    assert "Een medewerker hoort" in page
    assert "ambtelijk" not in page
    assert value(services, "route") == "commissie"
    assert "Deze taak is al gedaan" in noor.get(f"/werk/taken/{task}")
    assert "Sem" in noor.get(f"/werk/taken/{task}")


def test_a_task_is_taken_and_given_back(services, noor: Browser, number):
    task = open_task(services, "Intake")
    noor.get(f"/werk/taken/{task}")
    page = noor.post(f"/werk/taken/{task}/oppakken")
    assert "U heeft de taak opgepakt." in page
    assert [row.assignee for row in rows(services, TaskRow)] == ["noor"]
    assert rows(services, Case)[0].handler == "noor"
    assert "U heeft de taak teruggelegd." in noor.post(f"/werk/taken/{task}/oppakken", {"terug": "ja"})
    assert [row.assignee for row in rows(services, TaskRow)] == [None]


@pytest.fixture
def delivered(services, number):
    do(services, "Intake", **INTAKE, route="ambtelijk")
    deliver(services, "goed.pdf", "onleesbaar.pdf", remark="Meer is er niet")
    return [row.id for row in sorted(handed_in(services), key=lambda row: row.title)]


def test_o21_o22_a_delivery_is_inspected_and_only_what_is_accepted_enters_the_dossier(
    services, noor: Browser, delivered
):
    good, bad = delivered
    task = open_task(services, "JudgeDelivery")
    page = noor.get(f"/werk/taken/{task}")
    assert f'href="/werk/documenten/{good}"' in page
    assert "Meer is er niet" in page
    assert noor.client.get(f"/werk/documenten/{bad}/bestand").content == PDF
    answers = {f"judgement-{good}": "accepted", f"portal-{good}": "ja", f"judgement-{bad}": "refused"}
    page = noor.post(f"/werk/taken/{task}", answers, status=422)
    assert f'href="#field-judgement-{bad}"' in page
    noor.post(f"/werk/taken/{task}", {**answers, f"reason-{bad}": "Niet te lezen"})
    found = {row.id: (row.state, row.on_portal, row.refusal) for row in handed_in(services)}
    assert found == {good: ("accepted", True, None), bad: ("refused", False, "Niet te lezen")}


def test_o22_a_delivery_that_nobody_judged_enters_nothing(services, noor: Browser, delivered):
    task = open_task(services, "JudgeDelivery")
    noor.get(f"/werk/taken/{task}")
    page = noor.post(f"/werk/taken/{task}", status=422)
    assert all(f'href="#field-judgement-{document}"' in page for document in delivered)
    assert {row.state for row in handed_in(services)} == {"offered"}


def test_d65_w4_who_decides_reads_what_the_citizen_reads_and_who_gets_it_back_what_was_said(
    services, noor: Browser, browser, number
):
    to_draft(services)
    draft = CompleteTask(
        open_task(services, "DraftDecision"),
        documents=(NewDocument(stored(services, "beslissing.pdf"), "outcome"),),
        explanation="U krijgt gelijk.",
        outcomes={rows(services, Decision)[0].id: "gegrond"},
    )
    act(services, NOOR, draft)
    sem = browser(SEM)
    page = sem.get(f"/werk/taken/{open_task(services, 'DecisionTaken')}")
    assert "U krijgt gelijk." in page.partition("Wat de indiener leest")[2][:300]
    listed = page.partition("Documenten in het dossier")[2]
    assert listed.index("beslissing.pdf") < listed.index("Bezwaarschrift")  # what is decided upon stands first
    assert "Deze taak komt terug" not in page
    do(services, "DecisionTaken", SEM, approved="terug", approval_note="Schrijf het korter.")
    news = noor.get("/werk/nieuws")
    assert "Sem Beslisser besliste in een zaak van u" in news
    assert "terug naar de behandelaar" in news
    assert "Schrijf het korter." in news
    page = noor.get(f"/werk/taken/{open_task(services, 'DraftDecision')}")
    said = page.partition("Deze taak komt terug")[2].partition("Wat wordt de beslissing?")[0]
    for words in ("Sem", "Neem de beslissing", "Schrijf het korter."):
        assert words in said
    assert "Wat de indiener leest" not in page  # the form asks it


def test_w10_a_decision_that_was_sent_back_keeps_its_file_or_gets_a_new_version_of_it(services, noor: Browser, number):
    to_draft(services)
    (decision,) = rows(services, Decision)
    answers = {f"outcome-{decision.id}": "gegrond", "instead": "De vergunning.", "explanation": "U krijgt gelijk."}

    def draft(*names: str) -> None:
        task = open_task(services, "DraftDecision")
        noor.get(f"/werk/taken/{task}")
        noor.post(f"/werk/taken/{task}", answers, {"outcome": (names[0], PDF, "application/pdf")} if names else {})

    def sent_back() -> str:
        days_later(services, 1)
        do(services, "DecisionTaken", SEM, approved="terug", approval_note="Een komma te veel.")
        days_later(services, 1)
        return noor.get(f"/werk/taken/{open_task(services, 'DraftDecision')}")

    def filed() -> list[tuple[str, str, int | None]]:
        found = sorted((row for row in rows(services, DocumentRow, type="outcome")), key=lambda row: row.version or 1)
        return [(row.title, row.state, row.version) for row in found]

    draft("beslissing.pdf")
    page = sent_back()
    field = page.partition("In het dossier staat al: ")[2].partition("</form>")[0]
    assert "<strong>beslissing.pdf</strong>" in field
    assert "Vervang: Beslissing op bezwaar" in field
    draft()
    assert filed() == [("beslissing.pdf", "accepted", None)]
    assert "<strong>beslissing.pdf</strong>" in sent_back()
    draft("zonder komma.pdf")
    assert filed() == [("beslissing.pdf", "replaced", None), ("zonder komma.pdf", "accepted", 2)]
    assert "<strong>zonder komma.pdf</strong>" in sent_back()
    draft("zonder komma.pdf")
    assert filed()[1:] == [("zonder komma.pdf", "replaced", 2), ("zonder komma.pdf", "accepted", 3)]
    first, *later = sorted(rows(services, DocumentRow, type="outcome"), key=lambda row: row.version or 1)
    assert {row.version_of for row in later} == {first.id}
    do(services, "DecisionTaken", SEM, approved="ja", taken_by="mandaat")
    assert rows(services, Case)[0].result == "gegrond"


def test_w11_a_task_to_call_somebody_shows_the_number(services, noor: Browser, number):
    do(services, "Intake", **INTAKE, route="ambtelijk")
    task = open_task(services, "CallObjector")
    assert "Er is geen telefoonnummer bekend." in noor.get(f"/werk/taken/{task}")
    with services.sessions.begin() as session:
        session.query(Party).filter_by(filing=True).one().phone = "06 00000001"
    page = noor.get(f"/werk/taken/{task}")
    assert 'href="tel:0600000001"' in page.partition("Wanneer sprak u")[0]
    assert "Er is geen telefoonnummer bekend." not in page


def test_d65_staff_see_that_the_citizen_reads_the_explanation(services, noor: Browser, number):
    to_draft(services)
    task = open_task(services, "DraftDecision")
    assert "De burger leest deze tekst" in noor.get(f"/werk/taken/{task}")
    (decision,) = rows(services, Decision)
    answers = {f"outcome-{decision.id}": "gegrond", "instead": "De vergunning.", "explanation": "U krijgt gelijk."}
    file = {"outcome": ("beslissing.pdf", PDF, "application/pdf")}
    assert "Kies een bestand bij" in noor.post(f"/werk/taken/{task}", answers, status=422)
    noor.post(f"/werk/taken/{task}", answers, file)
    assert rows(services, Case)[0].result_explanation == "U krijgt gelijk."
    assert [row.title for row in handed_in(services) if row.type == "outcome"] == ["beslissing.pdf"]


def test_who_drafted_may_not_decide_and_keeps_what_was_typed(services, noor: Browser, browser, number):
    to_draft(services)
    upload = NewDocument(stored(services, "beslissing.pdf"), "outcome")
    act(
        services,
        NOOR,
        CompleteTask(open_task(services, "DraftDecision"), {"dictum": "gegrond"}, (upload,), explanation="x"),
    )
    task = open_task(services, "DecisionTaken")
    noor.get(f"/werk/taken/{task}")
    page = noor.post(f"/werk/taken/{task}", {"approved": "ja", "approval_note": "Prima zo"}, status=403)
    assert "mandaat" in page
    assert "Prima zo" in page
    sem = browser(SEM)
    sem.get(f"/werk/taken/{task}")
    sem.post(f"/werk/taken/{task}", {"approved": "ja"})
    assert rows(services, Case)[0].result == "gegrond"


def test_d66_a_worker_fills_in_what_a_citizen_wrote_on_paper(services, noor: Browser, number):
    do(services, "Intake", **{**INTAKE, "complete": False, "missing_items": "uw redenen"}, route="ambtelijk")
    task = open_task(services, "RepairByCitizen")
    assert "Antwoord op papier invullen" in noor.get(f"/werk/zaken/{number}")
    assert "Deze taak is van Tess Testeling" in noor.get(f"/werk/taken/{task}")
    noor.post(f"/werk/taken/{task}", {"repair_text": "Zoals per brief"})
    assert value(services, "repair_text") == "Zoals per brief"


def test_c19_a_refused_task_keeps_the_files_that_came_along(services, noor: Browser, number):
    to_draft(services)
    before = len(list(services.files.all_blobs()))
    task = open_task(services, "DraftDecision")
    noor.get(f"/werk/taken/{task}")
    page = noor.post(f"/werk/taken/{task}", {"dictum": ""}, {"outcome": ("b.pdf", PDF, "application/pdf")}, 422)
    assert "Deze bestanden had u al gekozen" in page
    assert len(list(services.files.all_blobs())) == before + 1


def test_a_file_that_is_not_what_it_says_costs_nothing_that_was_typed(services, noor: Browser, number):
    to_draft(services)
    task = open_task(services, "DraftDecision")
    noor.get(f"/werk/taken/{task}")
    wrong = {"outcome": ("b.pdf", b"MZ\x90\x00 geen pdf", "application/pdf")}
    page = noor.post(f"/werk/taken/{task}", {"dictum": "gegrond", "explanation": "Mijn uitleg"}, wrong, 422)
    assert 'href="#field-outcome"' in page
    assert "Mijn uitleg" in page


def test_w13_a_task_that_is_given_back_is_called_so_and_the_same_press_again_says_the_same(services, noor) -> None:
    number = register_bezwaar(services)
    task = open_task(services, "Intake")
    noor.get(f"/werk/taken/{task}")
    assert 'name="terug"' not in noor.html
    taken = {"csrf": noor.csrf, "form_key": "same-key"}
    for _ in range(2):  # a double click
        answer = noor.client.post(f"/werk/taken/{task}/oppakken", data=taken, headers=ORIGIN, follow_redirects=False)
        assert answer.headers["location"].endswith("gedaan=opgepakt")
        assert [row.assignee for row in rows(services, TaskRow, id=task)] == ["noor"]
    noor.get(f"/werk/taken/{task}")
    assert 'name="terug"' in noor.html
    noor.post(f"/werk/taken/{task}/oppakken", {"terug": "ja"})
    assert [row.assignee for row in rows(services, TaskRow, id=task)] == [None]
    page = noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert "Taak opgepakt" in page
    assert "Taak teruggelegd" in page


def test_w13_a_task_is_not_taken_from_a_colleague_unawares(services) -> None:
    """On a page of before it is said who has it; who takes it over knowingly may, and the colleague hears of it."""
    register_bezwaar(services)
    known(services, PIET)
    task = open_task(services, "Intake")
    act(services, NOOR, TakeTask(task))
    for late in (TakeTask(task), TakeTask(task, over_from="sem"), TakeTask(task, back=True)):
        with pytest.raises(AlreadyDone, match="Noor Behandelaar heeft deze taak nu"):
            act(services, PIET, late)
    act(services, PIET, TakeTask(task, over_from="noor"))
    assert [row.assignee for row in rows(services, TaskRow, id=task)] == ["piet"]
    assert [(row.staff, row.kind) for row in rows(services, NewsRow)] == [("noor", "task")]
    act(services, PIET, TakeTask(task))
    assert len([row for row in rows(services, AuditRow) if row.action == "take"]) == 2
