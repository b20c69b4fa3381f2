"""Papers for the court alone (Awb 8:29), incidental appeal (Awb 8:110), and letters about several contested decisions: as played."""

from collections.abc import Iterator

import pytest
from kit.letters import printed, wrong
from kit.played import Played, played
from sqlalchemy import select

from processes.storage.tables import DocumentRow, NoticeRow, Party

SECRET = ("anonieme-melding.pdf", "medisch-advies.pdf")
DECISIONS = "deze besluiten:\n- Parkeervergunning geweigerd (BZW-2025-91)\n- Tarief van de vergunning (BZW-2025-92)"


@pytest.fixture(scope="module")
def restricted() -> Iterator[Played]:
    with played("beroep", "beperkte-kennisneming.yaml") as found:
        yield found


def test_j6_papers_for_the_court_alone_go_with_a_letter_of_their_own_that_says_why(restricted):
    letter = restricted.letter("beperkte-kennisneming", "court")
    assert [one["title"].partition(": ")[2] for one in letter.enclosures] == list(SECRET)
    assert all(one["joined"] for one in letter.enclosures)
    assert "loopt gevaar als zijn naam bekend wordt." in letter.body
    assert "artikel 8:29 van de Algemene wet bestuursrecht" in letter.body


def test_j6_the_letter_with_secret_papers_is_as_secret_as_they_are(restricted):
    letter = restricted.letter("beperkte-kennisneming", "court")
    assert "medisch-advies.pdf" in "".join(restricted.pages(letter))
    document = restricted.session.get_one(DocumentRow, letter.document_id)
    assert (document.type, document.confidentiality) == ("withheld", "vertrouwelijk")


def test_j6_no_other_letter_names_a_paper_for_the_court_alone(restricted):
    letters = restricted.session.scalars(select(NoticeRow).join(Party, Party.id == NoticeRow.party_id)).all()
    others = [one for one in letters if not one.template.startswith("beperkte-kennisneming")]
    assert others
    for one in others:
        titles = [each["title"] for each in one.enclosures or ()]
        assert not [name for name in SECRET if name in one.body or name in str(titles)], one.template
    open_set = restricted.letter("indiening", "court")
    assert "Enkele stukken sturen wij u apart, met een eigen brief." in open_set.body


def test_j6_after_the_ruling_what_is_filed_openly_goes_to_the_court_and_the_rest_stays_secret(restricted):
    letter = restricted.letter("beperkte-kennisneming-antwoord", "court")
    assert [one["title"].partition(": ")[2] for one in letter.enclosures] == ["anonieme-melding.pdf"]
    assert "De melding dienen wij nu openlijk in." in letter.body
    rows = {
        row.title: row for row in restricted.session.scalars(select(DocumentRow).where(DocumentRow.title.in_(SECRET)))
    }
    assert [(rows[one].type, rows[one].on_portal) for one in SECRET] == [("opened", True), ("withheld", False)]


def test_j6_an_incidental_appeal_is_told_to_every_party_with_whose_appeal_it_follows():
    with played("beroep", "incidenteel-hoger-beroep.yaml") as found:
        letter = found.letter("incidenteel-hoger-beroep", "appellant")
    assert "ging de eiser op 18 december 2026 in hoger beroep bij de Afdeling bestuursrechtspraak." in letter.body
    assert "op 22 februari 2027 zelf ook hoger beroep ingesteld" in letter.body
    assert "Het ging over dit besluit:\n- Parkeervergunning geweigerd" in letter.body  # there is but one (J3)


def test_j3_letters_of_an_appeal_against_several_decisions_say_so(restricted):
    restricted.session.commit()  # SQLite knows one transaction at a time
    letters = list(printed(restricted.services))
    mail = next(one for one in letters if one.template == "stukkenverzoek")
    assert f"over {DECISIONS.replace('besluiten:', 'besluiten van uw afdeling:')}" in mail.body
    assert wrong(letters) == {}
