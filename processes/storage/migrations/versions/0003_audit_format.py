"""Rows of the audit trail say by which format they were hashed: 1 for all that release 0.1 wrote, 2 from here on.

The hash of format 2 holds its number inside the detail. So on the way back the number moves into the detail, where release 0.1
hashes it unknowingly and finds every row sound; on the way up it moves out again.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = '{"format": 2'  # how the detail of a row of format 2 begins while the schema has no column for it
AUDIT = sa.table("audit", sa.column("format", sa.Integer()), sa.column("detail", sa.Text()))
DETAIL = sa.cast(AUDIT.c.detail, sa.Text())


def upgrade() -> None:
    # the default stays: a process of release 0.1 that still runs beside a new one writes rows of format 1
    op.add_column("audit", sa.Column("format", sa.Integer(), nullable=False, server_default="1"))
    rest = sa.literal("{") + sa.func.substr(DETAIL, len(NUMBER + ", ") + 1)
    without = sa.case((DETAIL == NUMBER + "}", "{}"), else_=rest)
    numbered = sa.func.substr(DETAIL, 1, len(NUMBER)) == NUMBER
    op.execute(sa.update(AUDIT).where(numbered).values(format=2, detail=_as_detail(without)))


def downgrade() -> None:
    whole = sa.case((DETAIL == "{}", NUMBER + "}"), else_=sa.literal(NUMBER + ", ") + sa.func.substr(DETAIL, 2))
    op.execute(sa.update(AUDIT).where(AUDIT.c.format == 2).values(detail=_as_detail(whole)))  # noqa: PLR2004 - of NUMBER
    op.drop_column("audit", "format")


def _as_detail(words: sa.ColumnElement[str]) -> sa.ColumnElement[Any]:
    """SQLite keeps JSON as plain text, and would read a cast to JSON as one to a number."""
    return sa.cast(words, sa.JSON()) if op.get_bind().dialect.name == "postgresql" else words
