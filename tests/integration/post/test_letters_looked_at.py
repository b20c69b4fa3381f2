"""W9: a letter waits until somebody looked at it, wrote on it, and those who must agree did; then it leaves, and terms count from that day."""

import pytest
from kit.cases import add_departments, days_later, put_in_use, rows, today
from kit.letter_types import AGREED, PROEF, on_paper
from kit.people import NOOR, PIET, SEM, TESS, known
from kit.small_types import register

from processes.actions import act
from processes.actions.approving import AskApproval, GiveApproval, ReturnLetter, TakeBackAsking
from processes.actions.colleague_tasks import FinishColleagueTask
from processes.actions.held import RetryHeldLetter
from processes.actions.tasks import CompleteTask
from processes.actions.writing import DropLetter, EditLetter, RefillLetter, SendLetter, what_is_not_so
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotNow
from processes.jobs.workers import drain
from processes.storage.tables import Case, ColleagueTask, LetterApproval, LetterRow, NewsRow, NoticeRow, TaskRow

# the law of a letter is the same on both databases; one test keeps and finds it in PostgreSQL too
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)

ON_PAPER = on_paper(1)


def played(services, sketch=PROEF, parties=(TESS, ON_PAPER), place="het stadhuis"):
    """A case of which the letter waits; its letter."""
    for one in (NOOR, PIET, SEM):
        known(services, one)
    add_departments(services, "wonen")
    put_in_use(services, sketch.folder())
    register(services, "proef", parties, values={})
    complete(services, "Work", place)
    return one_letter(services)


def complete(services, element, place):
    (task,) = rows(services, TaskRow, element=element, state="open")
    act(services, NOOR, CompleteTask(task.id, {"place": place}))


def one_letter(services):
    return rows(services, LetterRow)[-1]


def ids(services):
    return tuple(notice.id for notice in rows(services, NoticeRow))


def bodies(services):
    return [notice.body for notice in rows(services, NoticeRow)]


def ask(services, *whom, by=NOOR):
    letter = one_letter(services)
    act(services, by, AskApproval(letter.id, letter.version, tuple(one.subject for one in whom), today(services)))


def agree(services, who):
    letter = one_letter(services)
    act(services, who, GiveApproval(letter.id, letter.version))


def send(services, reason="", by=NOOR):
    letter = one_letter(services)
    act(services, by, SendLetter(letter.id, letter.version, reason))


@ON_SQLITE
def test_w9_a_letter_that_is_looked_at_first_reaches_nobody_and_is_sent_from_the_day_it_leaves(services):
    played(services)
    drain(services)
    assert [(one.sent_on, one.document_id) for one in rows(services, NoticeRow)] == [(None, None)] * 2
    days_later(services, 3)
    send(services)
    drain(services)
    tess, bram = rows(services, NoticeRow)
    assert (tess.sent_on, bram.sent_on) == (today(services), None)  # Bram's goes by post, and waits for the printer
    assert tess.held is bram.held is None
    assert tess.document_id
    assert bram.document_id


@ON_SQLITE
def test_w9_one_text_for_all_keeps_each_ones_greeting_and_one_may_have_an_own_text(services):
    letter = played(services)
    first, second = ids(services)
    act(services, NOOR, EditLetter(letter.id, 1, "[aanhef],\n\nKom om tien uur, [naam].\n", (first, second)))
    assert bodies(services) == [f"Beste {one},\n\nKom om tien uur, {one}.\n" for one in (TESS.name, ON_PAPER.name)]
    act(services, NOOR, EditLetter(letter.id, 2, "Beste Bram,\n\nKom om elf uur.\n", (second,)))
    assert bodies(services)[0].endswith(f"tien uur, {TESS.name}.\n")
    assert bodies(services)[1] == "Beste Bram,\n\nKom om elf uur.\n"


@ON_SQLITE
def test_w9_who_writes_on_an_older_text_loses_nothing_and_overwrites_nothing(services):
    letter = played(services)
    chosen = ids(services)
    act(services, NOOR, EditLetter(letter.id, 1, "Van Noor.", chosen))
    with pytest.raises(Invalid) as refused:
        act(services, PIET, EditLetter(letter.id, 1, "Van Sem.", chosen))
    assert "text" in refused.value.fields
    assert bodies(services) == ["Van Noor.\n"] * 2


@ON_SQLITE
def test_j3_what_changed_since_is_named_before_it_leaves_and_filled_in_anew_beside_what_was_written(services):
    letter = played(services)
    text = (
        rows(services, NoticeRow)[0]
        .body.replace("Neem uw stukken mee.", "Neem niets mee.")
        .replace(TESS.name, "[naam]")
    )
    act(services, NOOR, EditLetter(letter.id, 1, text, ids(services)))
    complete(services, "Mend", "de bibliotheek")
    (said,) = what_is_not_so(services, NOOR, letter.id)
    assert "het stadhuis" in said
    assert "de bibliotheek" in said
    with pytest.raises(Invalid) as refused:
        send(services)
    assert "reason" in refused.value.fields
    act(services, NOOR, RefillLetter(letter.id, 2))
    assert what_is_not_so(services, NOOR, letter.id) == ()
    assert all("de bibliotheek" in body and "Neem niets mee." in body for body in bodies(services))
    send(services)


