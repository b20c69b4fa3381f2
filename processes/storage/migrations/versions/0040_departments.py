"""Departments: a second mailbox, the name of the manager, networks, and out of use with a successor."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

COLUMNS = (
    sa.Column("fallback_email", sa.String(length=320), nullable=True),
    sa.Column("manager_name", sa.String(length=200), nullable=True),
    sa.Column("networks", sa.Text(), nullable=True),
    sa.Column("ended_on", sa.Date(), nullable=True),
    sa.Column("successor", sa.String(length=40), nullable=True),
)


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("department", sa.Column(column.name, column.type, nullable=True))
    op.add_column("mailbox_change", sa.Column("fallback_email", sa.String(length=320), nullable=True))


def downgrade() -> None:
    op.drop_column("mailbox_change", "fallback_email")
    for column in reversed(COLUMNS):
        op.drop_column("department", column.name)
