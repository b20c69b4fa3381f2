"""The sentence that matters, in every state of a case."""

from datetime import date

import pytest

from processes.reads.citizen.words import Standing, answer_of, case_name, sentence

TODAY = date(2027, 1, 4)
DUE = date(2027, 1, 27)
PLAIN = {"name": "Uw bezwaar", "running": True, "answer": "een beslissing"}


@pytest.mark.parametrize(("standing", "expected"), [
    ({"started": True, "due": DUE},
     "Uw bezwaar is in behandeling. U krijgt uiterlijk woensdag 27 januari 2027 een beslissing."),
    ({"started": True, "due": TODAY},
     "Uw bezwaar is in behandeling. U krijgt uiterlijk maandag 4 januari 2027 een beslissing."),
    ({"started": True, "due": date(2027, 1, 3)},
     ("Uw bezwaar is nog in behandeling. U had uiterlijk zondag 3 januari 2027 een beslissing moeten krijgen. "
      "Dat is niet gelukt.")),
    ({"started": True, "waiting": True},
     "Uw bezwaar is in behandeling. Wij wachten nu op u. Tot die tijd staat onze termijn stil."),
    ({"started": True},
     "Uw bezwaar is in behandeling. Onze termijn staat nu stil. U hoort van ons wanneer hij weer verdergaat."),
    ({}, "Uw bezwaar is in behandeling."),
    ({"running": False, "closed_on": TODAY, "result": "Gegrond"},
     "Uw bezwaar is afgerond op maandag 4 januari 2027. Het resultaat is: Gegrond."),
    ({"running": False}, "Uw bezwaar is afgerond."),
])  # fmt: skip
def test_the_sentence_that_matters(standing: dict[str, object], expected: str) -> None:
    assert sentence(Standing(**(PLAIN | standing)), TODAY) == expected


@pytest.mark.parametrize(("title", "own", "expected"), [
    ("Bezwaar", True, "Uw bezwaar"),
    ("Voorlopige voorziening", True, "Uw voorlopige voorziening"),
    ("Woo-verzoek", True, "Uw Woo-verzoek"),
    ("Bezwaar", False, "Deze zaak (bezwaar)"),
])  # fmt: skip
def test_a_case_is_called_by_its_type(title: str, own: bool, expected: str) -> None:
    assert case_name(title, own=own) == expected


def test_only_a_term_of_a_decision_promises_a_decision() -> None:
    assert answer_of("Beslissing op bezwaar") == "een beslissing"
    assert answer_of("Afhandeling van de klacht") == "antwoord van ons"
