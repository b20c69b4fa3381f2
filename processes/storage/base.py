"""The parts that every table shares: the declarative base, aware moments, and short random ids."""

import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Index, Integer, MetaData, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase

NEVER: Final = date.max  # in columns that sort lists: no such day; last in every order, on every database
# in the same columns: a term that stands still, just before where there is none
STILL: Final = NEVER - timedelta(days=1)

BigId = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}


def index_of_some(name: str, *columns: str, which: str, **more: Any) -> Index:
    """An index of the rows only for which the SQL condition `which` holds; a question must ask for the same rows to use it."""
    return Index(name, *columns, postgresql_where=text(which), sqlite_where=text(which), **more)


def index_where_known(table: str, column: str) -> Index:
    """An index of the rows in which a column that may be empty has a value: it costs nothing to write the others."""
    return index_of_some(f"ix_{table}_{column}", column, which=f"{column} IS NOT NULL")


def new_id() -> str:
    """A random public id of 128 bits, as 32 hexadecimal digits."""
    return secrets.token_hex(16)
