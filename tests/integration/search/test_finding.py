"""What people type in the search box, and the cases that it finds, on each kind of database."""

from dataclasses import replace
from datetime import date

import pytest
from kit.barring import barred_in
from kit.people import known
from search_kit import ADA, NOOR, PIET, add, case_of, found, register
from sqlalchemy import select

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.documents import RemoveDocument
from processes.base.actor import Actor
from processes.base.folding import asked_of, meets, words_of
from processes.reads.workbench import Filter, read_cases
from processes.storage.tables import Case, CaseAccess, DocumentRow, DocumentText, Party, SearchRow
from processes.storage.words import SearchKind

PEOPLE = {
    "diaz": ("José Díaz",),
    "sahin": ("Ömer Şahin",),
    "zoe": ("Zoe\u0308 Proefneming",),
    "vries": ("Anna Jansen-de Vries", "Bo Pietersen"),
    "ancona": ("Mia d’Ancona",),
    "brien": ("Liam OBrien",),
    "initialen": ("J. Bakkersma",),
    "grens": ("王芳",),
}
TYPED = {
    "jose": {"diaz"},
    "JOSÉ": {"diaz"},
    "diaz jose": {"diaz"},
    "şahin": {"sahin"},
    "sahin omer": {"sahin"},
    "ŞAHİN": {"sahin"},
    "Zoë": {"zoe"},
    "Zoe\u0308": {"zoe"},
    "zoe proef": {"zoe"},
    "vries jansen": {"vries"},
    "jansen de vries": {"vries"},
    "jans": {"vries"},
    "jansen pietersen": set(),  # of one party, all words
    "ansen": set(),
    "d'ancona": {"ancona"},
    "d´Ancona": {"ancona"},
    "dancona": {"ancona"},
    "ancona": {"ancona"},
    "o'brien": {"brien"},
    "obr": {"brien"},
    "J. Bakkersma": {"initialen"},
    "j bakk": {"initialen"},
    "j": {"initialen"},  # a single letter is a word, and the beginning of none
    "王芳": {"grens"},
    "'": set(),
    "%": set(),
    "_": set(),
    '" OR "': set(),
    "jose' OR 'x": set(),
    "jose & !diaz": {"diaz"},
    "jose:* | sahin": set(),
    "NEAR(jose diaz)": set(),
}


def test_people_are_found_however_they_are_typed(ground) -> None:
    numbers = {name: register(ground, *people) for name, people in PEOPLE.items()}
    shown = {typed: _names(numbers, found(ground.services, typed)) for typed in TYPED}
    assert shown == TYPED
    for typed, cases in shown.items():  # the rule in Python is the same one
        assert {name for name, people in PEOPLE.items() if any(_meets(typed, one) for one in people)} == cases, typed


def _names(numbers: dict[str, str], cases: set[str]) -> set[str]:
    return {name for name, number in numbers.items() if number in cases}


def _meets(typed: str, name: str) -> bool:
    return meets(asked_of(typed), words_of(name))


def test_numbers_subjects_and_documents_are_found_by_their_beginnings(ground) -> None:
    first = register(ground, "Bram Proefhuizen", subject="Vergunning voor een café", number="EV-77/b")
    second = register(ground, "Tess Testeling", subject="Iets anders")
    reference = add(ground, first, "Bouwtekening “begane grond”")
    assert reference == f"{first}-D1"
    prefix, year, number = first.split("-")
    typed = {
        first: {first},
        first.lower(): {first},
        reference: {first},
        reference.lower().replace("-", " "): {first},
        f"{second}-D1": set(),
        f"{prefix} {year} {number.lstrip('0')}": {first},
        number[:5]: {first, second},
        f"{prefix.lower()}-{year}": {first, second},
        "ev77": {first},
        "EV-77": {first},
        "ev 77 b": {first},
        "cafe verg": {first},
        "begane bouwtek": {first},
        "grond": {first},
        "tekening": set(),
        "bouwtekening proefhuizen": set(),  # of one row, all words
    }
    assert {words: found(ground.services, words) for words in typed} == typed


def test_a_document_that_was_removed_is_found_no_more(ground) -> None:
    case = register(ground, "Bram Proefhuizen")
    add(ground, case, "Plattegrond")
    assert found(ground.services, "plattegrond") == {case}
    with ground.services.sessions() as session:
        document = session.scalars(select(DocumentRow.id)).one()
    act(ground.services, NOOR, RemoveDocument(document, "Verkeerd bestand"))
    assert found(ground.services, "plattegrond") == set()


def test_a_confidential_name_finds_a_case_for_its_handler_only(ground) -> None:
    case = register(ground, "Bram Proefhuizen", "Geheima van Testdam")
    add(ground, case, "Verklaring van Testdam")
    known(ground.services, NOOR)
    act(ground.services, NOOR, AssignHandler(case, "noor"))
    with ground.services.sessions.begin() as session:
        party = session.scalars(select(Party).where(Party.name.startswith("Geheima"))).one()
        session.scalars(select(DocumentRow)).one().party_id = party.id
        party.confidential = True
    asked = ("testdam geheima", "verklaring", "bram")
    assert [found(ground.services, one, NOOR) for one in asked] == [{case}, set(), {case}]
    assert [found(ground.services, one, PIET) for one in asked] == [set(), set(), {case}]


def read_by(actor: Actor, level: str) -> Actor:
    return replace(actor, roles=actor.roles | {f"clearance-{level}"})


