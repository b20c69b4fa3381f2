"""The page of signing in says what it is for, by where somebody came from."""

import pytest
from kit.browser import Browser

from processes.storage.services import Services


@pytest.mark.parametrize(
    ("back", "words"),
    [
        ("/mijn", "Log in om uw zaken te zien"),
        ("/mijn/meedoen/ABCD-EFGH-JKLM", "Iemand vraagt u om mee te doen."),
        ("/mijn/koppelen", "Daarna typt u de code uit uw brief."),
        ("/mijn/taken/1", "De gemeente vraagt u iets."),
        ("/mijn/nieuw/bezwaar", "Log in om iets in te dienen."),
        ("https://elders.example/mijn/meedoen", "Log in om uw zaken te zien"),
    ],
)
def test_d10_who_signs_in_reads_what_for(services: Services, back: str, words: str) -> None:
    assert words in Browser(services).get(f"/inloggen?terug={back}")
