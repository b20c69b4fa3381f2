"""After the destruction the search table holds nothing of the dossier, and neither do the files of the database."""

from kit.dossiers import ARCHIVIST, SECOND, Made, listed, make_case
from leftovers import database_dump
from sqlalchemy import select, text

from processes.actions import act
from processes.actions.retention import ApproveDestruction, ProposeDestruction
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case, SearchRow

WORDS = (b"xylofoon7391", b"quasiwoord8812")  # no other word begins as they do: SQLite keeps beginnings once


def destroy(services: Services, made: Made) -> None:
    sweep_retention(services)
    ids = (listed(services, made.case_id).id,)
    act(services, SECOND, ProposeDestruction(ids))
    act(services, ARCHIVIST, ApproveDestruction(ids))
    drain(services)
    assert listed(services, made.case_id).state == "destroyed"


def full_text(services: Services) -> bytes:
    """What SQLite's full text index keeps, as it stands in its own table; of PostgreSQL the words of the search table."""
    on_sqlite = services.sessions.kw["bind"].dialect.name == "sqlite"
    kept = text("SELECT block FROM search_words_data") if on_sqlite else select(SearchRow.words)
    with services.sessions() as session:
        found = session.scalars(kept).all()
    return b"\n".join(one if isinstance(one, bytes) else one.encode() for one in found)


def kinds_of(services: Services, made: Made) -> set[str]:
    with services.sessions() as session:
        return set(session.scalars(select(SearchRow.kind).where(SearchRow.case_id == made.case_id)))


def test_o37_no_word_of_a_destroyed_case_is_left_in_table_index_or_file(archive: Services) -> None:
    made = make_case(archive, "Xylofoon7391", bsn="111222333")
    other = make_case(archive, "Blijvert", bsn="123456782", destroy_from=None)
    with archive.sessions.begin() as session:
        session.get_one(Case, made.case_id).subject = "Quasiwoord8812"
    assert kinds_of(archive, made) == {"case", "party", "contact", "decision", "document", "text", "note", "filed"}
    assert [word in full_text(archive) for word in WORDS] == [True, True]
    with archive.sessions.begin() as session:
        session.get_one(Case, made.case_id).subject = "iets anders"  # a word that it held once must go, too
    destroy(archive, made)
    assert kinds_of(archive, made) == set()
    assert [word for word in WORDS if word in full_text(archive) + database_dump(archive).lower()] == []
    assert kinds_of(archive, other) == {"case", "party", "contact", "decision", "document", "text", "note", "filed"}
    assert b"blijvert" in full_text(archive)
