"""What the outcomes of several contested decisions come to together."""

import pytest

from processes.law.outcomes import together


@pytest.mark.parametrize(
    ("outcomes", "total"),
    [
        ((), None),
        (("ongegrond",), "ongegrond"),
        (("niet_ontvankelijk", "niet_ontvankelijk"), "niet_ontvankelijk"),
        (("gegrond", "niet_ontvankelijk"), "gegrond"),
        (("ongegrond", "niet_ontvankelijk", "ongegrond"), "ongegrond"),
        (("gegrond", "ongegrond"), "deels_gegrond"),
        (("deels_gegrond", "ongegrond", "niet_ontvankelijk"), "deels_gegrond"),
        (("gegrond", "deels_gegrond"), "deels_gegrond"),
    ],
)
def test_j11_the_outcomes_of_several_decisions_come_to_one(outcomes: tuple[str, ...], total: str | None) -> None:
    assert together(outcomes) == total
