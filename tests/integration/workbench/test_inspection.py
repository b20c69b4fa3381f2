"""The whole file lies open to every party before the hearing (Awb 7:4): the objection too; what stays inside is named with its reason."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, days_later, do, open_task, prepare_file, register_bezwaar, rows, today
from kit.documents import stored
from kit.people import NOOR, PIET, TESS, YASMINA, citizen, known
from workbench_kit import deliver

from processes.actions import act
from processes.actions.documents import AddDocuments, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.tasks import CompleteTask, TakeTask
from processes.base.errors import Invalid
from processes.reads.citizen import read_case
from processes.storage.tables import Case, DocumentRow, NoticeRow, TaskRow

WHY = "Er staat iets in over de gezondheid van een ander."


def accept(services, element: str = "JudgeDelivery") -> None:
    offered = {row.id: Judgement(accepted=True) for row in rows(services, DocumentRow) if row.state == "offered"}
    act(services, NOOR, CompleteTask(open_task(services, element), judgements=offered))


def papers(services, reader, number: str) -> set[str]:
    return {line.title for line in read_case(services, citizen(services, reader), number).documents}


@pytest.fixture
def number(services) -> str:
    """Planned three weeks ahead, with a third party, a decision, a paper, a confidential one, and what the objector sent."""
    number = register_bezwaar(
        services,
        TESS,
        YASMINA,
        documents=(NewDocument(stored(services, "bezwaar.pdf"), "submission", "Bezwaarschrift"),),
    )
    do(services, "Intake", **INTAKE, objectable=True, third_parties=True, route="ambtelijk")
    do(services, "CallObjector", call_outcome="doorgaan")
    deliver(services, "besluit.pdf")
    accept(services)
    secret = NewDocument(stored(services, "advies.pdf"), "withheld", "Medisch advies")
    act(services, NOOR, AddDocuments(number, (secret,)))
    do(services, "DecideHearing", hearing_choice="horen", hearing_public=False)
    plan(services, 21)
    return number


def plan(services, days: int) -> None:
    on = today(services) + timedelta(days)
    do(services, "PlanHearing", hearing_on=f"{on}T08:00:00+02:00", hearing_place="stadhuis", chair="Noor")


def test_j10_every_party_reads_the_objection_and_all_papers_from_ten_days_before(services, number) -> None:
    prepare_file(services, {"Medisch advies": WHY})
    assert papers(services, YASMINA, number) == set()
    days_later(services, 11)
    for reader in (TESS, YASMINA):
        assert papers(services, reader, number) >= {"Bezwaarschrift", "besluit.pdf"}
        assert "Medisch advies" not in papers(services, reader, number)
        inspection = read_case(services, citizen(services, reader), number).inspection
        assert inspection is not None
        assert inspection.since == today(services)
        assert [(one.kind, one.why) for one in inspection.withheld] == [("Stuk met beperkte kennisneming", WHY)]


HOW_TO_JOIN = "U krijgt een e-mail met de link."


@pytest.mark.parametrize(("place", "how", "said"), [("online", HOW_TO_JOIN, True), ("stadhuis", None, False)])
def test_j10_the_invitation_to_an_online_hearing_says_how_to_join(services, place, how, said) -> None:
    register_bezwaar(services, TESS)
    do(services, "Intake", **INTAKE, objectable=True, route="ambtelijk")
    do(services, "CallObjector", call_outcome="doorgaan")
    deliver(services, "besluit.pdf")
    accept(services)
    do(services, "DecideHearing", hearing_choice="horen", hearing_public=False)
    on = f"{today(services) + timedelta(21)}T08:00:00+02:00"
    do(services, "PlanHearing", hearing_on=on, hearing_place=place, hearing_online=how, chair="Noor")
    (letter,) = rows(services, NoticeRow, template="uitnodiging")
    assert (f"Zo doet u online mee: {HOW_TO_JOIN}" in letter.body) == said


def test_j3_a_new_decision_that_a_letter_points_to_goes_along_by_post_and_is_kept_as_pdf(services) -> None:
    """Awb 6:19: the old decision does not go along; the new one is of a type that is kept as PDF (J13)."""
    by_post = replace(TESS, channel="post", address="Laan 1\n1234 AB Voorbeeldstad")
    register_bezwaar(services, by_post)
    do(services, "Intake", **INTAKE, objectable=True, route="ambtelijk")
    deliver(services, "besluit.pdf")
    do(services, "CallObjector", call_outcome="oplossing")
    new = NewDocument(stored(services, "nieuw.pdf"), "new_decision", "Nieuw besluit", field="new_decision")
    said = {"solution": "nieuw_besluit", "new_decision_on": today(services), "solution_text": "Toch een vergunning."}
    do(services, "RecordSolution", documents=(new,), **said)
    (letter,) = rows(services, NoticeRow, template="oplossing")
    assert [one["title"] for one in letter.enclosures] == ["Nieuw besluit"]
    assert not letter.held
    word = NewDocument(stored(services, "nieuw.docx"), "new_decision", "Nieuw besluit")
    with pytest.raises(Invalid, match="moet een PDF zijn"):
        act(services, NOOR, AddDocuments(rows(services, Case)[0].number, (word,)))


def test_j10_nothing_opens_while_nobody_looked_at_the_papers(services, number) -> None:
    days_later(services, 12)
    assert papers(services, YASMINA, number) == set()
    assert read_case(services, citizen(services, TESS), number).inspection is None
    assert [row.element for row in rows(services, TaskRow) if row.state == "open"] == ["PrepareFile"]


def test_j10_a_confidential_paper_needs_a_choice_and_a_reason(services, noor: Browser, number) -> None:
    task = open_task(services, "PrepareFile")
    page = noor.get(f"/werk/taken/{task}")
    assert page.count("Ligt dit stuk ter inzage?") == 4  # a file, its words, decision and advice
    assert "Dit stuk is vertrouwelijk." in page
    chosen = {f"open-{row.id}": "ja" for row in rows(services, DocumentRow) if row.type in {"submission", "underlying"}}
    page = noor.post(f"/werk/taken/{task}", chosen, status=422)
    assert "Kies of 'Medisch advies' ter inzage ligt." in unescape(page)
    secret = next(row.id for row in rows(services, DocumentRow) if row.type == "withheld")
    page = noor.post(f"/werk/taken/{task}", {**chosen, f"open-{secret}": "nee"}, status=422)
    assert "Schrijf waarom 'Medisch advies' niet ter inzage ligt." in unescape(page)
    noor.post(f"/werk/taken/{task}", {**chosen, f"open-{secret}": "nee", f"why-{secret}": WHY})
    assert next(row.inspection for row in rows(services, DocumentRow) if row.id == secret) == {
        "open": False,
        "why": WHY,
    }


def test_j10_a_confidential_paper_that_is_opened_is_read_by_all(services, number) -> None:
    prepare_file(services)
    days_later(services, 11)
    assert "Medisch advies" in papers(services, YASMINA, number)


def test_j10_what_a_department_sends_later_joins_the_papers(services, number) -> None:
    prepare_file(services)
    days_later(services, 11)
    deliver(services, "kaart.pdf")
    assert "kaart.pdf" not in papers(services, YASMINA, number)
    accept(services, "JudgeSupplement")
    assert "kaart.pdf" in papers(services, YASMINA, number)


def test_j10_a_hearing_too_near_for_a_week_of_inspection_asks_why(services, number) -> None:
    prepare_file(services)
    days_later(services, 21)
    do(services, "OfficialHearing", hearing_outcome="verplaatst")
    plan(services, 16)
    assert [row.element for row in rows(services, TaskRow) if row.state == "open"] == ["ShortNotice"]
    do(services, "ShortNotice", short_notice="andere_datum")
    plan(services, 17)
    assert "ShortNotice" not in [row.element for row in rows(services, TaskRow) if row.state == "open"]


def test_j10_a_paper_that_was_on_the_portal_before_it_is_kept_back_is_shown_no_more(services, number) -> None:
    (paper,) = [row for row in rows(services, DocumentRow) if row.type == "underlying"]
    act(services, NOOR, ShowOnPortal(paper.id, shown=True))
    assert paper.title in papers(services, YASMINA, number)
    prepare_file(services, {paper.title: WHY})
    days_later(services, 11)
    for reader in (TESS, YASMINA):
        assert paper.title not in papers(services, reader, number)
    assert "Bezwaarschrift" in papers(services, YASMINA, number)


def test_d39_a_task_lists_a_paper_above_the_clearance_without_its_words_until_it_is_taken(
    services, browser, number
) -> None:
    known(services, PIET)
    with services.sessions.begin() as session:
        session.query(DocumentRow).filter_by(title="Medisch advies").one().confidentiality = "geheim"
    task = open_task(services, "PrepareFile")
    for actor, reads in ((PIET, False), (NOOR, True)):
        page = browser(actor).get(f"/werk/taken/{task}")
        assert ("Medisch advies" in page, "Document dat u nu niet mag lezen" in page) == (reads, not reads), actor
    act(services, PIET, TakeTask(task))
    assert "Medisch advies" in browser(PIET).get(f"/werk/taken/{task}")
