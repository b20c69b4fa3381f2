"""J4: a letter greets its reader as who that is, also when somebody joins later."""

from datetime import date

import pytest

from processes.post.joining import OthersLetter, words_for
from processes.post.recipients import greeting_of
from processes.storage.tables import Party

COURT = Party(role="court", name="Rechtbank Voorbeeldland")
TESS = Party(role="appellant", name="Tess Testeling")


@pytest.mark.parametrize(
    ("reader", "greeting"),
    [
        (TESS, "Beste Tess Testeling"),
        (COURT, "Geachte rechtbank"),
        (Party(role="other_body", name="het UWV"), "Geachte heer of mevrouw"),
    ],
)
def test_j4_a_court_and_another_organisation_are_not_greeted_by_name(reader, greeting):
    assert greeting_of(reader) == greeting


def test_j8_who_joins_is_not_greeted_as_the_court_that_got_the_letter_last():
    letter = OthersLetter(
        "AppealTold", "parties", "Hoger beroep", "Geachte rechtbank,\n\nDe rechtbank deed uitspraak.\n", "hoger-beroep",
        "correspondence", date(2026, 8, 20), COURT.name, greeting_of(COURT), (), None, receipt=False,
    )  # fmt: skip
    told = words_for(letter, Party(role="third_party", name="Yasmina el Voorbeeld"))
    assert told.startswith("Beste Yasmina el Voorbeeld,\n\nAnderen in deze zaak kregen deze brief op 20 augustus 2026.")
    assert told.endswith("Daarom krijgt u deze brief ook.\n\nDe rechtbank deed uitspraak.\n")
