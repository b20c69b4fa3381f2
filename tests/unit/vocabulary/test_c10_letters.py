"""C10: each letter and mail of a shipped case type to citizens has its English, which says the same as the Dutch."""

import re
from dataclasses import replace

import pytest
from kit.cases import all_shipped
from kit.english import dutch_words

from engine import Folder, read_model
from engine.lint import lint
from engine.words import FixedRole, Recipient

SHIPPED = {folder.name: folder for folder in all_shipped()}
TAG = re.compile(r"\{[%{].*?[%}]\}")
ARTICLE = re.compile(r"\b\d+[:.]\d+\w?\b")
# they read Dutch: the people of the municipality, also whom a complaint is about, a court and another organisation
READ_DUTCH = {
    Recipient.HANDLER, Recipient.DECIDER, Recipient.DEPARTMENT, Recipient.DEPARTMENT_MANAGER, FixedRole.COURT, FixedRole.OTHER_BODY,
    "complained_about", "manager",
}  # fmt: skip
LETTERS = {
    f"{folder.name}/{name}": (folder.mails[name.replace(".en.", ".")].decode(), text.decode())
    for folder in SHIPPED.values()
    for name, text in folder.mails.items()
    if ".en." in name
}


@pytest.mark.parametrize("folder", SHIPPED.values(), ids=SHIPPED)
def test_c10_each_letter_to_citizens_has_its_english(folder: Folder) -> None:
    elements = read_model(folder.drawing).model.elements.values()
    sent = {one.mail.template for one in elements if one.mail and one.mail.to not in READ_DUTCH}
    told = sent | ({"ingetrokken"} & {name.removesuffix(".txt") for name in folder.mails})
    assert {f"{name}.en.txt" for name in told} - folder.mails.keys() == set()


@pytest.mark.parametrize("name", LETTERS)
def test_c10_it_says_the_same_values_conditions_and_articles(name: str) -> None:
    dutch, english = LETTERS[name]
    assert sorted(TAG.findall(english)) == sorted(TAG.findall(dutch))
    assert sorted(ARTICLE.findall(english)) == sorted(ARTICLE.findall(dutch))
    assert english.count("\n\n") == dutch.count("\n\n")
    assert dutch_words(TAG.sub("", english.removeprefix("Onderwerp:"))) == []


def test_c10_the_check_names_what_the_translation_alone_says() -> None:
    folder = SHIPPED["klacht"]
    spoilt = folder.mails["uitstel.en.txt"].replace(b"Thank you.", b"Thank you, {{ handler.name }}.")
    found = lint(replace(folder, mails={**folder.mails, "uitstel.en.txt": spoilt}), {})
    assert [one.element for one in found if one.code == "translation-other-places"] == ["mails/uitstel.en.txt"]
