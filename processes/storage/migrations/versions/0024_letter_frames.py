"""A formal notice keeps who sent it and which documents go along with it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

WRITTEN = ("frame", "enclosures")  # no samples for the planner: they would outlive the rows (migration 0002)


def upgrade() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("frame", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("enclosures", sa.JSON(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE notice {changes}")


def downgrade() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.drop_column("enclosures")
        batch.drop_column("frame")
