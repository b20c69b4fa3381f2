"""W9: letters are tried for printing, printed as one stack in order, confirmed as sent together, and go back after a jam."""

from io import BytesIO

import pytest
from kit.cases import add_departments, put_in_use, rows, today
from kit.letter_types import PLAIN, on_paper
from kit.people import NOOR, PIET, known
from kit.small_types import register
from pypdf import PdfReader

from processes.actions import act
from processes.actions.post import ConfirmPosted
from processes.actions.printing import BackInQueue, MakeBatch
from processes.actions.tasks import CompleteTask
from processes.base.errors import AlreadyDone, Invalid
from processes.jobs.workers import drain
from processes.reads.workbench import print_file, print_labels, read_print_batch, read_print_queue
from processes.storage.tables import TaskRow

ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
GOOD = 3
WRONG = {
    "Proefstraat 1\nVoorbeeldstad": "postcode",
    "a\nb\nc\nd\ne\n1000 AA X": "te veel regels",
}


@pytest.fixture
def printed(services):
    """Letters to print: three that can be, and one for each thing that is wrong."""
    for one in (NOOR, PIET):
        known(services, one)
    add_departments(services, "wonen")
    put_in_use(services, PLAIN.folder())
    readers = [on_paper(number) for number in range(GOOD)]
    register(
        services, "proef", (*readers, *(on_paper(10 + at, address) for at, address in enumerate(WRONG))), values={}
    )
    (task,) = rows(services, TaskRow, element="Work", state="open")
    act(services, NOOR, CompleteTask(task.id, {"place": "het stadhuis"}))
    drain(services)
    return services


def ready(services):
    return tuple(letter.id for letter in read_print_queue(services, NOOR).ready)


def pages(content):
    """The text of each page, without the sheets with a code behind first letters (C9)."""
    found = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    return [text for text in found if "Uw code voor zaak" not in text]


@ON_SQLITE
def test_w9_what_is_in_the_way_of_a_letter_is_named_before_it_is_printed(printed):
    page = read_print_queue(printed, NOOR)
    assert len(page.ready) == GOOD
    for letter, words in zip(page.wrong, WRONG.values(), strict=True):
        assert words in " ".join(letter.problems)


@ON_SQLITE
def test_w9_a_stack_is_one_pdf_in_its_order_with_a_cover_and_goes_on_after_a_jam(printed):
    chosen = tuple(reversed(ready(printed)))
    batch = int(act(printed, NOOR, MakeBatch(chosen)))
    cover, *letters = pages(print_file(printed, NOOR, batch).content)
    assert "Stapel" in cover
    assert [f"Bram Papier {number}" in text for number, text in zip((2, 1, 0), letters, strict=True)] == [True] * GOOD
    assert len(pages(print_file(printed, NOOR, batch, 3).content)) == 1 + 1
    (labels,) = pages(print_labels(printed, NOOR, batch).content)
    assert labels.index("Bram Papier 2") < labels.index("Bram Papier 0")


def test_w9_two_who_take_the_same_letters_do_not_print_them_twice(printed):
    chosen = ready(printed)
    first = int(act(printed, NOOR, MakeBatch(chosen[:2])))
    second = int(act(printed, PIET, MakeBatch(chosen)))
    assert [letter.id for letter in read_print_batch(printed, NOOR, first).letters] == list(chosen[:2])
    assert [letter.id for letter in read_print_batch(printed, NOOR, second).letters] == [chosen[2]]
    with pytest.raises(AlreadyDone):
        act(printed, PIET, MakeBatch(chosen))
    with pytest.raises(Invalid):
        act(printed, PIET, MakeBatch(()))


@ON_SQLITE
def test_w9_what_did_not_go_is_in_the_queue_again_and_what_was_sent_stays(printed):
    chosen = ready(printed)
    batch = int(act(printed, NOOR, MakeBatch(chosen)))
    act(printed, NOOR, ConfirmPosted(chosen[0], today(printed)))
    act(printed, NOOR, BackInQueue(batch, chosen))
    assert ready(printed) == chosen[1:]
    assert [letter.id for letter in read_print_batch(printed, NOOR, batch).letters] == [chosen[0]]
