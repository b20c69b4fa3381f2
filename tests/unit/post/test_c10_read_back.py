"""C10: what stood in a letter is read back out of its text, so that its translation says the same, whatever changed since."""

from datetime import date

import pytest

from processes.post.read_back import Readings, changed, read_back, said_again
from processes.post.templates import parse_template

DUTCH = parse_template(
    "\nBeste {{ name }},\n\nU hoort van ons op {{ day|date }}.{% if late %} Dat is later dan {{ before|date }}.{% endif %}\n"
    "{% if paid %}\nU krijgt {{ amount }}.\n{% endif %}\nHet college\n"
)
ENGLISH = parse_template(
    "\nDear {{ name }},\n\n{% if late %}Later than {{ before|date }}: {% endif %}you will hear from us on {{ day|date }}.\n"
    "{% if paid %}\nYou get {{ amount }}.\n{% endif %}\nThe executive\n"
)
THEN = {
    "name": "Tess",
    "day": date(2027, 3, 1),
    "late": True,
    "before": date(2027, 2, 1),
    "paid": False,
    "amount": "€ 10",
}
NOW = {"name": "Tess", "day": date(2027, 5, 4), "late": False, "before": None, "paid": True, "amount": "€ 25"}


def said(text: str, now: dict[str, object] = NOW) -> set[str]:
    found = read_back(DUTCH, text, now, Readings())
    return {said_again(ENGLISH, now, changed(one, now), "en").strip() for one in found}


def test_c10_days_and_conditions_are_those_of_the_letter() -> None:
    (english,) = said(DUTCH.fill(THEN).strip())
    assert english == "Dear Tess,\n\nLater than 1 February 2027: you will hear from us on 1 March 2027.\nThe executive"


def test_c10_what_did_not_change_is_said_as_it_is_now() -> None:
    assert said(DUTCH.fill(NOW).strip()) == {ENGLISH.fill(NOW, "en").strip()}


@pytest.mark.parametrize("text", [
    DUTCH.fill({**THEN, "name": "Ilse"}).strip(),  # another value than a day or an amount
    DUTCH.fill(THEN).strip().replace("U hoort", "U leest"),  # words that somebody changed
    f"{DUTCH.fill(THEN).strip()} Groeten",
    "",
])  # fmt: skip
def test_c10_a_text_that_is_another_one_is_not_read(text: str) -> None:
    assert said(text) == set()


def test_c10_a_text_that_can_be_read_in_too_many_ways_is_not_read() -> None:
    template = parse_template("".join(f"{{% if a{at} %}} ja{{% endif %}}" for at in range(30)))
    facts = {f"a{at}": False for at in range(30)}
    assert read_back(template, "x" + " ja" * 15, facts, Readings()) == []
    assert read_back(template, " ja" * 15, facts, Readings()) == []
