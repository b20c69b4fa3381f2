"""The letter to a third party: its own view and what was done with it, never that of another or the request (J11)."""

import pytest
from kit.browser import Browser
from kit.people import NOOR, SEM_WHO_WORKS_TOO, YASMINA
from woo_kit import BOUW, LOTTE, PARTLY, SECRET, WHOLE, Request

from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.base.errors import Invalid, NotFound
from processes.storage.tables import NoticeRow, TaskRow

ONLY_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
SAID = {BOUW: "Ons bod is geheim.", YASMINA: "Mijn naam moet eruit."}


@pytest.fixture
def drafting(asked) -> Request:
    """A request of which both third parties gave a view, just before the decision is written."""
    asked.found(PARTLY, SECRET, WHOLE).listed(third_party=True).viewing()
    for row in asked.rows(TaskRow):
        if row.element == "GiveView":
            who = next(party for party in SAID if asked.party(party) == row.party_id)
            act(asked.services, NOOR, CompleteTask(row.id, {"view_choice": "bezwaar", "view": SAID[who]}))
    asked.do("WeighViews", assessments=asked.assessed(), views_weighed="Gewogen.")
    return asked.redacted()


def draft(request: Request, answers: dict[int, str]) -> None:
    files = (("outcome", "Besluit"), ("public_version", "Zonder gegevens"))
    request.do("DraftDecision", NOOR, *files, dictum="deels_openbaar", objection_expected=True, explanation="U krijgt een deel.",
               third_explanation="Het verslag wordt openbaar.", view_answers=answers)  # fmt: skip


def test_j11_a_third_party_reads_its_own_view_and_the_answer_to_it(drafting):
    draft(drafting, {drafting.party(BOUW): "Het bod blijft geheim.", drafting.party(YASMINA): "Uw naam is gelakt."})
    drafting.do("DecisionTaken", SEM_WHO_WORKS_TOO, approved="ja")
    bodies = {row.party_id: row.body for row in drafting.rows(NoticeRow) if row.template.startswith("beslissing")}
    theirs = {
        BOUW: ("Ons bod is geheim.", "Het bod blijft geheim."),
        YASMINA: ("Mijn naam moet eruit.", "Uw naam is gelakt."),
        LOTTE: (),
    }
    told = {words for own in theirs.values() for words in own}
    for party, own in theirs.items():
        body = bodies[drafting.party(party)]
        assert {words for words in told if words in body} == set(own)
        assert (party is LOTTE) == ("Het oude zwembad" in body)


@ONLY_SQLITE
def test_j11_each_view_needs_an_answer_and_only_a_view_has_one(drafting):
    with pytest.raises(Invalid):
        draft(drafting, {drafting.party(BOUW): "Het bod blijft geheim."})
    with pytest.raises(NotFound):
        draft(drafting, {drafting.party(BOUW): "Ja.", drafting.party(YASMINA): "Ja.", drafting.party(LOTTE): "Ja."})


@ONLY_SQLITE
def test_j11_the_worker_reads_each_view_beside_the_answer(drafting):
    page = Browser(drafting.services, NOOR).get(f"/werk/taken/{drafting.task('DraftDecision')}")
    for words in (*SAID.values(), f"answer-{drafting.party(BOUW)}", f"Antwoord aan {YASMINA.name}"):
        assert words in page
