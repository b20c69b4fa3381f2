"""The search table follows every change, in the change itself, and `verify` sees when it does not."""

import pytest
from search_kit import NOOR, add, case_of, entries, found, register
from sqlalchemy import delete, select, text, update

from processes.actions import act
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty
from processes.jobs.search_rebuild import rebuild_search
from processes.jobs.verification import verify
from processes.storage.tables import Case, Decision, DocumentRow, Party, SearchRow

pytestmark = pytest.mark.both_ways


def change(column, value):
    """One row changed through the session, as actions do."""

    def work(session):
        row = session.scalars(select(column.class_).order_by(column.class_.id)).first()
        setattr(row, column.key, value)

    return work


def remove(of):
    return lambda session: session.delete(session.scalars(select(of).order_by(of.id)).first())


def _give(session) -> None:
    session.scalars(select(DocumentRow)).one().party_id = session.scalars(select(Party.id).order_by(Party.id)).first()


CHANGES = {
    "a subject": (change(Case.subject, "Nieuw onderwerp"), "nieuw"),
    "a name": (change(Party.name, "Nieuwe Naam"), "nieuwe"),
    "a party that becomes confidential": (change(Party.confidential, True), ""),
    "a telephone number": (change(Party.phone, "06 00 00 00 07"), "0600000007"),
    "an address that becomes secret": (change(Party.secret_address, True), ""),
    "the number of a decision": (change(Decision.number, "NW-12"), "nw12"),
    "the title of a document": (change(DocumentRow.title, "Nieuwe titel"), "titel"),
    "a document that is removed": (change(DocumentRow.state, "removed"), ""),
    "a document that asks a clearance": (change(DocumentRow.confidentiality, "geheim"), ""),
    "a document that is given to a party": (_give, "eerste"),
    "a row that goes": (remove(Decision), ""),
    "something that nobody searches for": (change(Party.deceased, True), ""),
}


@pytest.mark.parametrize(("work", "typed"), CHANGES.values(), ids=CHANGES)
def test_the_table_follows_every_change(ground, work, typed) -> None:
    case = register(ground, "Bram Proefhuizen", "Tess Testeling", subject="Oud onderwerp", number="OD-1")
    add(ground, case, "Eerste stuk")
    assert _same(ground.services)
    with ground.services.sessions.begin() as session:
        work(session)
    assert _same(ground.services)
    if typed:
        assert found(ground.services, typed) == {case}


def test_actions_write_along_and_a_change_that_fails_leaves_nothing(ground) -> None:
    case = register(ground, "Bram Proefhuizen")
    act(ground.services, NOOR, AddParty(case, NewParty("third_party", "Later Erbij", address="Weg 2\n1234 AB Stad")))
    assert found(ground.services, "later") == {case}
    with ground.services.sessions() as session:
        session.scalars(select(Case)).first().subject = "Nooit opgeslagen"
        session.flush()
        session.rollback()
        session.commit()
    assert found(ground.services, "nooit") == set()
    assert _same(ground.services)


def _same(services) -> bool:
    rows, held = entries(services)
    assert any(held.values())
    return rows == held


def test_what_was_written_past_the_program_is_seen_and_made_right(ground) -> None:
    numbers = [register(ground, name) for name in ("Bram Proefhuizen", "Tess Testeling", "Zoë Proef")]
    assert _problems(ground.services) == []
    assert rebuild_search(ground.services) == 0
    first = case_of(ground.services, numbers[0])
    with ground.services.sessions.begin() as session:
        session.execute(update(Party).where(Party.name == "Zoë Proef").values(name="Chloé Proef"))
        session.execute(delete(SearchRow).where(SearchRow.case_id == first))
    assert _problems(ground.services) == [numbers[0], numbers[2]]
    assert rebuild_search(ground.services) == 2
    assert _problems(ground.services) == []
    assert (found(ground.services, "chloe"), found(ground.services, "zoe")) == ({numbers[2]}, set())
    assert found(ground.services, "bram") == {numbers[0]}


def _problems(services) -> list[str]:
    return [problem.where for problem in verify(services) if problem.code == "search_differs"]


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_the_full_text_index_of_sqlite_holds_what_the_table_holds(ground) -> None:
    case = register(ground, "Bram Proefhuizen", subject="Oud onderwerp")
    add(ground, case, "Eerste stuk")
    with ground.services.sessions.begin() as session:
        session.scalars(select(Case)).first().subject = "Nieuw onderwerp"
        session.execute(update(SearchRow).where(SearchRow.kind == "document").values(words="ander"))
    with ground.services.sessions.begin() as session:
        session.execute(text("INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)"))
    assert found(ground.services, "ander") == {case}
