"""The start of every read: a session that only reads, with the moment that holds for the whole page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import one_by_one, transaction


@contextmanager
def reading(services: Services) -> Iterator[tuple[Session, datetime]]:
    """A session that waits for no writer, and business time. Raises Busy when the database is in trouble."""
    with transaction(services.sessions) as session:
        one_by_one(session)
        yield session, business_now(services, session)
