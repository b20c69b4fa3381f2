"""A mail or letter of a draft and the recorded rehearsals in which it goes out: from the text to the case, and from the case to the text."""

import pytest
from kit.browser import Browser
from kit.filled_forms import send
from kit.people import FENNA

from processes.actions import act
from processes.actions.drafting import StartDraft
from processes.storage.services import Services

HOME = "/beheer/zaaktypen/klacht/ontwerp"
MAIL = f"{HOME}/brieven/tekst"
LETTER = f"{MAIL}/ontvangstbevestiging"


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s12_a_letter_is_shown_as_it_goes_out_and_is_changed_from_there(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    fenna = Browser(services, FENNA)
    page = fenna.get(f"{LETTER}?repetitie=ingetrokken")
    sent = page.partition("Speel en laat zien")[2]
    assert "Tess Testeling" in sent
    assert "KLA-" in sent
    assert "In deze repetitie gaat deze tekst niet uit" in fenna.get(f"{MAIL}/oordeel?repetitie=ingetrokken")
    fenna.get(f"{LETTER}?repetitie=bestaat-niet", 404)
    there = f"{LETTER}?van=ingetrokken&stap=1"
    assert f'href="{there}"' in fenna.get(f"{HOME}/repetities/ingetrokken?stap=1")
    page = send(fenna, there, {"text": "Onderwerp: Uw klacht\n\nWij hebben uw klacht."})
    assert "Bewaard" in page
    assert f'href="{HOME}/repetities/ingetrokken?stap=1"' in page
    assert "elders.example" not in fenna.get(f"{LETTER}?van=https://elders.example&stap=1")
