"""C10: each mail of ours to citizens has an English text that says the same."""

from datetime import UTC, date, datetime

import pytest
from kit.english import dutch_words

from processes.base.letterhead import CONTACT
from processes.law.remedies import REMEDY_TEXTS
from processes.post.standard import citizens, english_mails, persons, reopening
from processes.post.standard.english_blocks import block_in
from processes.post.standard.in_english import letter_for, mail_for
from processes.post.templates import names_in, parse_template, render

TEXTS = {
    f"{module.__name__.rpartition('.')[2]}.{name}{one}": text
    for module in (citizens, persons, reopening)
    for name, told in vars(module).items()
    if name.isupper() and not name.startswith("_")
    for one, text in (told.items() if isinstance(told, dict) else [("", told)])
    if isinstance(text, bytes)
}
# sentences by which the program explains a penalty
IN_DUTCH_ALONE = {"explanation", "why"}


@pytest.mark.parametrize("name", TEXTS)
def test_c10_each_text_for_citizens_says_the_same_in_english(name):
    dutch = TEXTS[name]
    english = letter_for(dutch, "en") or mail_for(dutch, "en")
    assert letter_for(dutch, "nl") is None
    assert names_in(english.decode()) == names_in(dutch.decode()) - IN_DUTCH_ALONE
    assert dutch_words(english.decode().removeprefix("Onderwerp:")) == []


def test_c10_each_kind_of_news_has_its_sentence_in_english():
    assert english_mails.NEWS_IN_WORDS.keys() == citizens.NEWS_IN_WORDS.keys()


@pytest.mark.parametrize("block", [CONTACT, *REMEDY_TEXTS.values()])
def test_c10_a_block_that_comes_along_has_english_and_another_stays(block):
    assert names_in(block_in(block, "en")) == names_in(block)
    assert block_in(block, "en") != block == block_in(block, "nl")
    assert block_in(f"{block} Kom langs.", "en") == f"{block} Kom langs."


def test_c10_days_numbers_and_lists_are_written_as_in_english():
    text = "{{ day | date }}, {{ moment | datetime }}, {{ number }}, {{ yes }}, {{ names }}"
    facts = {
        "day": date(2027, 2, 14),
        "moment": datetime(2027, 2, 14, 8, 5, tzinfo=UTC),
        "number": 1.5,
        "yes": True,
        "names": ("A", "B", "C"),
    }
    assert parse_template(text).fill(facts, "en") == "14 February 2027, 14 February 2027 at 9:05, 1.5, yes, A, B and C"
    assert parse_template(text).fill(facts) == "14 februari 2027, 14 februari 2027 om 9.05 uur, 1,5, ja, A, B en C"
    assert render(b"Onderwerp: Hello\n\n{{ day | date }}", facts, "en").language == "en"
