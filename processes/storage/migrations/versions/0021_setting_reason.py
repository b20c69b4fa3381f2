"""The reason for a change of a setting that holds from a day on."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("law_rule", sa.Column("reason", sa.Text(), nullable=True))


def downgrade() -> None:
    op.execute(
        "DELETE FROM law_rule WHERE kind NOT IN ('rule', 'closed_day')"
    )  # kinds that the version before does not know
    op.drop_column("law_rule", "reason")
