"""Mailboxes of departments change in two steps; the networks from which departments come are remembered as keyed digests."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mailbox_change",
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("manager_email", sa.String(length=320), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name="fk_mailbox_change_department"),
        sa.PrimaryKeyConstraint("department", name="pk_mailbox_change"),
    )
    op.create_table(
        "department_network",
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("first_used_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name="fk_department_network_department"),
        sa.PrimaryKeyConstraint("department", "network", name="pk_department_network"),
    )


def downgrade() -> None:
    op.drop_table("department_network")
    op.drop_table("mailbox_change")
