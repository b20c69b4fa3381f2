"""Cases that were reopened: how they had ended."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reopening",
        sa.Column("id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("result", sa.String(length=80), nullable=True),
        sa.Column("status", sa.String(length=80), nullable=True),
        sa.Column("retention_class", sa.String(length=20), nullable=True),
        sa.Column("reopened_at", moment, nullable=False),
        sa.Column("reopened_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_reopening_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reopening"),
    )
    op.create_index("ix_reopening_case_id", "reopening", ["case_id"])


def downgrade() -> None:
    op.drop_table("reopening")
