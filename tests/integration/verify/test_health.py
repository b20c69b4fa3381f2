"""`ready` is honest: each part that cannot do its work says so in Dutch, and nothing is raised."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from processes.database.session import make_sessions
from processes.database.tables import Case, ModelVersion
from processes.health import GOOD, ready
from processes.house import House


def test_a_sound_house_is_ready(sound: House) -> None:
    assert ready(sound) == (True, dict.fromkeys(("database", "schema", "zaaktypen", "bestanden"), GOOD))


def test_looking_leaves_no_file_behind(house: House) -> None:
    ready(house)
    assert list(house.files.all_blobs()) == []


def no_case_type(house: House) -> House:
    with house.sessions.begin() as session:
        session.execute(delete(ModelVersion))
    return house


def old_schema(house: House) -> House:
    with house.sessions.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    return house


def no_schema(house: House) -> House:
    with house.sessions.begin() as session:
        session.execute(text("DROP TABLE alembic_version"))
    return house


def no_database(house: House) -> House:
    place = Path(house.settings.files).parent / "weg" / "weg.db"
    sessions = make_sessions(f"sqlite:///{place}")
    shutil.rmtree(place.parent)
    return replace(house, sessions=sessions)


def no_files(house: House) -> House:
    incoming = Path(house.settings.files) / "incoming"
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.write_text("hier kan geen map meer komen")
    return house


TROUBLE: dict[str, tuple[Callable[[House], House], str, str]] = {
    "no case type": (no_case_type, "zaaktypen", "zaakspoor deploy"),
    "older schema": (old_schema, "schema", "zaakspoor migrate"),
    "empty database": (no_schema, "schema", "zaakspoor migrate"),
    "database gone": (no_database, "database", "antwoordt niet"),
    "files refused": (no_files, "bestanden", "neemt geen bestanden aan"),
}


@pytest.mark.parametrize(("break_it", "part", "words"), TROUBLE.values(), ids=TROUBLE.keys())
def test_each_part_that_fails_is_named(house: House, break_it: Callable[[House], House], part: str, words: str) -> None:
    well, parts = ready(break_it(house))
    assert not well
    assert words in parts[part]


def test_the_case_table_is_not_read(house: House) -> None:
    """Readiness is asked every few seconds: it may not cost more when there are more cases."""
    with house.sessions.begin() as session:
        session.execute(text(f'ALTER TABLE "{Case.__tablename__}" RENAME TO weggezet'))
    assert ready(house)[1]["database"] == GOOD
