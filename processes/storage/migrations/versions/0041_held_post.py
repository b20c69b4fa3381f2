"""Held mails and letters are read in their order, without those that were dropped or stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

ENDED = {"mail": "error", "notice": "stopped"}


def upgrade() -> None:
    for table, ended in ENDED.items():
        _index(table, "id", f"held IS NOT NULL AND {ended} IS NULL")


def downgrade() -> None:
    for table in ENDED:
        _index(table, "case_id", "held IS NOT NULL")


def _index(table: str, column: str, which: str) -> None:
    name, some = f"ix_{table}_held", sa.text(which)
    op.drop_index(name, table_name=table)
    op.create_index(name, table, [column], sqlite_where=some, postgresql_where=some)
