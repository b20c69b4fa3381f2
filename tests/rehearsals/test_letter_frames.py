"""Letters of played cases: who decides, for whom, with which remedy (Awb 3:45, 6:23, 7:13(7), 9:9, 9:12, 10:10)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.played import Played, played
from sqlalchemy import select

from processes.storage.tables import AuditRow

HOME = Path(__file__).parents[2] / "bpmn"
COLLEGE = "het college van burgemeester en wethouders van Voorbeeldstad"


@pytest.fixture(scope="module")
def committee() -> Iterator[Played]:
    with played("bezwaar", "commissie.yaml") as found:
        yield found


def test_j4_the_decision_names_the_body_and_who_decided_in_its_name(committee):
    letter = committee.letter("beslissing", "objector")
    assert f"De beslissing is genomen door Beslisser, namens {COLLEGE}." in letter.body
    assert letter.body.rstrip().endswith(f"Met vriendelijke groet,\n\nnamens {COLLEGE},\nBeslisser")


def test_j4_the_decision_names_the_court_its_address_the_last_day_and_how(committee):
    letter = committee.letter("beslissing", "objector")
    for words in (
        "Raakt deze beslissing u rechtstreeks?",
        "een brief aan Rechtbank Voorbeeldland, sector bestuursrecht, Postbus 2, 1000 AC Voorbeeldstad",
        "Doe dat binnen zes weken.",
        "via www.rechtbank-voorbeeldland.example",
    ):
        assert words in letter.body
    assert ("U kunt dus in beroep gaan tot en met" in letter.body) == (letter.sent_on is not None)


def test_j4_the_letter_of_a_decision_holds_the_advice_and_lists_its_enclosures(committee):
    letter = committee.letter("beslissing", "objector")
    titles = [one["title"] for one in letter.enclosures]
    assert "Advies van de commissie: advies.pdf" in titles
    pages = committee.pages(letter)
    assert "Bijlagen" in "".join(pages)
    assert all(title in "".join(pages) for title in titles)


def test_j4_each_letter_says_who_sends_it_and_whom_to_call(committee):
    letter = committee.letter("commissie", "objector")
    (page, *_) = committee.pages(letter)
    for words in ("Postbus 1", "Voorbeeldplein 1", "14 0999", "Behandelaar"):
        assert words in page.replace("\n", " ")
    assert f"namens {COLLEGE},\n" in letter.body


@pytest.fixture(scope="module")
def college() -> Iterator[Played]:
    with played("bezwaar", "college.yaml") as found:
        yield found


def test_j4_a_decision_of_the_college_itself_names_its_meeting_and_is_signed_by_it(college):
    letter = college.letter("beslissing")
    assert f"De beslissing is genomen door {COLLEGE}, op 10 maart 2026." in letter.body
    assert letter.body.rstrip().endswith(
        "Het college van burgemeester en wethouders van Voorbeeldstad,\n"
        "Sietse Schrijver, gemeentesecretaris\nBente Burger, burgemeester"
    )


def test_j4_who_decided_stands_in_the_audit_trail(college):
    (detail,) = college.session.scalars(select(AuditRow.detail).where(AuditRow.action == "decided"))
    assert {word: detail[word] for word in ("by", "body", "day")} == {
        "by": "college", "body": "college", "day": "2026-03-10",
    }  # fmt: skip


def test_j4_a_draft_that_was_sent_back_is_not_enclosed(college):
    letter = college.letter("beslissing")
    assert [one["title"] for one in letter.enclosures] == ["Beslissing op bezwaar: beslissing.pdf"]


@pytest.fixture(scope="module")
def complaint() -> Iterator[Played]:
    with played("klacht", "commissie.yaml") as found:
        yield found


def test_j4_the_judgment_names_the_ombudsman_and_encloses_the_advice(complaint):
    letter = complaint.letter("oordeel")
    assert "Dan kunt u naar de Ombudsman van Voorbeeldland. Doe dat binnen een jaar." in letter.body
    assert f"Het oordeel is gegeven door Beslisser, namens {COLLEGE}." in letter.body
    assert "Advies van de commissie: advies.pdf" in [one["title"] for one in letter.enclosures]


def test_j4_the_person_complained_about_gets_the_copy_that_was_shared_and_no_more(complaint):
    letter = complaint.letter("afschrift")
    assert [one["title"] for one in letter.enclosures] == ["Afschrift zonder contactgegevens: klacht-zonder-adres.pdf"]
