"""Rows of the audit trail get a seal (a HMAC) and the keyed digests of the rows that their change wrote: format 3.

On the way back both move into the detail, as a row of format 2, whose hash is the same; on the way up they move out again.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

BEFORE, SEALED, PAGE = 2, 3, 500
AUDIT = sa.table(
    "audit",
    sa.column("id", sa.BigInteger()),
    sa.column("format", sa.Integer()),
    sa.column("detail", sa.JSON()),
    sa.column("rows", sa.JSON(none_as_null=True)),
    sa.column("seal", sa.String()),
)


def upgrade() -> None:
    op.add_column("audit", sa.Column("rows", sa.JSON(), nullable=True))
    op.add_column("audit", sa.Column("seal", sa.String(100), nullable=True))
    was_sealed = sa.cast(AUDIT.c.detail, sa.Text()).like('{"rows": %')  # as the way back wrote it
    for row in _pages(sa.and_(AUDIT.c.format == BEFORE, was_sealed)):
        detail = dict(row.detail)
        rows, seal = detail.pop("rows"), detail.pop("seal")
        _set(row.id, format=SEALED, detail=detail, rows=rows, seal=seal)


def downgrade() -> None:
    for row in _pages(AUDIT.c.format == SEALED):
        detail = {"rows": row.rows, "seal": row.seal, **row.detail}
        _set(row.id, format=BEFORE, detail=detail, rows=None, seal=None)
    op.drop_column("audit", "seal")
    op.drop_column("audit", "rows")


def _pages(which: sa.ColumnElement[bool]) -> Any:
    after = -(2**62)
    wanted = sa.select(AUDIT).where(which).order_by(AUDIT.c.id).limit(PAGE)
    while found := op.get_bind().execute(wanted.where(AUDIT.c.id > after)).all():
        yield from found
        after = found[-1].id


def _set(row: int, **values: Any) -> None:
    op.get_bind().execute(sa.update(AUDIT).where(AUDIT.c.id == row).values(**values))
