"""Documents say whether they open only with a password. Of those that are there already nobody looked: they say no."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # the default stays: a process of the release before that still runs beside a new one does not know the column
    op.add_column("document", sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("document", "locked")
