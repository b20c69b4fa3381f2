"""Cases and documents that are held back from destruction, with a reason, an end date and a reviewer."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)
OPEN = sa.text("ended_at IS NULL")
WRITTEN = ("reason", "ended_reason")  # no samples for the planner: they would outlive the rows (migration 0002)


def upgrade() -> None:
    op.create_table(
        "destruction_hold",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("document_id", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reviewer", sa.String(length=80), nullable=False),
        sa.Column("placed_by", sa.String(length=80), nullable=False),
        sa.Column("placed_at", moment, nullable=False),
        sa.Column("asked_at", moment, nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_destruction_hold_case_id"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_destruction_hold_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_destruction_hold"),
    )
    op.create_index(
        "ix_destruction_hold_until", "destruction_hold", ["until"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_destruction_hold_case_id", "destruction_hold", ["case_id"])
    op.create_index("ix_destruction_hold_document_id", "destruction_hold", ["document_id"])
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE destruction_hold {changes}")


def downgrade() -> None:
    op.drop_table("destruction_hold")
