"""Joined objections: one press does the same step in each case, with its own letter and its own check of who may do it."""

import pytest
from joined_kit import CALLED, DRAFTED, delivered, furnish, letters, open_elements, to_call, together
from kit.cases import INTAKE, days_later, notes_of, open_task, register_bezwaar, rows, today
from kit.documents import PDF, stored
from kit.people import BRAM, ILSE, NOOR, SEM, TESS

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.joining import CompleteAlike, CompleteTogether
from processes.actions.registering import NewDecision
from processes.actions.tasks import CompleteTask
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.jobs.joining import complete_joined
from processes.storage.tables import Case, Decision, DocumentRow, OutboxRow, StaffRow, TaskRow

on_sqlite = pytest.mark.parametrize(
    "kind_of_database", ["sqlite"], indirect=True
)  # nothing here depends on the database


@pytest.fixture
def ready(installed):
    return installed(furnish)


def test_j11_one_text_for_joined_objections_each_with_its_own_letter_and_check(ready) -> None:
    first, second = to_call(ready, TESS), to_call(ready, BRAM)
    own = to_call(ready, ILSE, taken_by=SEM.subject)  # who decides may not have taken this contested decision (10:3)
    together(ready, NOOR, "CallObjector", first, second, own, **CALLED)
    assert not any("CallObjector" in open_elements(ready, number) for number in (first, second, own))
    delivered(ready)
    file = NewDocument(stored(ready, "beslissing.pdf"), "outcome", "Beslissing", field="outcome")
    together(
        ready,
        NOOR,
        "DraftDecision",
        first,
        second,
        own,
        documents=(file,),
        explanation="U krijgt de vergunning.",
        **DRAFTED,
    )
    made = rows(ready, DocumentRow, type="outcome")
    assert len({row.case_id for row in made}) == len({row.blob for row in made}) == 3
    assert len({row.sha256 for row in made}) == 1
    assert all(b"".join(ready.files.read(row.blob, row.file_key)) for row in made)
    assert {row.outcomes["dictum"] for row in rows(ready, Decision)} == {"gegrond"}
    together(ready, SEM, "DecisionTaken", first, second, own, approved="ja", taken_by="mandaat")
    assert ["Tess Testeling" in letters(ready, first)[0], "Bram van Proefhuizen" in letters(ready, second)[0]] == [
        True,
        True,
    ]
    assert {row.result_explanation for row in rows(ready, Case)} == {"U krijgt de vergunning."}
    assert letters(ready, own) == []
    assert open_elements(ready, own) == {"DecisionTaken"}
    assert any(f"niet ook in zaak {own} gedaan" in note and "10:3" in note for note in notes_of(ready, first))
    assert any(f"samen gedaan met die in zaak {first}" in note for note in notes_of(ready, second))


@on_sqlite
def test_w10_joined_decisions_that_were_sent_back_keep_their_files(ready) -> None:
    first, second = to_call(ready, TESS), to_call(ready, BRAM)
    together(ready, NOOR, "CallObjector", first, second, **CALLED)
    delivered(ready)
    file = NewDocument(stored(ready, "beslissing.pdf"), "outcome", "Beslissing", field="outcome")
    together(ready, NOOR, "DraftDecision", first, second, documents=(file,), explanation="U krijgt gelijk.", **DRAFTED)
    for documents in (
        (),
        (NewDocument(stored(ready, "beter.pdf", PDF + b"%beter"), "outcome", "Beter", field="outcome"),),
    ):
        days_later(ready, 1)
        together(ready, SEM, "DecisionTaken", first, second, approved="terug", approval_note="Korter.")
        days_later(ready, 1)
        together(ready, NOOR, "DraftDecision", first, second, documents=documents, explanation="Ja.", **DRAFTED)
        assert open_elements(ready, first) == open_elements(ready, second) == {"DecisionTaken"}
    made = sorted(
        (row.case_id, row.version or 1, row.state, row.title) for row in rows(ready, DocumentRow, type="outcome")
    )
    assert [one[1:] for one in made] == [(1, "replaced", "Beslissing"), (2, "accepted", "Beter")] * 2


def two_decisions(services) -> tuple[NewDecision, ...]:
    day = today(services)
    return tuple(
        NewDecision(subject, number, taken_on=day, announced_on=day, department="parkeren")
        for subject, number in (("Parkeervergunning", "PV-1"), ("Tarief", "PV-2"))
    )


@on_sqlite
def test_j11_a_joined_case_about_another_decision_as_well_is_decided_by_hand(ready) -> None:
    first, other = to_call(ready, TESS), to_call(ready, BRAM, decisions=two_decisions(ready))
    together(ready, NOOR, "CallObjector", first, other, **CALLED)
    delivered(ready)
    file = NewDocument(stored(ready, "beslissing.pdf"), "outcome", "Beslissing", field="outcome")
    together(ready, NOOR, "DraftDecision", first, other, documents=(file,), explanation="Ja.", **DRAFTED)
    assert open_elements(ready, other) == {"DraftDecision"}
    assert any("ook over een ander besluit" in note for note in notes_of(ready, first))
    assert len(rows(ready, DocumentRow, type="outcome")) == 1  # the copy was thrown away


def test_j11_work_that_comes_twice_does_a_joined_step_once_and_tells_a_refusal_once(ready) -> None:
    first, second, blocked = to_call(ready, TESS), to_call(ready, BRAM), to_call(ready, ILSE)
    together(ready, NOOR, "CallObjector", first, second, **CALLED)
    (work,) = rows(ready, OutboxRow, kind="joined")
    complete_joined(ready, work.payload)
    assert not [note for note in notes_of(ready, first) if "niet ook" in note]
    with ready.sessions.begin() as session:
        session.get_one(StaffRow, NOOR.subject).roles = []  # the roles of the moment count
    late = {**work.payload, "task": open_task(ready, "CallObjector", blocked)}
    for _ in range(2):
        complete_joined(ready, late)
    assert len([note for note in notes_of(ready, first) if "niet ook" in note]) == 1
    assert "CallObjector" in open_elements(ready, blocked)


REFUSED = {
    "a step of one case alone": ("Intake", 1, Invalid),
    "more than may be done at once": ("Intake", 201, Invalid),
    "a task that does not exist": ("", 1, NotFound),
}


@on_sqlite
@pytest.mark.parametrize(("element", "others", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_j11_a_press_for_several_cases_is_refused_as_a_whole(ready, element, others, error) -> None:
    register_bezwaar(ready)
    task = open_task(ready, element) if element else "nergens"
    with pytest.raises(error):
        act(ready, NOOR, CompleteTogether(CompleteTask(task, INTAKE), tuple(str(number) for number in range(others))))
    assert not rows(ready, OutboxRow, kind="joined")
    assert rows(ready, TaskRow, element="Intake")[0].state == "open"


@on_sqlite
def test_j11_a_step_is_not_done_in_a_case_that_has_nothing_to_do_with_it(ready) -> None:
    first, stranger = to_call(ready, TESS), to_call(ready, BRAM, number="PV-2")
    together(ready, NOOR, "CallObjector", first, stranger, **CALLED)
    assert "CallObjector" in open_elements(ready, stranger)
    task, done = (
        open_task(ready, "CallObjector", stranger),
        rows(ready, TaskRow, element="CallObjector", state="done")[0],
    )
    with pytest.raises(AlreadyDone):
        act(ready, NOOR, CompleteAlike(task, done.id))
    with pytest.raises(NotFound):  # somebody else did the first step
        act(ready, SEM, CompleteAlike(task, done.id))
