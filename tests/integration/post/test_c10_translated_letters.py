"""C10: who reads English gets the letter with a translation, as far as the case type has one; the Dutch letter counts."""

from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import add_departments, put_in_use, rows
from kit.english import dutch_on, dutch_words
from kit.letter_types import MAILS, PROEF
from kit.people import ILSE, NOOR, TESS, known
from kit.small_types import register
from pdf_kit import read

from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.actions.writing import EditLetter, SendLetter
from processes.jobs.workers import drain
from processes.storage.tables import Case, DocumentRow, LetterRow, MailRow, NoticeRow, TaskRow

ENGLISH = "Onderwerp: Your case {{ case.number }}\n\n{{ recipient.greeting }},\n\nThe talk is in {{ place }}.\n\nYours sincerely,\n\n{{ signature }}\n"
BOTH = replace(PROEF, mails={**MAILS, "brief.en.txt": ENGLISH})
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
DATA = (
    "het stadhuis",
    "het college van burgemeester en wethouders van Voorbeeldstad",
    "namens het college van burgemeester en wethouders van Voorbeeldstad",
    "Gemeente Voorbeeldstad",
    "Nederlands",
    "op werkdagen van 9.00 tot 17.00 uur",
    "Uw zaak PRF",
)


def waiting(services, sketch=BOTH):
    """A letter to Tess, who reads English, and to Ilse, which waits."""
    known(services, NOOR)
    add_departments(services, "wonen")
    put_in_use(services, sketch.folder())
    register(services, "proef", (replace(TESS, language="en", email="tess@post.example"), ILSE), values={})
    (task,) = rows(services, TaskRow, element="Work", state="open")
    act(services, NOOR, CompleteTask(task.id, {"place": "het stadhuis"}))
    return rows(services, LetterRow)[-1]


def sent(services):
    letter = rows(services, LetterRow)[-1]
    act(services, NOOR, SendLetter(letter.id, letter.version, ""))
    drain(services)
    return rows(services, NoticeRow)


@ON_SQLITE
def test_c10_the_translation_goes_with_the_letter_to_who_reads_english_alone(services):
    waiting(services)
    tess, ilse = sent(services)
    assert ilse.translation is None
    assert tess.subject.startswith("Uw zaak")  # the letter itself stays Dutch
    assert tess.translation["subject"].startswith("Your case")
    assert tess.translation["body"].startswith(f"Dear {TESS.name},\n\nThe talk is in het stadhuis.\n")
    (document,) = rows(services, DocumentRow, id=tess.document_id)
    text = read(b"".join(services.files.read(document.blob, document.file_key)))
    assert "Het gesprek is in het stadhuis." in text
    assert text.index("The Dutch letter is decisive") > text.index("Het gesprek")
    (mail,) = [one for one in rows(services, MailRow) if one.notice_id == tess.id]
    assert f"Your case {rows(services, Case)[0].number}." in mail.body
    assert dutch_words(f"{mail.subject} {mail.body}", (*DATA, "/mijn/zaken")) == []


@ON_SQLITE
def test_c10_on_the_portal_it_stands_below_the_letter(services):
    waiting(services)
    tess, _ = sent(services)
    page = Browser(services, TESS).get(f"/mijn/zaken/{rows(services, Case)[0].number}/brieven/{tess.id}?taal=en")
    assert page.index("Het gesprek is in het stadhuis") < page.index("The talk is in het stadhuis")
    assert dutch_on(page, DATA) == []


@ON_SQLITE
def test_c10_words_that_somebody_changed_have_no_translation(services):
    letter = waiting(services)
    act(
        services, NOOR, EditLetter(letter.id, 1, "Kom om tien uur.", tuple(one.id for one in rows(services, NoticeRow)))
    )
    assert [one.translation for one in sent(services)] == [None, None]


@ON_SQLITE
def test_c10_a_case_type_without_english_gives_the_dutch_letter_alone(services):
    waiting(services, PROEF)
    assert [one.translation for one in sent(services)] == [None, None]


def asked_later(services, number: str, notice: NoticeRow) -> str:
    """The page of a letter that went to Ilse in Dutch alone, after she asked for English."""
    ilse = Browser(services, ILSE)
    page = ilse.get(f"/mijn/zaken/{number}/brieven/{notice.id}?taal=en")
    assert ("Make an English translation" in page, "The talk is in" in page) == (True, False)
    ilse.post(f"/mijn/zaken/{number}/brieven/{notice.id}/vertaling")
    return ilse.get(f"/mijn/zaken/{number}/brieven/{notice.id}")


@ON_SQLITE
def test_c10_who_reads_english_later_asks_for_the_translation_of_a_letter_of_before(services):
    waiting(services)
    _, ilse = sent(services)
    number = rows(services, Case)[0].number
    page = asked_later(services, number, ilse)
    assert "Make an English translation" not in page
    assert page.index("Het gesprek is in het stadhuis") < page.index("The talk is in het stadhuis")
    assert "The Dutch letter is decisive" in page
    assert "The talk is in" not in Browser(services, ILSE).get(f"/mijn/zaken/{number}/brieven/{ilse.id}"), "in Dutch"
    assert "The talk is in het stadhuis" in Browser(services, NOOR).get(f"/werk/zaken/{number}/brieven")


@ON_SQLITE
def test_c10_there_is_none_when_the_letter_would_say_something_else_now(services):
    waiting(services)
    _, ilse = sent(services)
    number = rows(services, Case)[0].number
    with services.sessions.begin() as session:
        session.get_one(NoticeRow, ilse.id).body = ilse.body.replace("het stadhuis", "de raadzaal")
    reader = Browser(services, ILSE)
    reader.get(f"/mijn/zaken/{number}/brieven/{ilse.id}?taal=en")
    page = reader.post(f"/mijn/zaken/{number}/brieven/{ilse.id}/vertaling", status=409)
    assert "We cannot make a translation of this letter" in page
    assert dutch_on(page, DATA) == []
    assert rows(services, NoticeRow, id=ilse.id)[0].translation is None


@ON_SQLITE
def test_c10_nobody_asks_for_the_letter_of_another(services):
    waiting(services)
    tess, ilse = sent(services)
    number = rows(services, Case)[0].number
    reader = Browser(services, ILSE)
    page = reader.get(f"/mijn/zaken/{number}/brieven/{ilse.id}?taal=en")
    assert "Make an English translation" in page
    held = reader.held(f"/mijn/zaken/{number}/brieven/{ilse.id}/vertaling")
    reader.post(f"/mijn/zaken/{number}/brieven/{tess.id}/vertaling", held, status=404)


@ON_SQLITE
def test_c10_a_case_type_without_english_offers_no_translation(services):
    waiting(services, PROEF)
    _, ilse = sent(services)
    page = Browser(services, ILSE).get(f"/mijn/zaken/{rows(services, Case)[0].number}/brieven/{ilse.id}?taal=en")
    assert "Make an English translation" not in page
