"""The outcome of each contested decision of a case (`decision.outcomes`)."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    with op.batch_alter_table("decision") as decision:
        decision.add_column(sa.Column("outcomes", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("decision") as decision:
        decision.drop_column("outcomes")
