"""A change around a case type that one administrator asked for waits for a second one; a move of cases can stand still for it.

Saves of a draft that somebody tidied away can be had back for a while.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    op.create_table(
        "case_type_change",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_case_type_change"),
        sa.UniqueConstraint("process", "kind", name="uq_case_type_change_process"),
    )
    op.add_column("model_draft_revision", sa.Column("tidied_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM model_draft_revision WHERE tidied_at IS NOT NULL")
    with op.batch_alter_table("model_draft_revision") as table:
        table.drop_column("tidied_at")
    op.execute("UPDATE model_move SET state = 'stopped' WHERE state = 'paused'")
    op.drop_table("case_type_change")
