"""W9: the pages of a letter that waits, and of the print queue, as who works there goes through them."""

from kit.browser import Browser
from kit.cases import add_departments, days_ago, put_in_use, rows, today
from kit.letter_types import PLAIN, PROEF, on_paper
from kit.people import NOOR, SEM, TESS, known
from kit.small_types import register

from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.jobs.workers import drain
from processes.post.converting.docx_text import docx_text
from processes.post.converting.docx_writing import DOCX, docx_of
from processes.reads.workbench import read_print_batch, read_print_queue
from processes.storage.tables import Case, LetterRow, NoticeRow, TaskRow


def played(services, sketch, *parties):
    """A case of which the letter was due, to these readers."""
    for one in (NOOR, SEM):
        known(services, one)
    add_departments(services, "wonen")
    put_in_use(services, sketch.folder())
    register(services, "proef", parties, values={})
    (task,) = rows(services, TaskRow, element="Work", state="open")
    act(services, NOOR, CompleteTask(task.id, {"place": "het stadhuis"}))
    drain(services)


def test_w9_the_page_writes_puts_in_a_text_goes_to_word_and_back_asks_and_sends(services, noor: Browser, browser):
    played(services, PROEF, TESS, on_paper(1))
    (letter,), (case,) = rows(services, LetterRow), rows(services, Case)
    first, second = (notice.id for notice in rows(services, NoticeRow))
    here = f"/werk/zaken/{case.number}/concept/{letter.id}"
    mark = f"-{first}"
    assert "concept" in noor.get("/werk/concepten?van=alles")
    assert f"/concept/{letter.id}" in noor.get(f"/werk/zaken/{case.number}/brieven")
    assert "[aanhef]" in noor.get(here)
    everybody = {"mark": mark, f"copies{mark}": [str(first), str(second)]}
    page = noor.post(
        f"{here}/tekst",
        {
            **everybody,
            f"text{mark}": "[aanhef],\n\n[tekst]\n\nGroet",
            f"block{mark}": "text_block:contact",
            "stap": "invoegen",
        },
    )
    assert "Neem contact op met Noor Behandelaar" in page
    assert "Neem contact op" not in rows(services, NoticeRow)[0].body
    page = noor.post(f"{here}/tekst", {**everybody, f"text{mark}": "[aanhef],\n\nKom morgen.", "stap": "bewaren"})
    assert "Nieuw: </span>Kom morgen." in page
    word = noor.client.get(f"{here}/word?voor={first}").content
    assert docx_text(word, "brief.docx") == "[aanhef],\n\nKom morgen.\n"
    noor.get(here)
    page = noor.post(
        f"{here}/word", {"mark": mark}, files={f"file{mark}": ("brief.docx", docx_of("Kom overmorgen."), DOCX)}
    )
    assert "Kom overmorgen." in page
    assert rows(services, NoticeRow)[0].body.endswith("Kom morgen.\n")
    page = noor.post(
        f"{here}/word", {"mark": mark}, files={f"file{mark}": ("brief.docx", b"geen docx", DOCX)}, status=422
    )
    noor.get(here)
    page = noor.post(f"{here}/akkoord-vragen", {"whom-1": "sem", "due": today(services).isoformat()})
    assert "Het akkoord is gevraagd." in page
    sem = browser(SEM)
    assert f"/concept/{letter.id}" in sem.get("/werk")
    sem.get(here)
    assert "U heeft akkoord gegeven." in sem.post(f"{here}/akkoord")
    noor.get(here)
    assert "De brief is verstuurd." in noor.post(f"{here}/versturen")
    assert [one.held for one in rows(services, NoticeRow)] == [None, None]


def test_w9_a_stack_is_confirmed_in_one_press_for_all_or_some(services, noor: Browser):
    played(services, PLAIN, *(on_paper(number) for number in range(3)))
    noor.get("/werk/post")
    noor.post("/werk/post", {"notices": [str(one.id) for one in read_print_queue(services, NOOR).ready]})
    (batch,) = {notice.batch_id for notice in rows(services, NoticeRow) if notice.batch_id}
    assert "Geprint en verzonden op" in noor.get(f"/werk/post/{batch}")
    chosen = [letter.id for letter in read_print_batch(services, NOOR, batch).letters]
    page = noor.post(
        f"/werk/post/{batch}/verzonden",
        {"notices": [str(one) for one in chosen[:2]], "sent_on": today(services).isoformat()},
    )
    assert "De brieven zijn verzonden." in page
    assert [one.sent_on for one in rows(services, NoticeRow) if one.id in chosen] == [today(services)] * 2 + [None]
    sent = {"notices": [str(one) for one in chosen[:2]], "sent_on": days_ago(services, 1).isoformat()}
    page = noor.post(f"/werk/post/{batch}/verzonden", sent, status=422)  # as a colleague whose page is of before
    assert "Deze brieven waren al ingevuld, met een andere dag." in page
    assert [one.sent_on for one in rows(services, NoticeRow) if one.id in chosen] == [today(services)] * 2 + [None]
