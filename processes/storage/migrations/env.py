"""The environment of Alembic: on the connection that `upgrade` hands over, else on ZAAKSPOOR_DATABASE."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from processes.base.settings import read_settings
from processes.storage import tables
from processes.storage.base import Moment
from processes.storage.session import make_engine
from processes.storage.tables.search import is_declared


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    # a migration must still run when our own types have changed: it names the database's types only
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=tables.Case.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_name=is_declared,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.config.attributes.get("connection") is not None:
    run(context.config.attributes["connection"])
else:
    with make_engine(read_settings().database, foreign_keys=False).begin() as own:
        run(own)
