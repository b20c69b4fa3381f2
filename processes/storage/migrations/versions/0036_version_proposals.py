"""Versions that wait for a second administrator or for their day, and why a version went into use."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

# no samples for the planner: they would outlive the rows (migration 0002)
WRITTEN = (("model_version", "reason"), ("version_proposal", "reason"), ("version_proposal", "answer"))

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("model_version", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("model_version", sa.Column("from_version", sa.Integer(), nullable=True))
    op.add_column("model_version", sa.Column("approved_by", sa.String(length=80), nullable=True))
    op.create_table(
        "version_proposal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("folder", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("draft", sa.String(length=80), nullable=True),
        sa.Column("revision", sa.String(length=32), nullable=True),
        sa.Column("from_version", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("moves", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", moment, nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_version_proposal"),
        sa.UniqueConstraint("process", name="uq_version_proposal_process"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, column in WRITTEN:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("version_proposal")
    for column in ("approved_by", "from_version", "reason"):
        op.drop_column("model_version", column)
