"""The column `status` of instances became `phase`: what stood in it is kept, on the way up and on the way back."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import column, inspect, select, table
from sqlalchemy.orm import Session

from processes.storage.session import downgrade, make_engine, upgrade
from processes.storage.tables import Case, Instance, ModelVersion

BEFORE, AFTER = "0003", "0004"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def columns_and_indexes(address: str) -> tuple[set[str], set[str | None]]:
    engine = make_engine(address)
    looked = inspect(engine)
    found = (
        {one["name"] for one in looked.get_columns("instance")},
        {one["name"] for one in looked.get_indexes("instance")},
    )
    engine.dispose()
    return found


def phases(address: str, name: str) -> list[str]:
    engine = make_engine(address)
    with engine.connect() as connection:
        rows = (
            connection.execute(select(column(name)).select_from(table("instance")).order_by(column("id")))
            .scalars()
            .all()
        )
    engine.dispose()
    return list(rows)


def fill(address: str, *words: str) -> None:
    engine = make_engine(address)
    with Session(engine) as session, session.begin():
        version = ModelVersion(
            process="bezwaar", version=1, title="Bezwaar", is_case_type=True, folder=b"", sha256="", deployed_at=NOW,
            deployed_by="x",
        )  # fmt: skip
        session.add(version)
        session.flush()
        case = Case(
            number="BZW-1", model_version_id=version.id, case_type="bezwaar", title="Bezwaar", confidentiality="intern",
            channel="letter", received_on=date(2026, 11, 28), registered_at=NOW, status="received",
        )  # fmt: skip
        session.add(case)
        session.flush()
        given = {
            "case_id": case.id,
            "model_version_id": version.id,
            "process": "bezwaar",
            "state": b"",
            "started_at": NOW,
        }
        for word in words:
            session.add(Instance(phase=word, **given))
            session.flush()
    engine.dispose()


def test_the_phases_are_kept_on_the_way_back_and_up_again(database: str) -> None:
    words = ["running", "finished", "stuck", "cancelled"]
    fill(database, *words)
    downgrade(database, AFTER)
    named, indexes = columns_and_indexes(database)
    downgrade(database, BEFORE)
    assert (phases(database, "status"), columns_and_indexes(database)) == (
        words,
        (named - {"phase"} | {"status"}, indexes),
    )
    upgrade(database, AFTER)
    assert (phases(database, "phase"), columns_and_indexes(database)) == (words, (named, indexes))
    engine = make_engine(database)
    with engine.connect() as connection:
        assert connection.execute(select(Case.status)).scalar_one() == "received"
    engine.dispose()


@pytest.mark.parametrize("name", ["phase", "status"])
def test_a_case_has_a_status_and_an_instance_a_phase(name: str) -> None:
    assert (name in Instance.__table__.c, name in Case.__table__.c) == (name == "phase", name == "status")
