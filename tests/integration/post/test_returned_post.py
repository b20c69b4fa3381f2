"""W12: a letter that comes back is said in two presses; its notice says so, the handler hears it, and later letters wait."""

from dataclasses import replace
from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import add_departments, days_later, put_in_use, rows, today
from kit.documents import stored
from kit.letter_types import PLAIN, on_paper
from kit.people import NOOR, PIET, known
from kit.small_types import register

from processes.actions import act
from processes.actions.correcting_party import CorrectParty
from processes.actions.post import ConfirmPosted
from processes.actions.post_room import NewPost, TakeInPost
from processes.actions.printing import MakeBatch
from processes.actions.returned_post import KeepAddress, RegisterReturned
from processes.actions.tasks import CompleteTask
from processes.base.errors import AlreadyDone, Invalid, NotNow
from processes.execution.party_data import data_of
from processes.jobs.workers import drain
from processes.reads.workbench import read_print_queue
from processes.storage.tables import CorrectionRow, DocumentRow, NoteRow, NoticeRow, Party, PostItem, TaskRow

BETTER = "Nieuwstraat 2\n1234 AB Voorbeeldstad"
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


@pytest.fixture
def number(services):
    """A case with two letters to one party: the first was sent, the second waits to be printed."""
    for one in (NOOR, PIET):
        known(services, one)
    add_departments(services, "wonen")
    put_in_use(services, PLAIN.folder())
    made = register(services, "proef", (on_paper(1), on_paper(2)), values={})
    (task,) = rows(services, TaskRow, element="Work", state="open")
    act(services, NOOR, CompleteTask(task.id, {"place": "het stadhuis"}))
    drain(services)
    first, second = rows(services, NoticeRow)
    act(services, NOOR, ConfirmPosted(first.id))
    with services.sessions.begin() as session:  # both are for the same reader
        session.get_one(NoticeRow, second.id).party_id = first.party_id
    return made


def reference(services) -> str:
    first = rows(services, NoticeRow)[0]
    return next(row.reference for row in rows(services, DocumentRow) if row.id == first.document_id)


@ON_SQLITE
def test_w12_a_letter_that_came_back_takes_two_presses(services, number):
    noor = Browser(services, NOOR)
    noor.get("/werk/retourpost")
    page = noor.get(f"/werk/retourpost?kenmerk={reference(services).lower()}")
    assert "Kwam terug" in page
    page = noor.post("/werk/retourpost/kwam-terug", {"returned_on": today(services).isoformat()})
    assert "De brief staat als teruggekomen in de zaak" in page
    first, second = rows(services, NoticeRow)
    assert (first.returned_on, second.returned_on) == (today(services), None)
    assert "kwam terug op" in noor.get(f"/werk/zaken/{number}/brieven")
    (told,) = [row for row in rows(services, NoteRow) if "kwam op" in row.text]
    assert not told.read_by_handler


@ON_SQLITE
def test_w12_later_post_to_that_address_waits_until_somebody_says_why_it_is_right(services, number):
    first, second = rows(services, NoticeRow)
    assert [one.id for one in read_print_queue(services, NOOR).ready] == [second.id]
    act(services, NOOR, RegisterReturned(first.id, today(services)))
    (waits,) = read_print_queue(services, NOOR).wrong
    assert "kwam terug van dit adres" in waits.problems[0]
    with pytest.raises(AlreadyDone):
        act(services, NOOR, MakeBatch((second.id,)))
    with pytest.raises(NotNow, match="kwam terug van dit adres"):
        act(services, NOOR, ConfirmPosted(second.id))
    with pytest.raises(Invalid):
        act(services, NOOR, KeepAddress(number, first.party_id, " "))
    noor = Browser(services, NOOR)
    noor.get(f"/werk/zaken/{number}/partijen")
    field = f"reason-adres-{first.party_id}"
    noor.post(f"/werk/zaken/{number}/partijen/{first.party_id}/adres-klopt", {field: "Gebeld: de bel deed het niet."})
    assert [one.id for one in read_print_queue(services, NOOR).ready] == [second.id]


