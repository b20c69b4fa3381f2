"""W9: what is in the way of printing and folding a letter behind the window of an envelope."""

import pytest

from processes.post import printable
from processes.post.printable import address_problems

LONG = "Vereniging tot behoud van het groen in de hele binnenstad"


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("Proefstraat 1\n1000 AA Voorbeeldstad", None),
        ("Proefstraat 1\n1000AA Voorbeeldstad", None),
        ("Musterweg 3\n80331 München\nDUITSLAND", None),
        ("", printable.NO_ADDRESS),
        (" \n ", printable.NO_ADDRESS),
        ("Proefstraat 1\nVoorbeeldstad", printable.NO_POSTCODE),
        ("Proefstraat 1\n0100 AA Voorbeeldstad", printable.NO_POSTCODE),
        ("Proefstraat 1\n1000 SS Voorbeeldstad", printable.NO_POSTCODE),
        (f"{LONG}\n1000 AA Voorbeeldstad", printable.TOO_LONG),
        ("a\nb\nc\nd\ne\n1000 AA Voorbeeldstad", printable.TOO_MANY),
    ],
)
def test_w9_an_address_fits_the_window_or_it_is_said_why_not(address, problem):
    assert list(address_problems("Bram van Proefhuizen", address)) == ([problem] if problem else [])


def test_w9_a_long_name_does_not_fit_either():
    assert list(address_problems(LONG, "Proefstraat 1\n1000 AA Voorbeeldstad")) == [printable.TOO_LONG]
