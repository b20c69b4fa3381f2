"""Columns for what was said of a document before a hearing (Awb 7:4), and for the day since when it lies open."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    with op.batch_alter_table("document") as document:
        document.add_column(sa.Column("inspection", sa.JSON(), nullable=True))
        document.add_column(sa.Column("inspected_from", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("document") as document:
        document.drop_column("inspected_from")
        document.drop_column("inspection")
