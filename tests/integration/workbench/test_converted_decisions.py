"""J13: a decision that is no PDF becomes one, which the worker checks first; what was uploaded stays as an internal document."""

import re
from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, days_later, do, open_task, put_in_use, register_bezwaar, rows, shipped, today
from kit.documents import PDF
from kit.office_files import docx, png, words
from kit.people import NOOR, SEM
from test_outcome_per_decision import to_draft

from portal import converting as pages
from processes.actions import act
from processes.actions.removing import ApproveRemoval, ProposeRemoval
from processes.base.uploads import Upload
from processes.jobs.held_files_sweep import sweep_held_files
from processes.jobs.workers import drain
from processes.post.converting import NotConverted
from processes.storage.tables import Case, Decision, DocumentRow, DraftRow, NoticeRow, RemovalRow, TaskRow

WORD = docx(words("Wij verklaren uw bezwaar ongegrond."))
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHECK = "Controleer de PDF: dit is wat de ontvanger krijgt"


@pytest.fixture
def quick(services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A converter that needs no process of its own: what it makes is tested beside it."""

    def convert(_, upload: Upload) -> Upload:
        if upload.name.startswith("kapot"):
            raise NotConverted(f"'{upload.name}' is beschadigd.")
        return services.files.add(f"{upload.name.rpartition('.')[0]}.pdf", "application/pdf", [PDF])

    monkeypatch.setattr(pages, "convert", convert)


@pytest.fixture
def task(services) -> str:
    to_draft(services)
    return f"/werk/taken/{open_task(services, 'DraftDecision')}"


def answers(services) -> dict[str, str]:
    (decision,) = rows(services, Decision)
    return {f"outcome-{decision.id}": "ongegrond", "explanation": "Het besluit blijft zoals het was."}


def made(services) -> dict[str, DocumentRow]:
    """The documents of the decision by the name of their file."""
    return {row.file_name: row for row in rows(services, DocumentRow) if row.file_name.startswith("besluit.") and row.type != "underlying"}  # fmt: skip


def the_link(page: str) -> str:
    return re.search(r'href="([^"]*/pdf/[^"]+)"', page)[1]


def done(services) -> bool:
    return next(row for row in rows(services, TaskRow) if row.element == "DraftDecision").state == "done"


def test_j13_a_decision_in_word_is_shown_as_pdf_first_and_then_used(services, noor: Browser, task: str) -> None:
    page = noor.get(task)
    assert ".docx" in page
    page = noor.post(task, answers(services), {"outcome": ("besluit.docx", WORD, OFFICE)})
    assert CHECK in page
    assert "gemaakt van besluit.docx" in page
    assert not done(services)
    assert not made(services)
    assert "Het besluit blijft zoals het was." in page
    content = noor.client.get(the_link(page)).content
    assert content.startswith(b"%PDF-")
    noor.post(task, answers(services))
    assert done(services)
    decision, original = made(services)["besluit.pdf"], made(services)["besluit.docx"]
    assert (decision.type, decision.media_type, decision.size) == ("outcome", "application/pdf", len(content))
    assert (original.reference, original.audience, original.on_portal) == (f"{decision.reference}-o", "none", False)
    assert original.confidentiality == "vertrouwelijk"
    assert b"".join(services.files.read(original.blob, original.file_key)) == WORD
    assert not rows(services, DraftRow)
    noor.get(f"/werk/zaken/{noor.url.split('/')[5].split('?')[0]}/documenten")
    assert "Intern werkbestand" in noor.html


@pytest.mark.usefixtures("quick")
def test_j13_the_letter_of_the_decision_takes_the_pdf_along_and_never_the_original(
    services, noor: Browser, task: str
) -> None:
    noor.get(task)
    noor.post(task, answers(services), {"outcome": ("besluit.docx", WORD, OFFICE)})
    noor.post(task, answers(services))
    sem = Browser(services, SEM)
    sem.get(f"/werk/taken/{open_task(services, 'DecisionTaken')}")
    sem.post(f"/werk/taken/{open_task(services, 'DecisionTaken')}", {"approved": "ja"})
    letter = next(row for row in rows(services, NoticeRow) if row.template == "beslissing")
    assert [one["document"] for one in letter.enclosures] == [made(services)["besluit.pdf"].id]


@pytest.mark.usefixtures("quick")
def test_j13_what_was_made_waits_for_who_goes_away_and_is_nobody_elses(services, noor: Browser, task: str) -> None:
    noor.get(task)
    link = the_link(noor.post(task, answers(services), {"outcome": ("besluit.docx", WORD, OFFICE)}))
    sweep_held_files(services)
    assert CHECK in noor.get(task)
    assert "Het besluit blijft zoals het was." in noor.html
    assert Browser(services, SEM).status(link) == 404
    assert CHECK not in Browser(services, SEM).get(task)
    noor.post(task, answers(services))
    assert done(services)


@pytest.mark.usefixtures("quick")
def test_j13_another_file_takes_the_place_of_what_was_made(services, noor: Browser, task: str) -> None:
    noor.get(task)
    noor.post(task, answers(services), {"outcome": ("besluit.docx", WORD, OFFICE)})
    noor.post(task, answers(services), {"outcome": ("besluit.png", png(), "image/png")})
    assert "gemaakt van besluit.png" in noor.html
    assert "besluit.docx" not in noor.html
    assert CHECK not in noor.post(task, {**answers(services), "weg": "0"}, status=422)  # nothing is left to send
    noor.post(task, answers(services), {"outcome": ("besluit.pdf", PDF, "application/pdf")})
    assert done(services)
    assert set(made(services)) == {"besluit.pdf"}


@pytest.mark.usefixtures("quick")
def test_j13_a_file_that_cannot_be_converted_is_named_and_costs_nothing_that_was_typed(
    services, noor: Browser, task: str
) -> None:
    noor.get(task)
    page = noor.post(task, answers(services), {"outcome": ("kapot.docx", WORD, OFFICE)}, 422)
    assert "'kapot.docx' is beschadigd." in page
    assert "Het besluit blijft zoals het was." in page
    assert not done(services)


@pytest.mark.usefixtures("quick")
def test_j13_a_mistake_beside_it_costs_neither_the_pdf_nor_the_original(services, noor: Browser, task: str) -> None:
    noor.get(task)
    noor.post(task, {"explanation": "Tekst"}, {"outcome": ("besluit.docx", WORD, OFFICE)})
    assert CHECK in noor.post(task, {"explanation": "Tekst"}, status=422)
    noor.post(task, answers(services))
    assert set(made(services)) == {"besluit.pdf", "besluit.docx"}


@pytest.mark.usefixtures("quick")
def test_j13_a_decision_that_is_added_among_the_documents_is_checked_too(services, noor: Browser) -> None:
    number = register_bezwaar(services)
    tab = f"/werk/zaken/{number}/documenten"
    noor.get(tab)
    page = noor.post(tab, {"type": "outcome", "title": "Beslissing"}, {"files": ("besluit.png", png(), "image/png")})
    assert CHECK in page
    assert "kan de tekst niet laten voorlezen" in page
    assert not made(services)
    assert noor.status(the_link(page)) == 200
    assert CHECK in noor.get(tab)
    noor.post(tab, {"type": "outcome", "title": "Beslissing"})
    assert {row.title for row in made(services).values()} == {
        "Beslissing",
        "Beslissing (het bestand waarvan de PDF is gemaakt)",
    }
    assert CHECK not in noor.get(tab)


@pytest.mark.usefixtures("quick")
def test_j13_a_decision_in_the_wrong_case_takes_its_original_along_when_it_is_erased(services, noor: Browser) -> None:
    number = register_bezwaar(services)
    tab = f"/werk/zaken/{number}/documenten"
    noor.get(tab)
    noor.post(tab, {"type": "outcome"}, {"files": ("besluit.png", png(), "image/png")})
    noor.post(tab, {"type": "outcome"})
    act(services, NOOR, ProposeRemoval(made(services)["besluit.pdf"].id, "Van iemand anders"))
    (proposal,) = rows(services, RemovalRow)
    act(services, SEM, ApproveRemoval(proposal.document_id, str(proposal.id)))
    assert not made(services)
    assert all(not row.blob for row in rows(services, DocumentRow) if row.state == "erased")


@pytest.mark.usefixtures("quick")
def test_j13_a_decision_that_moves_to_another_case_takes_its_original_along(services, noor: Browser) -> None:
    number, other = register_bezwaar(services), register_bezwaar(services, number="PV-2")
    tab = f"/werk/zaken/{number}/documenten"
    noor.get(tab)
    noor.post(tab, {"type": "outcome"}, {"files": ("besluit.docx", WORD, OFFICE)})
    noor.post(tab, {"type": "outcome"})
    act(services, NOOR, ProposeRemoval(made(services)["besluit.pdf"].id, "Van een andere zaak", other))
    (proposal,) = rows(services, RemovalRow)
    act(services, SEM, ApproveRemoval(proposal.document_id, str(proposal.id)))
    decision, original = made(services)["besluit.pdf"], made(services)["besluit.docx"]
    (target,) = rows(services, Case, number=other)
    assert {decision.case_id, original.case_id} == {target.id}
    assert (original.reference, original.audience) == (f"{decision.reference}-o", "none")
    drain(services)  # the file of what was erased in the first case goes, that of what moved stays
    assert b"".join(services.files.read(original.blob, original.file_key)) == WORD
    assert b"".join(services.files.read(decision.blob, decision.file_key)) == PDF


def test_j13_what_is_no_document_for_the_archive_stays_as_it_is(services, noor: Browser) -> None:
    number = register_bezwaar(services)
    tab = f"/werk/zaken/{number}/documenten"
    noor.get(tab)
    page = noor.post(tab, {"type": "report"}, {"files": ("besluit.docx", WORD, OFFICE)})
    assert "De documenten zijn toegevoegd." in page
    assert set(made(services)) == {"besluit.docx"}


REGISTERED = {
    "channel": "letter", "party-0-role": "objector", "party-0-kind": "person", "party-0-name": "Tess Testeling",
    "party-0-channel": "post", "party-0-address": "Laan 1", "decision-0-subject": "Een besluit", "grounds": "Oneerlijk",
    "decision-0-announced_on": "4-3-2026", "document-0-type": "submission", "document-1-type": "outcome", "document-1-title": "De beslissing van toen",
}  # fmt: skip


@pytest.mark.usefixtures("quick")
def test_j13_a_decision_that_comes_with_a_registration_is_checked_first_too(services, noor: Browser) -> None:
    place, typed = "/werk/nieuw/bezwaar", {**REGISTERED, "received_on": today(services).isoformat()}
    noor.get(place)
    page = noor.post(place, typed, {"document-1-files": ("besluit.docx", WORD, OFFICE)})
    assert CHECK in page
    assert not rows(services, Case)
    assert noor.client.get(the_link(page)).content == PDF
    page = noor.post(place, {**typed, "add": "party"})
    assert CHECK in page  # another row does not lose it
    noor.post(place, typed)
    assert len(rows(services, Case)) == 1
    decision, original = made(services)["besluit.pdf"], made(services)["besluit.docx"]
    assert (decision.type, decision.title) == ("outcome", "De beslissing van toen")
    assert original.reference == f"{decision.reference}-o"
    assert not rows(services, DraftRow)


@pytest.mark.usefixtures("quick")
def test_j13_a_late_answer_on_paper_for_the_archive_is_checked_first_too(services, noor: Browser) -> None:
    bezwaar = shipped("bezwaar")
    kept = bezwaar.drawing.replace(
        b'seenBy="own committee" formats="pdf docx odt xlsx jpg png"',
        b'archive="true" seenBy="own committee" formats="pdf"',
    )
    assert kept != bezwaar.drawing
    put_in_use(services, replace(bezwaar, drawing=kept))
    register_bezwaar(services)
    said = {**INTAKE, "complete": False, "missing": ["redenen"], "missing_items": "Uw redenen"}
    do(services, "Intake", **{**said, "route": "ambtelijk"})
    task, asked = open_task(services, "RepairByCitizen"), today(services)
    days_later(services, 16)
    place = f"/werk/taken/{task}/alsnog"
    typed = {"repair_text": "Zie de brief", "answer-received_on": asked.isoformat(), "reason": "Lag in de post"}
    noor.get(f"/werk/taken/{task}")
    page = noor.post(place, typed, {"repair_files": ("besluit.docx", WORD, OFFICE)})
    assert CHECK in page
    assert noor.client.get(the_link(page)).content == PDF
    assert "Het antwoord is vastgelegd." in noor.post(place, typed)
    assert made(services)["besluit.docx"].reference == f"{made(services)['besluit.pdf'].reference}-o"
