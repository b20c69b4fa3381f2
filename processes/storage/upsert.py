"""INSERT with ON CONFLICT, which SQLAlchemy spells for each database apart, though both say it the same."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from processes.storage.base import Base


def insert_into(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT with `on_conflict_do_update` and `on_conflict_do_nothing`, for the database of this session."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgres else sqlite.insert(table)
