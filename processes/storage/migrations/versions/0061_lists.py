"""Saved views of the list of cases, and the orders in which it is read."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", number, nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sa.UniqueConstraint("staff", "name", name="uq_saved_view_staff"),
    )
    op.create_index("ix_case_received", "case", ["state", "received_on", "id"])
    op.create_index("ix_case_numbers", "case", ["state", "number"])


def downgrade() -> None:
    op.drop_index("ix_case_numbers", table_name="case")
    op.drop_index("ix_case_received", table_name="case")
    op.drop_table("saved_view")
