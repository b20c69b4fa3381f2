"""Groups of joined cases (W21, J11): one text for all with an own outcome, word and letter for each, and apart again with a reason."""

import pytest
from joined_kit import (
    CALLED,
    DRAFTED,
    delivered,
    furnish,
    joined,
    letters,
    open_elements,
    press,
    to_call,
    together,
    work_of_press,
)
from kit.browser import Browser
from kit.case_copies import copies_of
from kit.cases import count, notes_of, open_task, register_bezwaar, rows
from kit.documents import stored
from kit.people import BRAM, ILSE, NOOR, SEM, TESS, citizen

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.group_steps import StepAgain
from processes.actions.grouping import JoinCases, LeaveGroup
from processes.actions.joining import CompleteTogether
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from processes.jobs.joining import complete_joined
from processes.reads.workbench import read_group, read_groups, read_joining, read_overview
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    CaseGroupRow,
    CaseGroupStep,
    CaseValue,
    Decision,
    NoticeRow,
    OutboxRow,
    Party,
    StaffRow,
)

# nothing here depends on the database
pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


@pytest.fixture
def ready(installed):
    return installed(furnish)


def test_w21_forty_objections_are_joined_and_decided_each_with_its_own_outcome_and_letter(ready) -> None:
    first = to_call(ready, TESS)
    together(ready, NOOR, "CallObjector", first, **CALLED)
    delivered(ready)
    numbers = [first, *copies_of(ready, first, 39)]
    with ready.sessions.begin() as session:
        for party in session.query(Party).filter(Party.filing):
            party.name = f"Indiener {party.case_id}"
    group = joined(ready, *numbers)
    late = numbers[7]
    file = NewDocument(stored(ready, "beslissing.pdf"), "outcome", "Beslissing", field="outcome")
    text = "Beste [naam], in zaak [zaaknummer] over [besluit] krijgt u gelijk."
    drafted = CompleteTask(open_task(ready, "DraftDecision", first), DRAFTED, (file,), explanation=text)
    press(ready, NOOR, "DraftDecision", numbers, drafted, {late: "niet_ontvankelijk"})
    page = read_group(ready, NOOR, group)
    assert [(one.done, len(one.lines)) for one in page.begun] == [(40, 40)]
    by_number = {case.number: case for case in rows(ready, Case)}
    assert {
        case.result_explanation == f"Beste Indiener {case.id}, in zaak {number} over PV-1 krijgt u gelijk."
        for number, case in by_number.items()
    } == {True}
    outcomes = {row.case_id: row.outcomes["dictum"] for row in rows(ready, Decision)}
    assert outcomes.pop(by_number[late].id) == "niet_ontvankelijk"
    assert [*outcomes.values()] == ["gegrond"] * 39
    taken = CompleteTask(open_task(ready, "DecisionTaken", first), {"approved": "ja", "taken_by": "mandaat"})
    press(ready, SEM, "DecisionTaken", numbers, taken, {})
    notices = rows(ready, NoticeRow, template="beslissing")
    assert len({row.case_id for row in notices}) == 40
    assert all(f"Indiener {row.case_id}" in row.body for row in notices)
    others = {f"Indiener {case.id}" for case in by_number.values()}
    assert all(sum(name in row.body.replace(".", " ").split("\n") for name in others) <= 1 for row in notices)
    assert {case.result for case in rows(ready, Case)} == {"gegrond", "niet_ontvankelijk"}
    assert {row.state for row in rows(ready, CaseGroupStep)} == {"done"}
    assert {row.typed for row in rows(ready, CaseGroupStep)} == {None}


