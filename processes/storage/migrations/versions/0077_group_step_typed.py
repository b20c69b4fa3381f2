"""The answers of a step of a group have the name `typed`: they are of every kind, not only texts.

No index and no constraint names the column. Either database renames it in place.
"""

from alembic import op

revision = "0077"
down_revision = "0076"


def upgrade() -> None:
    op.execute("ALTER TABLE case_group_step RENAME COLUMN texts TO typed")


def downgrade() -> None:
    op.execute("ALTER TABLE case_group_step RENAME COLUMN typed TO texts")