@ON_SQLITE
def test_w12_a_better_address_lets_the_letters_go(services, number):
    first, second = rows(services, NoticeRow)
    act(services, NOOR, RegisterReturned(first.id, today(services)))
    with services.sessions.begin() as session:
        session.get_one(Party, first.party_id).address = "Nieuwstraat 2\n1234 AB Voorbeeldstad"
    assert [one.id for one in read_print_queue(services, NOOR).ready] == [second.id]


def correct(services, number, party, address) -> None:
    with services.sessions() as session:
        data = data_of(session.get_one(Party, party))
    act(services, NOOR, CorrectParty(number, party, replace(data, address=address), "Gebeld.", data.seen))
    drain(services)


@ON_SQLITE
@pytest.mark.parametrize("same_day", [False, True])
def test_w12_a_letter_to_an_older_address_holds_up_nothing_to_the_corrected_one(services, number, same_day):
    first, second = rows(services, NoticeRow)
    (before,) = [one.address for one in rows(services, Party, id=first.party_id)]
    days_later(services, 0 if same_day else 2)
    correct(services, number, first.party_id, BETTER)
    if same_day:  # an hour after somebody said that the first letter was sent
        with services.sessions.begin() as session:
            session.query(CorrectionRow).one().made_at += timedelta(hours=1)
    act(services, NOOR, RegisterReturned(first.id, today(services)))
    assert [one.id for one in read_print_queue(services, NOOR).ready] == [second.id]
    (told,) = [row.text for row in rows(services, NoteRow) if "kwam op" in row.text]
    assert "al verbeterd" in told
    correct(services, number, first.party_id, before)
    assert not read_print_queue(services, NOOR).ready


@ON_SQLITE
def test_w12_a_letter_to_the_corrected_address_that_comes_back_marks_that_one(services, number):
    first, second = rows(services, NoticeRow)
    days_later(services, 2)
    correct(services, number, first.party_id, BETTER)
    act(services, NOOR, ConfirmPosted(second.id))
    days_later(services, 2)
    act(services, NOOR, RegisterReturned(second.id, today(services)))
    assert rows(services, Party, id=first.party_id)[0].post_waits
    act(services, NOOR, RegisterReturned(first.id, today(services)))
    assert rows(services, Party, id=first.party_id)[0].post_waits


@ON_SQLITE
def test_w12_a_returned_letter_from_the_post_room_is_handled_with_it(services, number):
    item = int(act(services, NOOR, TakeInPost((NewPost("post", today(services), (stored(services, "retour.pdf"),)),))))
    noor = Browser(services, NOOR)
    noor.get(f"/werk/retourpost?kenmerk={reference(services)}&post={item}")
    noor.post("/werk/retourpost/kwam-terug", {"returned_on": today(services).isoformat()})
    (row,) = rows(services, PostItem)
    assert row.handled_as == "returned"
    assert rows(services, NoticeRow)[0].returned_on == today(services)


@ON_SQLITE
def test_w12_only_a_letter_that_was_sent_by_post_can_come_back_and_only_once(services, number):
    first, second = rows(services, NoticeRow)
    with pytest.raises(NotNow):
        act(services, NOOR, RegisterReturned(second.id, today(services)))
    act(services, NOOR, RegisterReturned(first.id, today(services)))
    with pytest.raises(AlreadyDone, match="kwam al terug"):
        act(services, PIET, RegisterReturned(first.id, today(services)))
    noor = Browser(services, NOOR)
    assert "Controleer het kenmerk." in noor.get("/werk/retourpost?kenmerk=XXX-2026-000001-D1")
    assert "Vul het kenmerk in" in noor.get("/werk/retourpost?kenmerk=geen")