def test_w21_a_case_that_left_the_group_is_not_changed_by_what_the_others_do_next(ready) -> None:
    one, two, three = (to_call(ready, party) for party in (TESS, BRAM, ILSE))
    group = joined(ready, one, two, three)
    act(ready, NOOR, LeaveGroup(group, (three,), "Dit bezwaar gaat ook over geluid."))
    task = open_task(ready, "CallObjector", one)
    others = tuple(open_task(ready, "CallObjector", number) for number in (two, three))
    act(ready, NOOR, CompleteTogether(CompleteTask(task, CALLED), others))
    work_of_press(ready)
    assert "CallObjector" not in open_elements(ready, two)
    assert "CallObjector" in open_elements(ready, three)
    assert any("Reden: Dit bezwaar gaat ook over geluid." in note for note in notes_of(ready, three))
    assert any("Gevoegd in de groep 'Vergunning PV-1'" in note for note in notes_of(ready, three))
    page = read_group(ready, NOOR, group)
    assert [line.number for line in page.members] == [one, two]
    assert [(line.number, line.reason) for line in page.left] == [(three, "Dit bezwaar gaat ook over geluid.")]


def test_w21_who_leaves_between_the_press_and_the_work_stays_as_it_was(ready) -> None:
    one, two = to_call(ready, TESS), to_call(ready, BRAM)
    group = joined(ready, one, two)
    task, other = (open_task(ready, "CallObjector", number) for number in (one, two))
    act(ready, NOOR, CompleteTogether(CompleteTask(task, CALLED), (other,)))
    act(ready, NOOR, LeaveGroup(group, (two,), "Toch apart."))
    work_of_press(ready)
    assert "CallObjector" in open_elements(ready, two)
    (step,) = rows(ready, CaseGroupStep, task=other)
    assert step.state == "refused"


def test_w21_what_was_refused_is_said_by_case_and_done_again_once(ready) -> None:
    one, two = to_call(ready, TESS), to_call(ready, BRAM)
    group = joined(ready, one, two)
    task, other = (open_task(ready, "CallObjector", number) for number in (one, two))
    act(ready, NOOR, CompleteTogether(CompleteTask(task, CALLED), (other,)))
    roles = rows(ready, StaffRow, number=NOOR.subject)[0].roles
    _set_roles(ready, [])
    work_of_press(ready)
    (line,) = (line for press in read_group(ready, NOOR, group).begun for line in press.lines if line.refused)
    assert (line.number, line.again, line.why) == (two, True, "U heeft hiervoor niet de juiste rol.")
    assert read_overview(ready, NOOR, one).group.refused == 1
    _set_roles(ready, roles)
    with pytest.raises(NotAllowed):  # it is done in the name of who filled in the form
        act(ready, SEM, StepAgain(group, line.id))
    act(ready, NOOR, StepAgain(group, line.id))
    work_of_press(ready)
    assert "CallObjector" not in open_elements(ready, two)
    with pytest.raises(AlreadyDone):
        act(ready, NOOR, StepAgain(group, line.id))
    for row in rows(ready, OutboxRow, kind="joined"):
        complete_joined(ready, row.payload)  # the queue may bring it again
    assert {row.state for row in rows(ready, CaseGroupStep)} == {"done"}
    assert len([note for note in notes_of(ready, two) if "samen gedaan" in note]) == 1


def test_w21_what_is_tried_again_is_what_was_filled_in_not_what_the_first_case_became(ready) -> None:
    one, two = to_call(ready, TESS), to_call(ready, BRAM)
    group = joined(ready, one, two)
    task, other = (open_task(ready, "CallObjector", number) for number in (one, two))
    roles = rows(ready, StaffRow, number=NOOR.subject)[0].roles
    act(ready, NOOR, CompleteTogether(CompleteTask(task, CALLED), (other,)))
    _set_roles(ready, [])
    work_of_press(ready)
    _set_roles(ready, roles)
    first = _id_of(ready, one)
    with ready.sessions.begin() as session:
        session.query(CaseValue).filter_by(case_id=first, code="call_note").update(
            {"value": "Later bij deze zaak geschreven"}
        )
    act(ready, NOOR, StepAgain(group, rows(ready, CaseGroupStep, task=other)[0].id))
    work_of_press(ready)
    (value,) = rows(ready, CaseValue, case_id=_id_of(ready, two), code="call_note")
    assert value.value == CALLED["call_note"]


