"""Drafts of case types, with every save of each."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "model_draft",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("deployed_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_model_draft"),
    )
    op.create_table(
        "model_draft_revision",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.Column("saved_by", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["draft"], ["model_draft.name"], name="fk_model_draft_revision_draft"),
        sa.PrimaryKeyConstraint("id", name="pk_model_draft_revision"),
        sa.UniqueConstraint("draft", "number", name="uq_model_draft_revision_draft"),
    )
    op.create_table(
        "model_draft_file",
        sa.Column("draft", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["model_draft.name"], name="fk_model_draft_file_draft"),
        sa.PrimaryKeyConstraint("draft", "sha256", name="pk_model_draft_file"),
    )


def downgrade() -> None:
    op.drop_table("model_draft_file")
    op.drop_table("model_draft_revision")
    op.drop_table("model_draft")