@ON_SQLITE
def test_j3_an_empty_value_holds_the_sending_until_somebody_says_why(services):
    played(services, place="")
    with pytest.raises(Invalid):
        send(services)
    send(services, "De plaats volgt per telefoon.")
    assert rows(services, NoticeRow)[0].held is None


@ON_SQLITE
def test_w9_a_letter_of_the_process_cannot_be_dropped_nor_go_by_the_door_of_held_ones(services):
    letter = played(services)
    with pytest.raises(NotNow):
        act(services, NOOR, DropLetter(letter.id, "Toch maar niet."))
    with pytest.raises(NotNow):
        act(services, NOOR, RetryHeldLetter(ids(services)[0]))


@ON_SQLITE
def test_w9_two_who_send_at_once_send_it_once(services):
    letter = played(services)
    send(services)
    with pytest.raises(AlreadyDone):
        act(services, PIET, SendLetter(letter.id, letter.version))


def test_w9_two_agree_in_order_and_their_names_and_functions_stand_on_the_letter(services):
    played(services, AGREED)
    with pytest.raises(NotNow):
        send(services)
    ask(services, SEM, PIET)
    with pytest.raises(NotAllowed):
        agree(services, PIET)  # it is the turn of Dana
    agree(services, SEM)
    with pytest.raises(NotNow):
        send(services)
    agree(services, PIET)
    send(services)
    said = rows(services, NoticeRow)[0].frame["approved"]
    assert [one.partition(",")[0] for one in said] == [SEM.name, PIET.name]
    assert [row.state for row in rows(services, LetterApproval)] == ["given", "given"]


@ON_SQLITE
def test_w9_who_is_asked_has_it_as_a_task_with_a_day_and_the_handler_hears_of_the_answer(services):
    letter = played(services, AGREED)
    ask(services, SEM, PIET)
    (task,) = rows(services, ColleagueTask, state="open")
    assert (task.staff, task.due, task.letter_id) == (SEM.subject, today(services), letter.id)
    with pytest.raises(NotNow):
        act(services, SEM, FinishColleagueTask(number_of(services), task.id))
    agree(services, SEM)
    assert [one.staff for one in rows(services, ColleagueTask, state="open")] == [PIET.subject]
    agree(services, PIET)
    assert rows(services, ColleagueTask, state="open") == []
    assert [one.staff for one in rows(services, NewsRow, kind="task")][-1] == NOOR.subject


@ON_SQLITE
def test_w9_a_letter_that_is_returned_goes_back_with_the_reason_and_is_asked_anew(services):
    letter = played(services, AGREED)
    ask(services, SEM, PIET)
    with pytest.raises(Invalid):
        act(services, SEM, ReturnLetter(letter.id, 1, " "))
    act(services, SEM, ReturnLetter(letter.id, 1, "De dag ontbreekt."))
    assert (one_letter(services).state, rows(services, LetterApproval)[0].reason) == ("writing", "De dag ontbreekt.")
    ask(services, SEM, PIET)
    assert one_letter(services).state == "asked"


@ON_SQLITE
def test_w9_a_change_of_the_text_makes_an_agreement_void(services):
    letter = played(services, AGREED)
    ask(services, SEM, PIET)
    agree(services, SEM)
    agree(services, PIET)
    act(services, NOOR, EditLetter(letter.id, 1, "Een andere tekst.", ids(services)))
    with pytest.raises(NotNow):
        send(services)
    assert {row.state for row in rows(services, LetterApproval)} == {"void"}


@ON_SQLITE
def test_w9_who_reads_an_older_text_agrees_to_nothing(services):
    letter = played(services)
    ask(services, SEM)
    act(services, NOOR, EditLetter(letter.id, 1, "Een andere tekst.", ids(services)))
    ask(services, SEM)
    with pytest.raises(NotNow):
        act(services, SEM, GiveApproval(letter.id, 1))


@ON_SQLITE
def test_w9_nobody_agrees_to_an_own_text_where_four_eyes_are_asked(services):
    letter = played(services, AGREED)
    act(services, SEM, EditLetter(letter.id, 1, "Van Sem.", ids(services)))
    with pytest.raises(Invalid) as refused:
        ask(services, SEM, PIET)
    assert "whom-1" in refused.value.fields


@ON_SQLITE
@pytest.mark.parametrize(
    "whom",
    [(), (PIET, SEM), (SEM,), (SEM, SEM), (SEM, NOOR)],
    ids=["nobody", "a worker decides", "one too few", "twice", "oneself"],
)
def test_w9_only_those_whom_the_drawing_means_can_be_asked(services, whom):
    played(services, AGREED)
    with pytest.raises(Invalid):
        ask(services, *whom)


@ON_SQLITE
def test_w9_a_question_is_taken_back_and_the_task_goes(services):
    letter = played(services)
    ask(services, SEM)
    act(services, NOOR, TakeBackAsking(letter.id))
    assert rows(services, ColleagueTask, state="open") == []
    send(services)  # nobody has to agree here


def number_of(services):
    return rows(services, Case)[0].number
