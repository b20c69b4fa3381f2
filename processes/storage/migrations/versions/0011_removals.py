"""Removals: a document that was in the wrong case or before the wrong eyes is taken away for good by two people."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "removal",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("document_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=True),
        sa.Column("target_type", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", moment, nullable=False),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("approved_at", moment, nullable=True),
        sa.Column("withdrawn_at", moment, nullable=True),
        sa.Column("seen", sa.JSON(), nullable=True),
        sa.Column("moved_to", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_removal_case_id"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_removal_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_removal"),
    )
    op.create_index("ix_removal_case_id", "removal", ["case_id"])
    op.create_index("ix_removal_document_id", "removal", ["document_id"])
    if op.get_bind().dialect.name == "postgresql":
        # no samples of what people wrote, as in migration 0002
        op.execute("ALTER TABLE removal ALTER COLUMN reason SET STATISTICS 0, ALTER COLUMN seen SET STATISTICS 0")


def downgrade() -> None:
    op.execute("UPDATE document SET state = 'removed' WHERE state = 'erased'")
    op.drop_table("removal")
