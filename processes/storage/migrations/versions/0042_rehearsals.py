"""Results of rehearsals that are kept, so that nothing is played twice."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.create_table(
        "rehearsal_kept",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_rehearsal_kept"),
    )
    op.create_index("ix_rehearsal_kept_kept_at", "rehearsal_kept", ["kept_at"])
    if op.get_bind().dialect.name == "postgresql":  # no samples of steps for the planner: they would outlive the rows
        op.execute("ALTER TABLE rehearsal_kept ALTER COLUMN content SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("rehearsal_kept")
