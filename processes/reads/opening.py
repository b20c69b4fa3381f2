"""How every read starts: a session that only reads, with the moment that holds for the whole page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from processes.database.session import read_only, transaction
from processes.demo_clock import read_offset
from processes.house import House


@contextmanager
def reading(house: House) -> Iterator[tuple[Session, datetime]]:
    """A session that waits for no writer, and business time. Raises Busy when the database is in trouble."""
    with transaction(house.sessions) as session:
        read_only(session)
        yield session, house.clock.now(read_offset(session))
