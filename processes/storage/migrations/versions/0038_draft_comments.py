"""Links by which a draft of a case type is read, and what readers say of its texts."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

WRITTEN = (
    "quote",
    "text",
    "answer",
    "reader",
)  # no samples for the planner: they would outlive the rows (migration 0002)

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "draft_share",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=80), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("revoked_at", moment, nullable=True),
        sa.Column("revoked_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["draft"], ["model_draft.name"], name="fk_draft_share_draft"),
        sa.PrimaryKeyConstraint("id", name="pk_draft_share"),
        sa.UniqueConstraint("token_hash", name="uq_draft_share_token_hash"),
    )
    op.create_index("ix_draft_share_draft", "draft_share", ["draft"])
    op.create_table(
        "draft_comment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=80), nullable=False),
        sa.Column("share", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", moment, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=80), nullable=True),
        sa.Column("done_at", moment, nullable=True),
        sa.Column("done_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["draft"], ["model_draft.name"], name="fk_draft_comment_draft"),
        sa.ForeignKeyConstraint(["share"], ["draft_share.id"], name="fk_draft_comment_share"),
        sa.PrimaryKeyConstraint("id", name="pk_draft_comment"),
    )
    op.create_index("ix_draft_comment_draft", "draft_comment", ["draft"])
    op.create_index("ix_draft_comment_share", "draft_comment", ["share"])
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE draft_comment {changes}")


def downgrade() -> None:
    op.drop_table("draft_comment")
    op.drop_table("draft_share")
