"""The checks that read every printed letter (tests/kit/letters.py) each find what they are for."""

from dataclasses import replace
from datetime import date

import pytest
from kit.letters import CHECKS, Printed, wrong

FRAME = dict.fromkeys(("organisation", "body", "postal_address", "phone", "contact", "contact_phone"), "x")
BODY = """Beste Tess Testeling,

Wij hebben iets bekeken.

Wat nu?
U krijgt bericht uiterlijk op 8 mei 2026.

Heeft u vragen?
Neem contact op met Noor, telefoon 14 0999.

Met vriendelijke groet,

namens het college van Voorbeeldstad,
Noor
"""
GOOD = Printed("bezwaar", "bericht", True, "objector", "Bericht", BODY, date(2026, 5, 1), (), FRAME)
FAULTS = {
    "nothing is empty": {"body": BODY.replace("iets bekeken", "bekeken: ")},
    "no past day is promised": {"made_on": date(2026, 5, 9)},
    "no stiff pronoun": {"body": BODY.replace("U krijgt bericht", "Daarom krijgt u hem, uiterlijk op 8 mei 2026. U krijgt bericht")},
    "what it says is done is done": {"body": BODY.replace("iets bekeken", "uw brief vandaag doorgestuurd")},
    "somebody sends it": {"frame": {**FRAME, "contact_phone": ""}},
    "it is signed": {"body": BODY.replace("\n\nnamens het college van Voorbeeldstad,\nNoor", "\nGemeente Voorbeeldstad")},
    "a decision names a remedy": {"template": "beslissing"},
    "what belongs to it is with it": {"body": BODY.replace("iets bekeken", "beslist. De beslissing hoort bij deze brief")},
    "nobody sent more along than there is": {"body": BODY.replace("iets bekeken", "iets bekeken. De klager stuurde stukken mee")},
    "its reader is not somebody else": {"body": BODY.replace("U krijgt bericht", "Tess Testeling krijgt bericht")},
    "its sentences begin with a capital": {"body": BODY.replace("iets bekeken", "iets bekeken. het college stemt in")},
    "its reader is greeted as who it is": {"to": "court"},
    "its reader can call": {"body": BODY.replace(", telefoon 14 0999", "")},
    "its headings stand free": {"body": BODY.replace("bekeken.\n\n", "bekeken.\n")},
}  # fmt: skip


def test_j3_a_good_letter_passes_every_check():
    assert wrong([GOOD]) == {}
    assert FAULTS.keys() == CHECKS.keys()


@pytest.mark.parametrize(("name", "fault"), FAULTS.items(), ids=FAULTS.keys())
def test_j3_each_check_finds_its_own_fault_and_nothing_else(name, fault):
    assert wrong([replace(GOOD, **fault)]).keys() == {name}
    assert wrong([replace(GOOD, **fault, held=("Dit klopt niet.",))]) == {}
