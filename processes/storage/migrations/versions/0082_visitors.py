"""Filing without signing in: the visit in which a party filed, and when that party was tied to an identity with a code from a letter."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"


def upgrade() -> None:
    op.add_column("party", sa.Column("visit", sa.String(64), nullable=True))
    op.add_column("party", sa.Column("linked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("party") as change:
        change.drop_column("linked_at")
        change.drop_column("visit")
