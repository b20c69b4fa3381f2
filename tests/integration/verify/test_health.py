"""`ready` is honest: each part that cannot do its work says so in Dutch, and nothing is raised."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from processes.jobs.health import GOOD, ready
from processes.storage.services import Services
from processes.storage.session import make_sessions
from processes.storage.tables import Case, ModelVersion


def test_a_sound_installation_is_ready(sound: Services) -> None:
    assert ready(sound) == (True, dict.fromkeys(("database", "schema", "zaaktypen", "bestanden"), GOOD))


def test_t6_looking_writes_nothing_to_disk(services: Services) -> None:
    place = Path(services.settings.files)
    before = {one: one.stat().st_mtime_ns for one in (place, *place.rglob("*"))}
    assert ready(services)[1]["bestanden"] == GOOD
    assert {one: one.stat().st_mtime_ns for one in (place, *place.rglob("*"))} == before


def no_case_type(services: Services) -> Services:
    with services.sessions.begin() as session:
        session.execute(delete(ModelVersion))
    return services


def old_schema(services: Services) -> Services:
    with services.sessions.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    return services


def no_schema(services: Services) -> Services:
    with services.sessions.begin() as session:
        session.execute(text("DROP TABLE alembic_version"))
    return services


def no_database(services: Services) -> Services:
    place = Path(services.settings.files).parent / "weg" / "weg.db"
    sessions = make_sessions(f"sqlite:///{place}")
    shutil.rmtree(place.parent)
    return replace(services, sessions=sessions)


def no_files(services: Services) -> Services:
    incoming = Path(services.settings.files) / "incoming"
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.write_text("hier kan geen map meer komen")
    return services


TROUBLE: dict[str, tuple[Callable[[Services], Services], str, str]] = {
    "no case type": (no_case_type, "zaaktypen", "zaakspoor deploy"),
    "older schema": (old_schema, "schema", "zaakspoor migrate"),
    "empty database": (no_schema, "schema", "zaakspoor migrate"),
    "database gone": (no_database, "database", "antwoordt niet"),
    "files refused": (no_files, "bestanden", "neemt geen bestanden aan"),
}


@pytest.mark.parametrize(("break_it", "part", "words"), TROUBLE.values(), ids=TROUBLE.keys())
def test_each_part_that_fails_is_named(
    services: Services, break_it: Callable[[Services], Services], part: str, words: str
) -> None:
    well, parts = ready(break_it(services))
    assert not well
    assert words in parts[part]


def test_the_case_table_is_not_read(services: Services) -> None:
    """Readiness is asked every few seconds: it may not cost more when there are more cases."""
    with services.sessions.begin() as session:
        session.execute(text(f'ALTER TABLE "{Case.__tablename__}" RENAME TO weggezet'))
    assert ready(services)[1]["database"] == GOOD
