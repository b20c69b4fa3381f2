"""A text for other eyes (J2): no way to reach somebody stays in it, and what only looks like one does."""

import pytest

from processes.base.contact_details import LEFT_OUT, OwnDetails, without_contact_details

OWN = OwnDetails("tess@post.example", "06 12345678", "Schuilhoek 7\n1234 AB Voorbeeldstad")

GOES = (
    "Mail tess@post.example",
    "Mail T.Testeling+werk@sub.ergens.example.",
    "Bel 06 12345678",
    "Bel 0612345678",
    "Bel +31 6 12 34 56 78",
    "Bel (020) 123 45 67",
    "Bel 0031-20-1234567",
    "Mijn BSN is 999993653",
    "Mijn BSN is 9999.93.653",
    "Ik woon op schuilhoek 7",
    "Ik woon op postcode 1234AB",
    "Ik woon in 1234 ab Voorbeeldstad",
)
STAYS = (
    "Het besluit PV-2026-000123 van 12-03-2026",
    "Zaak BZW-2026-000001",
    "Het kostte 1.250,75 euro, dat is 123456789 cent",
    "De hoek van de straat, nummer 7, 1234 stenen",
    "Om 9.05 uur op 14-02-2026",
    "Ik woon op Dorpsweg 9, 4321 CD Stad",
)


@pytest.mark.parametrize("text", GOES)
def test_j2_a_way_to_reach_somebody_is_left_out(text: str) -> None:
    made = without_contact_details(text, (OWN,))
    assert LEFT_OUT in made
    assert not any(sign.isdigit() for sign in made)
    assert "@" not in made


@pytest.mark.parametrize("text", STAYS)
def test_j2_what_only_looks_like_one_stays(text: str) -> None:
    assert without_contact_details(text, (OWN,)) == text


def test_j2_an_address_that_is_not_secret_stays() -> None:
    assert without_contact_details("Ik woon op Schuilhoek 7", (OwnDetails(),)) == "Ik woon op Schuilhoek 7"
