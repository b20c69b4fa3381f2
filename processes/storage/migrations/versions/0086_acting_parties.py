"""Parties say for which branch of a company they stand in a case, and which representative came in by a mandate that sign-in told.

The parties of before have neither: they were filed for a whole company, and their representatives named themselves on the form.
"""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0083"


def upgrade() -> None:
    with op.batch_alter_table("party") as party:
        party.add_column(sa.Column("branch", sa.String(12), nullable=False, server_default=""))
        party.add_column(sa.Column("by_mandate", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("party") as party:
        party.drop_column("by_mandate")
        party.drop_column("branch")
