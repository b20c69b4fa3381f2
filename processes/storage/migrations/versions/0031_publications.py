"""Public pages of what was decided on Woo requests."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

SHOWN = sa.text("withdrawn_at IS NULL")
WRITTEN = ("title", "withdrawn_reason")  # no samples for the planner: they would outlive the rows (migration 0002)
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_at", moment, nullable=False),
        sa.Column("withdrawn_at", moment, nullable=True),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_publication_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
    )
    op.create_index("ix_publication_case_id", "publication", ["case_id"])
    op.create_index("ix_publication_shown", "publication", ["published_at"], sqlite_where=SHOWN, postgresql_where=SHOWN)
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE publication {changes}")


def downgrade() -> None:
    op.drop_table("publication")
