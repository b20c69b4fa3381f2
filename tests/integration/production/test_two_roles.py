"""The SQL of docs/hardening.md is carried out as it stands there, and cases are worked on in the role of the program (T8)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.cases import add_departments, days_later, put_in_use, register_bezwaar
from kit.installation import open_at
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from bench.postgres import execute
from processes.base.settings import Settings
from processes.jobs import verification
from processes.jobs.connections import try_database
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.wiring import close_services

ROOT = Path(__file__).parents[3]
BLOCKS = re.findall(r"^```sql\n(.*?)^```", (ROOT / "docs/hardening.md").read_text(), re.MULTILINE | re.DOTALL)
ONCE, AFTER_MIGRATE = ([one.strip() for one in block.split(";") if one.strip()] for block in BLOCKS)


def in_role(server: str, role: str) -> str:
    """The address of the database of the document."""
    url = make_url(server).set(username=role, database="zaakspoor")
    return url.render_as_string(hide_password=False)


@pytest.fixture
def server(postgres: str) -> Iterator[str]:
    """With both roles and the database; gone afterwards, as roles belong to the whole server."""
    try:
        for statement in ONCE:
            execute(postgres, statement)
        upgrade(in_role(postgres, "zaakspoor_owner"))
        for statement in AFTER_MIGRATE:
            execute(in_role(postgres, "zaakspoor_owner"), statement)
        yield postgres
    finally:
        execute(postgres, "DROP DATABASE IF EXISTS zaakspoor WITH (FORCE)")
        for role in ("zaakspoor_program", "zaakspoor_owner"):
            execute(postgres, f"DROP ROLE IF EXISTS {role}")


@pytest.fixture
def worked_on(server: str, tmp_path: Path) -> Iterator[Services]:
    """A case was registered and its clock went on, all of it in the role of the program."""
    services = open_at(in_role(server, "zaakspoor_program"), tmp_path)
    try:
        put_in_use(services, "stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar")
        add_departments(services, "parkeren")
        register_bezwaar(services)
        days_later(services, 30)
        yield services
    finally:
        close_services(services)


def test_t8_the_role_of_the_program_cannot_delete_or_change_audit_rows(worked_on: Services, server: str) -> None:
    assert verification.verify(worked_on) == []
    engine = create_engine(in_role(server, "zaakspoor_program"))
    with engine.connect() as connection:  # PostgreSQL answers with a warning only, and gives nothing
        connection.execute(text("GRANT DELETE ON audit TO zaakspoor_program"))
        connection.commit()
    refused = []
    for statement in (
        "DELETE FROM audit", "UPDATE audit SET hash = ''", "TRUNCATE audit", "DROP TABLE audit", "DELETE FROM destruction",
        "ALTER TABLE audit DISABLE TRIGGER ALL", "UPDATE alembic_version SET version_num = '0001'", "CREATE TABLE x (y int)",
        "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE ROLE zaakspoor_other",
        "SET ROLE zaakspoor_owner", "COPY audit TO '/tmp/audit'",
    ):  # fmt: skip
        with engine.connect() as connection, pytest.raises(ProgrammingError) as error:
            connection.execute(text(statement))
        refused.append((statement, error.value.orig.sqlstate))
    engine.dispose()
    assert {state for _, state in refused} == {"42501"}, refused  # insufficient_privilege
    assert verification.verify(worked_on) == []


def test_t8_check_says_which_role_may_delete_audit_rows(server: str) -> None:
    told = {
        role: try_database(Settings(database=in_role(server, role)))
        for role in ("zaakspoor_owner", "zaakspoor_program")
    }
    assert "met een rol die het auditspoor mag wissen (zie docs/hardening.md)" in told["zaakspoor_owner"]
    assert "auditspoor" not in told["zaakspoor_program"]
    assert all(words.endswith(", met het nieuwste schema.") for words in told.values())


def test_t8_the_document_names_the_tables_that_prove_something() -> None:
    assert ONCE[0] == "CREATE ROLE zaakspoor_owner LOGIN"
    assert [one for one in AFTER_MIGRATE if one.startswith("REVOKE") and "audit" in one] == [
        "REVOKE UPDATE, DELETE ON audit FROM zaakspoor_program"
    ]