@pytest.mark.parametrize("word", ["verklaring", "sloopkogel"], ids=["title", "words inside"])
def test_w17_a_document_above_the_clearance_finds_its_case_for_who_may_read_it_only(ground, word) -> None:
    """In a case that all may see: for who has the level, works on the case, or was given access until a day."""
    services, case = ground.services, register(ground, "Bram Proefhuizen")
    add(ground, case, "Verklaring")
    for actor in (NOOR, PIET):
        known(services, actor)
    number = case_of(services, case)
    with services.sessions.begin() as session:
        document = session.scalars(select(DocumentRow)).one()
        session.add(DocumentText(id=document.id, case_id=number, words="sloopkogel"))
        document.words_read, level = True, document.confidentiality
    low = read_by(PIET, "intern")
    assert level == "zaakvertrouwelijk"
    assert [found(services, word, one) for one in (NOOR, PIET)] == [{case}, {case}]
    with services.sessions.begin() as session:
        session.get_one(Case, number).confidentiality = "openbaar"
    assert found(services, word, low) == set()  # whose level is below that of nearly all documents
    with services.sessions.begin() as session:
        session.scalars(select(DocumentRow)).one().confidentiality = "geheim"
    others = (PIET, low, read_by(PIET, "confidentieel"))
    cleared = (read_by(PIET, "geheim"), read_by(PIET, "zeer_geheim"))
    assert [found(services, word, one) for one in others] == [set()] * len(others)
    assert [found(services, word, one) for one in cleared] == [{case}] * len(cleared)
    assert found(services, "bram", PIET) == {case}
    with services.sessions.begin() as session:
        access = CaseAccess(
            case_id=number, staff="piet", reason="Nodig.", asked_at=ground.clock.now(), until=date(2999, 1, 1)
        )
        session.add(access)
    assert found(services, word, PIET) == {case}
    with services.sessions.begin() as session:
        session.scalars(select(CaseAccess)).one().ended_at = ground.clock.now()
    assert found(services, word, PIET) == set()
    act(services, NOOR, AssignHandler(case, "piet"))
    assert found(services, word, PIET) == {case}


def test_a_search_finds_no_case_that_the_reader_may_not_see(ground) -> None:
    case = register(ground, "Bram Proefhuizen", number="EV-77")
    known(ground.services, PIET)
    asked = ("bram", "ev77", case, f"{case} ", case[:8])
    assert [found(ground.services, one, PIET) for one in asked] == [{case}] * len(asked)
    assert [found(ground.services, one, ADA) for one in asked] == [set()] * len(asked)
    with ground.services.sessions.begin() as session:
        barred_in(session, "piet", case)
    assert [found(ground.services, one, PIET) for one in asked] == [set()] * len(asked)
    assert found(ground.services, "bram", NOOR) == {case}


@pytest.fixture
def crowded(ground, monkeypatch):
    """Six cases with a word in common, in a table in which three rows with a word are many and the newest five are looked through."""
    for name, value in (("COMMON", 3), ("NEWEST", 5), ("SAMPLED", 1000), ("MOST_ROWS", 4)):
        monkeypatch.setattr(f"processes.storage.search_query.{name}", value)
    return ground, [register(ground, f"Persoon Naam{n}x", subject="Een besluit over bomen") for n in range(6)]


def test_w7_a_word_in_very_many_rows_is_looked_for_among_the_newest_and_the_list_says_so(crowded) -> None:
    ground, numbers = crowded
    for typed in ("bomen", "bo", "besluit bom", "een"):
        page = read_cases(ground.services, NOOR, Filter(typed, state=""))
        assert not page.whole, typed
        assert {line.number for line in page.lines} <= set(numbers)
    assert numbers[-1] in found(ground.services, "bomen")
    assert len(found(ground.services, "bomen")) < len(numbers)


def test_w7_a_common_word_beside_a_rare_one_finds_all_and_only_what_has_both(crowded) -> None:
    ground, numbers = crowded
    answers = {"persoon naam2x": {numbers[2]}, "naam4x": {numbers[4]}, "per naam0": {numbers[0]}, "bomen naam2x": set()}
    shown = {typed: read_cases(ground.services, NOOR, Filter(typed, state="")) for typed in answers}
    assert {typed: {line.number for line in page.lines} for typed, page in shown.items()} == answers
    assert all(page.whole for page in shown.values())


def test_w7_a_word_is_known_to_be_common_also_when_its_rows_stand_at_regular_places(ground, monkeypatch) -> None:
    """As when each case has as many rows, and the word stands in one kind of them."""
    for name, value in (("COMMON", 3), ("SAMPLED", 64), ("NEWEST", 6)):
        monkeypatch.setattr(f"processes.storage.search_query.{name}", value)
    case = case_of(ground.services, register(ground, "Bram Proefhuizen"))
    with ground.services.sessions.begin() as session:
        words = "'perceel'" if session.get_bind().dialect.name == "postgresql" else "perceel"
        for number in range(100, 164):
            row = SearchRow(id=number, case_id=case, kind=SearchKind.TEXT, row_id=f"tekst{number}", words=words)
            session.add(
                row
                if number % 2
                else SearchRow(id=number, case_id=case, kind=SearchKind.NOTE, row_id=str(number), words="")
            )
    assert not read_cases(ground.services, NOOR, Filter("perceel", state="")).whole


def test_w7_each_case_of_a_type_that_is_named_is_found_once(ground) -> None:
    numbers = {register(ground, "Bram Proefhuizen", subject="Rondje om de kerk"), register(ground, "Tess Testeling")}
    page = read_cases(ground.services, NOOR, Filter("rondje", state=""))
    assert sorted(line.number for line in page.lines) == sorted(numbers)
    assert page.counts[""] == len(numbers)