def _set_roles(services: Services, roles: list[str]) -> None:
    with services.sessions.begin() as session:
        session.get_one(StaffRow, NOOR.subject).roles = roles


WRONG = {
    "no name": (("a", "b"), "", "Reden", {"name"}),
    "a name that is too long": (("a", "b"), "x" * 121, "Reden", {"name"}),
    "no reason and no name": (("a", "b"), " ", " ", {"name", "reason"}),
    "one case": (("a",), "Naam", "Reden", {"cases"}),
    "a case that is not there": (("a", "BZW-1999-000001"), "Naam", "Reden", {"cases"}),
}


@pytest.mark.parametrize(("cases", "name", "reason", "fields"), WRONG.values(), ids=WRONG.keys())
def test_w21_joining_says_everything_that_is_wrong_at_once(ready, cases, name, reason, fields) -> None:
    known = {"a": register_bezwaar(ready, TESS), "b": register_bezwaar(ready, BRAM)}
    with pytest.raises(Invalid) as error:
        act(ready, NOOR, JoinCases(tuple(known.get(one, one) for one in cases), name, reason))
    assert set(error.value.fields) == fields
    assert count(ready, CaseGroupRow) == 0


def test_w21_a_case_is_in_one_group_and_comes_to_it_later_with_a_reason(ready) -> None:
    one, two, three, four = (register_bezwaar(ready, party) for party in (TESS, BRAM, ILSE, TESS))
    group, other = joined(ready, one, two), joined(ready, three, four)
    with pytest.raises(Invalid, match=three):
        act(ready, NOOR, JoinCases((three,), "", "Erbij.", group))
    act(ready, NOOR, LeaveGroup(other, (three,), "Hoort bij de andere."))
    act(ready, NOOR, JoinCases((three,), "", "Erbij.", group))
    assert [line.number for line in read_group(ready, NOOR, group).members] == [one, two, three]
    assert [(line.id, line.cases) for line in read_groups(ready, NOOR)] == [(other, 1), (group, 3)]
    with pytest.raises(Invalid, match="niet meer in de groep"):
        act(ready, NOOR, LeaveGroup(other, (three,), "Nog eens."))


def test_w21_the_program_offers_cases_about_the_same_decision_and_those_with_like_words(ready) -> None:
    words = "De nieuwe parkeerplaatsen voor de winkels maken de straat onveilig voor fietsende kinderen van school"
    one, same = register_bezwaar(ready, TESS, subject=words), register_bezwaar(ready, BRAM)
    like = register_bezwaar(ready, ILSE, subject=words, number="PV-2")
    register_bezwaar(ready, BRAM, subject="Een dakkapel aan de achterkant", number="PV-3")
    page = read_joining(ready, NOOR, [one])
    assert [(line.number, line.why) for line in page.offered] == [
        (same, "over hetzelfde besluit"),
        (like, "lijkt erop in woorden"),
    ]
    joined(ready, one, same)
    assert [line.number for line in read_joining(ready, NOOR, [one]).offered] == [like]


