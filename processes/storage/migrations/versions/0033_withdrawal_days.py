"""The day on which staff entered a withdrawal on paper, and its postmark."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

ADDED = ("withdrawal_entered_on", "withdrawal_postmarked_on")


def upgrade() -> None:
    for name in ADDED:
        op.add_column("party", sa.Column(name, sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("party") as table:
        for name in ADDED:
            table.drop_column(name)
