"""What was filled in for a step of a group has the name `typed`: it holds answers of every kind, not only texts.

No index and no constraint names the column. Either database renames it in place.
"""

from alembic import op

revision = "0077"
down_revision = "0076"


def upgrade() -> None:
    op.execute("ALTER TABLE case_group_step RENAME COLUMN texts TO typed")


def downgrade() -> None:
    op.execute("ALTER TABLE case_group_step RENAME COLUMN typed TO texts")
