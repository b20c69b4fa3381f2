"""A decision on a part of a Woo request: own letter, list, remedy and page, while the rest goes on under the same term (J11)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.people import NOOR, SEM_WHO_WORKS_TOO, YASMINA
from woo_kit import BOUW, LOTTE, PARTLY, SECRET, WHOLE, Request, stored

from processes.actions import act
from processes.actions.course import PressButton
from processes.actions.filing import NewDocument
from processes.actions.post import ConfirmPosted
from processes.base.clock import local_date
from processes.base.errors import Invalid, NotAllowed
from processes.execution.assessing import LATER, Assessment
from processes.jobs.workers import drain
from processes.reads.public import read_public_list
from processes.reads.workbench import read_overview
from processes.reads.workbench.main_case import main_case
from processes.storage.tables import DeadlineRow, DocumentRow, NoticeRow, PartDecision

THE_BID = Assessment("deels", ("5.1-1-c",))
ONLY_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


@pytest.fixture
def running(asked) -> Request:
    """A request with three documents and the views of two third parties, which waits for the worker to weigh them."""
    return asked.found(PARTLY, SECRET, WHOLE).listed(third_party=True).viewing().answered()


def take_part(
    request: Request,
    titles: dict[str, Assessment],
    about: dict[str, list[int]] | None = None,
    *,
    objection: bool = True,
) -> None:
    """A part decision about the documents with these titles; the others stay with the rest."""
    act(request.services, NOOR, PressButton(request.number, "part_decision"))
    choose_part(request, titles, about)
    if any(said.public == "deels" for said in titles.values()):
        new = NewDocument(stored(request.services, "gelakt.pdf"), "")
        request.do("RedactPart", redactions={request.document(PARTLY).id: new})
        request.do("ReadPart", SEM_WHO_WORKS_TOO, reading="ja")
    request.do(
        "DraftPart", NOOR, ("outcome", "Deelbesluit"), ("public_version", "Deel zonder gegevens"), part_title="Het bod",
        dictum="deels_openbaar", objection_expected=objection, part_explanation="U krijgt een deel van het bod.",
        view_answers={one: "Gewogen." for title in titles for one in (about or {}).get(title, ())},
    )  # fmt: skip
    request.do("TakePart", SEM_WHO_WORKS_TOO, approved="ja")


def choose_part(request: Request, titles: dict[str, Assessment], about: dict[str, list[int]] | None = None) -> None:
    asked_about = [row for row in request.handed_in() if row.type == "original" and row.part_id is None]
    said = {row.id: titles.get(row.title, Assessment(LATER)) for row in asked_about}
    concerns = {request.document(title).id: parties for title, parties in (about or {}).items()}
    request.do("ChoosePart", assessments=said, concerns=concerns)


def letters(request: Request, template: str) -> list[NoticeRow]:
    return [row for row in request.rows(NoticeRow) if row.template == template]


@ONLY_SQLITE
def test_j11_a_part_decision_has_its_own_letter_list_and_remedy_and_the_term_stays(running):
    due = {row.code: row.due for row in running.rows(DeadlineRow)}
    take_part(running, {PARTLY: THE_BID}, {PARTLY: [running.party(BOUW)]})
    drain(running.services)
    (letter,) = letters(running, "deelbesluit")
    assert letter.party_id == running.party(LOTTE)
    for told in (
        "deelbesluit 1",
        "1. Bod: deels openbaar",
        "De termijn daarvoor verandert niet",
        "zes weken",
    ):
        assert told in letter.body
    assert [name for name in (WHOLE, SECRET, "Bouw") if name in letter.body] == []
    assert [one["title"].rpartition(": ")[2] for one in letter.enclosures] == ["Deelbesluit"]
    assert {row.code: row.due for row in running.rows(DeadlineRow)} == due
    (part,) = running.rows(PartDecision)
    today = local_date(running.services.clock.now())
    assert (part.number, part.outcome, part.taken_by) == (1, "deels_openbaar", SEM_WHO_WORKS_TOO.subject)
    assert (part.taken_on, part.announced_on) == (today, today)
    assert {row.title for row in running.rows(DocumentRow) if row.part_id == part.id and row.state == "accepted"} == {
        PARTLY, f"{PARTLY} (gelakt)", "Deelbesluit", "Deel zonder gegevens", "Lijst met documenten",
    }  # fmt: skip


@ONLY_SQLITE
def test_j11_only_the_third_party_whom_the_part_is_about_gets_the_part_decision(running):
    about = {PARTLY: [running.party(BOUW)], WHOLE: [running.party(YASMINA)]}
    take_part(running, {PARTLY: THE_BID}, about)
    assert [row.party_id for row in letters(running, "deelbesluit-derde")] == [running.party(BOUW)]


@ONLY_SQLITE
def test_j11_the_documents_of_a_part_wait_two_weeks_and_then_have_a_page_of_their_own(running):
    take_part(running, {PARTLY: THE_BID})
    drain(running.services)
    running.days_later(14)
    assert read_public_list(running.services).count == 0
    running.days_later(1)
    drain(running.services)
    (line,) = read_public_list(running.services).lines
    assert (line.number, line.result) == (f"{running.number}, deelbesluit 1", "Deels openbaar")
    page = Browser(running.services).get(f"/openbaar/{line.id}")
    for told in (f"{PARTLY} (gelakt)", "Deel zonder gegevens", "Lijst met documenten"):
        assert told in page
    assert [name for name in (WHOLE, SECRET) if name in page] == []


def test_j11_two_weeks_run_from_the_day_on_which_the_letter_of_a_part_was_posted(asked, services):
    posted = Request.made(services, replace(LOTTE, channel="post", address="Straat 1, Voorbeeldstad"))
    posted.found(PARTLY, SECRET, WHOLE).listed()
    take_part(posted, {PARTLY: THE_BID})
    drain(services)
    posted.days_later(20)
    (part,) = posted.rows(PartDecision)
    assert (part.announced_on, read_public_list(services).count) == (None, 0)
    today = local_date(services.clock.now())
    act(services, NOOR, ConfirmPosted(letters(posted, "deelbesluit")[0].id, today - timedelta(days=10)))
    assert posted.rows(PartDecision)[0].announced_on == today - timedelta(days=10)
    posted.days_later(4)
    assert read_public_list(services).count == 0
    posted.days_later(1)
    assert read_public_list(services).count == 1


def test_j11_the_decision_on_the_rest_is_about_what_no_part_took_and_ends_after_them(running):
    take_part(running, {PARTLY: THE_BID})
    running.do(
        "WeighViews",
        assessments=running.assessed({SECRET: Assessment("niet", ("5.2",)), WHOLE: Assessment("geheel")}),
        views_weighed="Gewogen.",
    )
    running.decided(objection=False)
    drain(running.services)
    (letter,) = letters(running, "beslissing")
    assert (PARTLY in letter.body, WHOLE in letter.body) == (False, True)
    assert [one["title"].rpartition(": ")[2] for one in letter.enclosures] == ["Besluit"]
    assert running.case.state == "running"
    running.days_later(15)
    drain(running.services)
    assert running.case.state == "closed"
    assert read_public_list(running.services).count == 2


@ONLY_SQLITE
def test_j11_a_bezwaar_can_name_a_part_decision(running):
    take_part(running, {PARTLY: THE_BID})
    with running.services.sessions() as session:
        model = running.services.models.current(session, "woo-verzoek").model
        found = main_case(session, running.services, NOOR, running.number, model)
    today = local_date(running.services.clock.now())
    assert [(one.subject, one.number, one.announced_on, one.woo) for one in found.decisions] == [
        ("Het bod (deelbesluit 1)", f"{running.number}-1", today, True)
    ]


@ONLY_SQLITE
def test_j11_a_part_that_takes_no_document_is_no_part_decision(running):
    act(running.services, NOOR, PressButton(running.number, "part_decision"))
    choose_part(running, {})
    assert running.open_tasks("DraftPart") == []
    assert read_overview(running.services, NOOR, running.number).parts == ()
    assert len(running.rows(NoticeRow)) == len(
        [row for row in running.rows(NoticeRow) if row.template != "deelbesluit"]
    )


@ONLY_SQLITE
def test_j11_who_wrote_a_part_decision_does_not_take_it_but_may_take_the_next(running):
    take_part(running, {PARTLY: THE_BID})
    act(running.services, NOOR, PressButton(running.number, "part_decision"))
    choose_part(running, {WHOLE: Assessment("geheel")})
    values = {
        "part_title": "Het verslag",
        "dictum": "openbaar",
        "objection_expected": False,
        "part_explanation": "U krijgt het.",
    }
    running.do("DraftPart", SEM_WHO_WORKS_TOO, ("outcome", "Tweede"), ("public_version", "Tweede zonder"), **values)
    with pytest.raises(NotAllowed):
        running.do("TakePart", SEM_WHO_WORKS_TOO, approved="ja")
    running.do("TakePart", replace(NOOR, roles=frozenset({"worker", "decider"})), approved="ja")
    assert [part.number for part in running.rows(PartDecision)] == [1, 2]


@ONLY_SQLITE
def test_j11_a_worker_takes_a_part_decision_by_the_pages(running):
    noor = Browser(running.services, NOOR)
    noor.get(f"/werk/zaken/{running.number}")
    noor.post(f"/werk/zaken/{running.number}/knop/part_decision", {})
    page = noor.get(f"/werk/taken/{running.task('ChoosePart')}")
    assert "Hoort niet bij dit deelbesluit" in page
    bid, rest = running.document(PARTLY).id, (running.document(SECRET).id, running.document(WHOLE).id)
    typed = {
        f"public-{bid}": "geheel",
        f"about-{bid}": str(running.party(BOUW)),
        **{f"public-{one}": LATER for one in rest},
    }
    noor.post(f"/werk/taken/{running.task('ChoosePart')}", typed)
    assert running.open_tasks("DraftPart")
    assert "Deelbesluit 1" in noor.get(f"/werk/zaken/{running.number}")


@ONLY_SQLITE
def test_j11_each_third_party_must_be_put_with_a_document_before_it_is_asked(asked):
    asked.found(PARTLY, SECRET, WHOLE).listed(third_party=True)
    with pytest.raises(Invalid, match="Bouw"):
        asked.viewing(about={})
