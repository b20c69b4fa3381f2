"""T10: the draft of the data protection impact assessment follows AVG art. 35(7), and names only tests and files that exist."""

import re
from pathlib import Path

import pytest

from tools.open_points import names_of_tests

ROOT = Path(__file__).parents[3]
DRAFT = (ROOT / "docs" / "dpia.md").read_text()
ASKED = (  # by art. 35(7), under a, b, c and d
    "a. Beschrijving van de verwerkingen en de doelen",
    "b. Noodzaak en evenredigheid",
    "c. Risico's voor de rechten en vrijheden van betrokkenen",
    "d. Maatregelen",
)
TESTS = sorted(set(re.findall(r"`(test_\w+)`", DRAFT)))
PLACES = sorted(set(re.findall(r"`((?:processes|portal|engine)/[\w/.]+)`", DRAFT)))


def test_t10_the_headings_are_those_of_the_article_in_its_order() -> None:
    headings = re.findall(r"^## (.+)$", DRAFT, re.MULTILINE)
    assert [one for one in headings if one in ASKED] == list(ASKED)


def test_t10_every_test_that_is_named_exists() -> None:
    assert len(TESTS) > 30
    assert sorted(set(TESTS) - names_of_tests()) == []


@pytest.mark.parametrize("place", PLACES)
def test_t10_every_place_in_the_program_exists(place: str) -> None:
    assert (ROOT / place).exists()


def test_t10_each_risk_has_a_measure_and_each_measure_its_test() -> None:
    risks = set(re.findall(r"^\| (\d+) \| ", DRAFT.split("## c. ")[1].split("## d. ")[0], re.MULTILINE))
    measures = re.findall(r"^\| (\d+) \| (.+)$", DRAFT.split("## d. ")[1], re.MULTILINE)
    assert risks == {number for number, _ in measures}
    assert [text for _, text in measures if "`test_" not in text] == []
