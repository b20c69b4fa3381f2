"""kill -9 of a worker at each named point: the work is done all the same, and a repeat does no harm."""

import email
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from processes.base.crash_points import VARIABLE
from processes.jobs import workers
from processes.storage import outbox
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, MailRow, OutboxRow

ROOT = Path(__file__).parents[3]
WORKER = """
import sys
from pathlib import Path
from processes.jobs.workers import carry_out
from processes.wiring import open_services
from processes.base.settings import Settings
database, files, data, secret, smtp, row = sys.argv[1:]
services = open_services(Settings(database=database, files=files, data=Path(data), secret=secret, smtp=smtp))
carry_out(services, int(row))
"""


def put(services: Services, kind: str, payload: Mapping[str, Any]) -> int:
    with services.sessions.begin() as session:
        return outbox.enqueue(session, kind, kind, payload, None, datetime.now(UTC))


def killed_worker(services: Services, row_id: int, point: str) -> int:
    """The exit code of a worker of its own process that has this point armed; then its lease runs out."""
    settings = services.settings
    words = [settings.database, settings.files, str(settings.data), settings.secret, settings.smtp, str(row_id)]
    done = subprocess.run(
        [sys.executable, "-c", WORKER, *words], env={**os.environ, VARIABLE: point}, cwd=ROOT, check=False
    )
    with services.sessions.begin() as session:
        session.execute(update(OutboxRow).values(lease_until=datetime.now(UTC) - timedelta(seconds=1)))
    return done.returncode


@pytest.mark.parametrize(("point", "received"), [("claimed", 1), ("sent-not-marked", 2)])
def test_a_mail_leaves_at_least_once_under_one_message_id(
    services: Services, seeded, mail_server, point: str, received: int
) -> None:
    there = replace(services, settings=replace(services.settings, smtp=mail_server.address))
    row_id = put(there, "mail", {"mail": seeded.mail})
    assert killed_worker(there, row_id, point) == -9
    assert (workers.drain(there), workers.drain(there)) == (1, 0)
    assert len(mail_server.received) == received
    assert {email.message_from_bytes(raw)["Message-ID"] for raw in mail_server.received} == {
        "<1@voorbeeldstad.example>"
    }
    with services.sessions() as session:
        assert session.get_one(MailRow, seeded.mail).sent_at is not None


@pytest.mark.parametrize("point", ["claimed", "blob-written"])
def test_a_letter_is_one_document(services: Services, seeded, point: str) -> None:
    row_id = put(services, "letter", {"notice": seeded.notice})
    assert killed_worker(services, row_id, point) == -9
    assert (workers.drain(services), workers.drain(services)) == (1, 0)
    with services.sessions() as session:
        (document,) = session.scalars(select(DocumentRow)).all()
    assert services.files.exists(document.blob)
