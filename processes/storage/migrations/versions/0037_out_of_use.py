"""Case types that go out of use, and an index by which the begun forms of a case type are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

WRITTEN = ("message", "message_en", "reason", "ended_reason")  # no samples for the planner (migration 0002)

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "out_of_use",
        sa.Column("id", number, nullable=False),
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("finish_until", sa.Date(), nullable=False),
        sa.Column("successor", sa.String(length=80), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("message_en", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", moment, nullable=False),
        sa.Column("set_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_out_of_use"),
    )
    op.create_index("ix_out_of_use_process", "out_of_use", ["process"])
    op.create_index("ix_draft_form", "draft", ["form"])
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE out_of_use {changes}")


def downgrade() -> None:
    op.drop_index("ix_draft_form", table_name="draft")
    op.drop_table("out_of_use")
