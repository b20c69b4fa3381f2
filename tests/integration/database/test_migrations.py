"""Migrations go up and down, on each kind of database, with what people stored in it."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from kept_release import Kept, rows_of, shape
from sqlalchemy import create_engine, inspect, select, text

from processes.base.actor import SYSTEM
from processes.storage import audit
from processes.storage.services import Services
from processes.storage.session import MIGRATIONS, downgrade, upgrade
from processes.storage.tables import AuditRow

FIRST, SECOND = "0001", "0002"
SCHEMAS = [one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]  # oldest first
# what the first schema has no room for
ONLY_LATER = ("case_relation", "default_notice", "search")


def write(services: Services, *details: dict) -> None:
    with services.sessions.begin() as session:
        for detail in details:
            audit.record(session, 7, SYSTEM, "read", detail, services.clock.now(), services.secrets)


def test_a_release_comes_back_from_the_newest_schema_as_it_was(kept: Kept) -> None:
    before, rows = shape(kept.address), rows_of(kept.address)
    upgrade(kept.address)
    assert shape(kept.address) != before
    downgrade(kept.address, kept.schema)
    # but for who was signed in: no list of own sign-ins has those sessions, so they end on the way up
    rows["web_session"] = [row for row in rows["web_session"] if not {"kind='citizen'", "kind='staff'"} & {*row}]
    assert (shape(kept.address), rows_of(kept.address)) == (before, rows)


@pytest.mark.timeout(600)  # more than forty schemas, each made on both ways
def test_every_schema_is_the_same_on_the_way_down_as_on_the_way_up(empty_database: str) -> None:
    up = {}
    for schema in SCHEMAS:
        upgrade(empty_database, schema)
        up[schema] = shape(empty_database)
    upgrade(empty_database)
    for schema in reversed(SCHEMAS):
        downgrade(empty_database, schema)
        assert shape(empty_database) == up[schema], schema
    downgrade(empty_database, "base")
    assert shape(empty_database).keys() == {"alembic_version"}


def test_a_filled_database_goes_down_to_nothing_and_up_again(kept: Kept) -> None:
    rows = rows_of(kept.address)
    downgrade(kept.address, FIRST)
    first = rows_of(kept.address)
    assert not first.keys() & set(ONLY_LATER)
    for table in ("audit", "case", "document", "instance", "mail", "task"):
        assert len(first[table]) == len(rows[table]), table
    upgrade(kept.address)
    with kept.opened() as (services, _), services.sessions() as session:
        assert audit.check(session) == []
    downgrade(kept.address, "base")
    assert shape(kept.address).keys() == {"alembic_version"}


def test_rows_of_the_newest_format_hold_on_both_schemas(kept: Kept) -> None:
    upgrade(kept.address)
    with kept.opened() as (services, _):
        write(services, {}, {"task": 'een "taak"', "from": "é: %s", "none": None}, {"ends": 3})
    newest = rows_of(kept.address)["audit"]
    downgrade(kept.address, SECOND)
    hashes = [_as_release_one(row) for row in _audit_rows(kept.address)]
    assert all(made == stored for made, stored in hashes)
    upgrade(kept.address)
    assert rows_of(kept.address)["audit"] == newest
    with kept.opened() as (services, _), services.sessions() as session:
        formats = session.scalars(select(AuditRow.format).where(AuditRow.chain == 7).order_by(AuditRow.seq)).all()
        assert (set(formats[:-3]) <= {1}, list(formats[-3:]), audit.check(session)) == (True, [3, 3, 3], [])


def test_news_that_waits_for_the_mail_of_the_day_says_on_the_way_down_that_it_does_not_go(empty_database: str) -> None:
    upgrade(empty_database, "0080")
    engine = create_engine(empty_database)
    with engine.begin() as connection:
        made = text(
            "INSERT INTO mail (id, template, recipient, subject, body, message_id, created_at, digest) VALUES"
            " (:id, 'news-status', 'tess@post.example', 'Nieuws', 'Nieuws', :mark, '2026-11-30 08:00:00', :digest)"
        )
        for number, digest in ((1, True), (2, False)):
            connection.execute(made, {"id": number, "mark": f"mail-{number}", "digest": digest})
    downgrade(empty_database, "0077")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT error, settled_at IS NOT NULL FROM mail ORDER BY id")).all()
    engine.dispose()
    assert [(str(error)[:14], bool(settled)) for error, settled in found] == [("Niet verstuurd", True), ("None", False)]


def test_c20_sessions_that_no_list_of_own_sign_ins_has_end_on_the_way_up(empty_database: str) -> None:
    upgrade(empty_database, "0091")
    engine = create_engine(empty_database)
    later = datetime.now(UTC) + timedelta(hours=1)
    with engine.begin() as connection:
        made = text(
            "INSERT INTO web_session (id_hash, kind, data, person, created_at, seen_at, expires_at) VALUES (:id, :kind, :data, 'p', :at, :at, :at)"
        )
        for name, kind in (("old", "citizen"), ("desk", "staff"), ("listed", "citizen"), ("mail", "department")):
            connection.execute(made, {"id": name, "kind": kind, "data": b"x", "at": later})
        kept = text(
            "INSERT INTO sign_in (id_hash, kind, person, data, began_at) VALUES ('listed', 'citizen', 'p', :data, :at)"
        )
        connection.execute(kept, {"data": b"x", "at": later})
    upgrade(empty_database)
    with engine.connect() as connection:
        ended = connection.execute(text("SELECT id_hash FROM web_session WHERE ended_at IS NOT NULL ORDER BY id_hash"))
        assert [name for (name,) in ended] == ["desk", "old"]
    engine.dispose()


def test_w17_documents_that_ask_a_clearance_move_to_kinds_of_their_own_and_back(empty_database: str) -> None:
    upgrade(empty_database, "0094")
    engine = create_engine(empty_database)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(
                text("SET session_replication_role = replica")
            )  # the rows around them are not what this is about
        required = {
            column["name"]: column for column in inspect(connection).get_columns("document") if not column["nullable"]
        }
        for name, level in (("open", "vertrouwelijk"), ("shut", "geheim")):
            values = {one: _filler(column) for one, column in required.items() if column["default"] is None}
            values |= {"id": name, "confidentiality": level, "reference": name}
            named, places = ", ".join(values), ", ".join(f":{one}" for one in values)
            connection.execute(text(f"INSERT INTO document ({named}) VALUES ({places})"), values)  # noqa: S608
            for kind in ("document", "text"):
                row = text("INSERT INTO search (case_id, kind, row_id, words) VALUES (1, :kind, :name, 'woord')")
                connection.execute(row, {"kind": kind, "name": name})
    kinds = text("SELECT row_id, kind FROM search ORDER BY row_id, kind")
    before = [("open", "document"), ("open", "text"), ("shut", "document"), ("shut", "text")]
    after = [("open", "document"), ("open", "text"), ("shut", "above"), ("shut", "above_text")]
    for move, expected in (
        (lambda: upgrade(empty_database), after),
        (lambda: downgrade(empty_database, "0094"), before),
    ):
        move()
        with engine.connect() as connection:
            assert [tuple(one) for one in connection.execute(kinds)] == expected
    engine.dispose()


def _filler(column: Any) -> Any:
    kind = column["type"].python_type
    return datetime(2026, 11, 30, tzinfo=UTC) if kind is datetime else "[]" if kind in {dict, list, object} else kind()


def _audit_rows(address: str) -> list:
    engine = create_engine(address)
    with engine.connect() as connection:
        columns = [column for column in AuditRow.__table__.c if column.name not in {"format", "rows", "seal"}]
        found = list(connection.execute(select(*columns).order_by(AuditRow.chain, AuditRow.seq)).all())
    engine.dispose()
    return found


def _as_release_one(row) -> tuple[str, str]:
    """What release 0.1 compares: the hash of what the row holds, with no number apart, and the one that stands on it."""
    content = [
        row.chain, row.seq, row.at.isoformat(timespec="microseconds"), row.actor, row.action, row.detail, row.previous
    ]  # fmt: skip
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest(), row.hash
