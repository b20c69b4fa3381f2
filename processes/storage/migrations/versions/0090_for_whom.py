"""For whom somebody acted: at each look, and at each task that was done by a mandate."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"


def upgrade() -> None:
    op.add_column("look", sa.Column("for_whom", sa.String(length=64), nullable=True))
    op.add_column("look", sa.Column("for_branch", sa.String(length=12), server_default="", nullable=False))
    op.add_column("task", sa.Column("done_as", sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.drop_column("task", "done_as")
    op.drop_column("look", "for_branch")
    op.drop_column("look", "for_whom")