def test_w17_a_case_above_the_clearance_is_not_shown_counted_or_changed_in_a_group(ready) -> None:
    one, two, secret = (to_call(ready, party) for party in (TESS, BRAM, ILSE))
    group = joined(ready, one, two, secret)
    hidden = open_task(ready, "CallObjector", secret)
    with ready.sessions.begin() as session:
        _keep_secret(session.query(Case).filter_by(number=secret).one())
    page = read_group(ready, NOOR, group)
    assert [line.number for line in page.members] == [one, two]
    assert [step.cases for step in page.steps] == [2]
    assert [line.cases for line in read_groups(ready, NOOR)] == [2]
    assert read_overview(ready, NOOR, one).group.others == 1
    task = open_task(ready, "CallObjector", one)
    act(ready, NOOR, CompleteTogether(CompleteTask(task, CALLED), (hidden,)))
    work_of_press(ready)
    assert "CallObjector" in open_elements(ready, secret)
    assert not rows(ready, CaseGroupStep, task=hidden)
    with pytest.raises(Invalid):
        act(ready, NOOR, LeaveGroup(group, (secret,), "Weg ermee."))
    with pytest.raises(Invalid):
        act(ready, NOOR, JoinCases((secret, two), "Naam", "Reden"))
    alone = joined(ready, register_bezwaar(ready, TESS), register_bezwaar(ready, BRAM))
    with ready.sessions.begin() as session:
        for case in session.query(Case):
            _keep_secret(case)
    for there in (group, alone):
        with pytest.raises(NotFound):
            read_group(ready, NOOR, there)
    assert read_groups(ready, NOOR) == ()


def test_w21_the_page_that_joins_names_no_group_that_the_reader_may_not_see(ready) -> None:
    secret = [register_bezwaar(ready, party) for party in (TESS, BRAM)]
    group, mine = joined(ready, *secret), register_bezwaar(ready, ILSE)
    with ready.sessions.begin() as session:
        for case in session.query(Case).filter(Case.number.in_(secret)):
            _keep_secret(case)
    for there in (group, group + 1):
        with pytest.raises(NotFound):
            read_joining(ready, NOOR, [mine], there)
    assert read_joining(ready, NOOR, [mine]).group is None


def _keep_secret(case: Case) -> None:
    """Above the clearance of everybody but its handler."""
    case.confidentiality, case.handler = "geheim", "piet"


def test_w21_who_does_not_handle_cases_joins_none_and_sees_no_group(ready) -> None:
    one, two = register_bezwaar(ready, TESS), register_bezwaar(ready, BRAM)
    ada = Actor("staff", "ada", "Ada Griffier", frozenset({"committee"}))
    fenna = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
    for actor in (ada, fenna):
        with pytest.raises(NotAllowed):
            act(ready, actor, JoinCases((one, two), "Naam", "Reden"))
        with pytest.raises(NotAllowed):
            read_groups(ready, actor)
    assert count(ready, CaseGroupRow) == 0


def test_w21_a_case_that_ended_keeps_its_place_in_the_group_and_is_left_out_of_the_steps(ready) -> None:
    one, two, ended = (to_call(ready, party) for party in (TESS, BRAM, ILSE))
    group = joined(ready, one, two, ended)
    with ready.sessions.begin() as session:
        session.query(Case).filter_by(number=ended).one().state = "closed"
    page = read_group(ready, NOOR, group)
    assert [(line.number, line.running) for line in page.members] == [(one, True), (two, True), (ended, False)]
    assert [step.cases for step in page.steps] == [2]
    assert letters(ready, ended) == []


def test_d24_a_party_reads_nothing_of_the_group_or_of_the_other_parties(ready) -> None:
    one, two = to_call(ready, TESS), to_call(ready, BRAM)
    group = joined(ready, one, two, name="Klagers van het plein")
    together(ready, NOOR, "CallObjector", one, two, **CALLED)
    tess = Browser(ready, citizen(ready, TESS))
    pages = [tess.get(address) for address in ("/mijn", f"/mijn/zaken/{one}")]
    told = ("Klagers van het plein", two, "Bram", "gevoegd", "groep")
    assert [word for word in told for page in pages if word in page] == []
    assert all(
        word not in row.body for word in told[:4] for row in rows(ready, NoticeRow) if row.case_id == _id_of(ready, one)
    )
    assert "Klagers" not in tess.get(f"/werk/groepen/{group}")  # asked to sign in as staff


def _id_of(services: Services, number: str) -> int:
    return rows(services, Case, number=number)[0].id
