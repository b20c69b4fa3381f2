"""Filings and answers, in words, with the document that is made of them; cases of before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# no samples for the planner: they would outlive the rows (migration 0002)
WRITTEN = ("title", "words", "others", "body", "answers")
KNOWN = ("party_id", "dossier_id", "task_id", "delivery_id")


def upgrade() -> None:
    # the default stays, for a process of the release before that still runs beside a new one
    op.add_column("document", sa.Column("personal", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "filed",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("document_id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=64), nullable=True),
        sa.Column("delivery_id", big, nullable=True),
        sa.Column("party_id", big, nullable=True),
        sa.Column("dossier_id", big, nullable=True),
        sa.Column("entered_by", sa.String(length=80), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_filed_case_id"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_filed_document_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_filed_task_id"),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name="fk_filed_delivery_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_filed_party_id"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_filed_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_filed"),
        sa.UniqueConstraint("document_id", name="uq_filed_document_id"),
    )
    op.create_index("ix_filed_case_id", "filed", ["case_id"])
    for column in KNOWN:
        which = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_filed_{column}", "filed", [column], sqlite_where=which, postgresql_where=which)
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE filed {changes}")


def downgrade() -> None:
    """Documents stay, also one that was not made yet: it then says that its file is missing."""
    op.execute("DELETE FROM search WHERE kind = 'filed'")
    op.drop_table("filed")
    op.drop_column("document", "personal")
