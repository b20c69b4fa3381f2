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
