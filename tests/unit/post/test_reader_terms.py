"""J14: what the mail about a letter says of its terms is what the letter says (Awb 2:10(2))."""

import pytest

from processes.post.reader_terms import ReaderTerms, terms_of_reader

ANSWER = {
    "Wanneer moet dit bij ons zijn?\nUiterlijk op 13 april 2026. U kunt uw aanvulling sturen.": "13 april 2026",
    "Laat het ons uiterlijk op 30 maart 2026 weten.": "30 maart 2026",
    "U mag op deze feiten reageren. Reageer uiterlijk op 1 juni 2026, per brief.": "1 juni 2026",
    "Laat ons dat weten via https://stad.example/mijn of met een brief, uiterlijk op 2 mei 2026.": "2 mei 2026",
    "Wilt u stukken sturen? Zorg dat die uiterlijk op 19 maart 2026 bij ons zijn.": "19 maart 2026",
    # a promise of the municipality, and a term of somebody else
    "U krijgt de beslissing uiterlijk op 7 mei 2026.": "",
    "Laat het ons weten. U krijgt de beslissing uiterlijk op 7 mei 2026.": "",
    "De ander kan reageren tot en met 23 maart 2026.": "",
    "De beslissing komt uiterlijk op 18 juni 2026.": "",
}


@pytest.mark.parametrize(("text", "day"), ANSWER.items())
def test_j14_a_day_to_answer_is_one_that_the_letter_asks_of_its_reader(text, day):
    assert terms_of_reader(text) == ReaderTerms(answer_by=day)


@pytest.mark.parametrize("what", ["bezwaar maken", "in beroep gaan"])
def test_j14_the_last_day_against_a_decision_is_that_of_its_remedy(what):
    assert terms_of_reader(f"U kunt dus {what} tot en met 20 mei 2026.") == ReaderTerms(object_by="20 mei 2026")
    assert terms_of_reader(f"Tegen deze brief kunt u niet {what}.") == ReaderTerms()
