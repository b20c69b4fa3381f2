"""A third party is asked again when more of a document about it becomes public than when it gave its view (J11; Woo 4.4(3))."""

import pytest
from kit.browser import Browser
from kit.people import NOOR, SEM_WHO_WORKS_TOO, YASMINA
from woo_kit import BOUW, PARTLY, SECRET, WHOLE, Request, stored

from processes.actions.filing import NewDocument
from processes.base.errors import NotFound
from processes.execution.assessing import Assessment
from processes.storage.tables import NoticeRow

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
AS_ASKED = {PARTLY: Assessment("niet", ("5.2",)), SECRET: Assessment("niet", ("5.2",)), WHOLE: Assessment("geheel")}


@pytest.fixture
def weighing(asked) -> Request:
    """Views were given: on two documents by the company, on one of these by Yasmina. Neither would become public."""
    asked.found(PARTLY, SECRET, WHOLE)
    asked.do("Inventory", assessments=asked.assessed(AS_ASKED), third_party_affected=True, fact_check=False)
    return asked.viewing(about={PARTLY: (BOUW,), SECRET: (BOUW, YASMINA)}).answered()


def weigh(request: Request, now: dict[str, Assessment]) -> None:
    request.do("WeighViews", assessments=request.assessed({**AS_ASKED, **now}), views_weighed="Gewogen.")


def redact(request: Request) -> None:
    new = NewDocument(stored(request.services, "gelakt.pdf"), "")
    request.do("Redact", redactions={request.document(PARTLY).id: new})
    request.do("SecondReader", SEM_WHO_WORKS_TOO, reading="ja")


def judge(request: Request, *again: int) -> None:
    request.do("JudgeChanges", asked_again=again, view_note="Alleen wat nieuw is", again_note="Gewogen.")


def views_asked(request: Request) -> list[int]:
    return [row.party_id for row in request.rows(NoticeRow) if row.template == "zienswijze"]


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        ({}, {}),
        ({SECRET: Assessment("geheel")}, {BOUW.name: 1, YASMINA.name: 1}),
        ({PARTLY: Assessment("geheel")}, {BOUW.name: 1}),
        ({WHOLE: Assessment("niet", ("5.2",))}, {}),
    ],
)
def test_j11_the_worker_sees_for_whom_more_becomes_public(weighing, now, changed):
    weigh(weighing, now)
    assert bool(weighing.open_tasks("JudgeChanges")) == bool(changed)
    if changed:
        page = Browser(weighing.services, NOOR).get(f"/werk/taken/{weighing.task('JudgeChanges')}")
        assert {name for name in (BOUW.name, YASMINA.name) if f"Vraag {name} opnieuw" in page} == set(changed)
        assert page.count("wordt openbaar") == sum(changed.values())


def test_j11_only_who_the_worker_chooses_is_asked_again_and_nobody_twice_for_the_same(weighing):
    weigh(weighing, {SECRET: Assessment("geheel")})
    with pytest.raises(NotFound):
        judge(weighing, weighing.party(YASMINA) + 100)
    judge(weighing, weighing.party(BOUW))
    assert views_asked(weighing) == [weighing.party(BOUW), weighing.party(YASMINA), weighing.party(BOUW)]
    weighing.answered()
    weigh(weighing, {SECRET: Assessment("geheel")})
    assert weighing.open_tasks("JudgeChanges") == []
    assert weighing.open_tasks("DraftDecision")


def test_j11_another_redacted_version_after_the_view_is_shown_to_the_worker(weighing):
    weigh(weighing, {PARTLY: Assessment("deels", ("5.1-1-c",))})
    redact(weighing)
    judge(weighing, weighing.party(BOUW))
    weighing.answered()
    weigh(weighing, {PARTLY: Assessment("deels", ("5.1-1-c",))})
    redact(weighing)
    page = Browser(weighing.services, NOOR).get(f"/werk/taken/{weighing.task('JudgeChanges')}")
    assert "er is een nieuwe gelakte versie van na de zienswijze" in page
    judge(weighing)
    assert weighing.open_tasks("DraftDecision")
