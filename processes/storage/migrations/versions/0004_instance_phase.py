"""An instance has a `phase` where it had a `status`: the status of a case is another thing, which the citizen reads.

The words stay the same. No index and no constraint names the column. Either database renames it in place.
"""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("ALTER TABLE instance RENAME COLUMN status TO phase")


def downgrade() -> None:
    op.execute("ALTER TABLE instance RENAME COLUMN phase TO status")
