"""The days of facts: when an answer on paper came in, with its postmark, and which letter or answer a term follows."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("task", sa.Column("received_on", sa.Date(), nullable=True))
    op.add_column("task", sa.Column("postmarked_on", sa.Date(), nullable=True))
    op.add_column("deadline", sa.Column("follows", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("deadline", "follows")
    op.drop_column("task", "postmarked_on")
    op.drop_column("task", "received_on")
