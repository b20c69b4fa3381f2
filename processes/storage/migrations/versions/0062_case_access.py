"""Access to cases above somebody's clearance: asked with a reason, given until a day."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = {
    "case_id": (["case_id"], None),
    "staff": (["staff", "id"], None),
    "until": (["until"], sa.text("until IS NOT NULL AND ended_at IS NULL")),
    "asked": (["id"], sa.text("decided_at IS NULL")),
}


def upgrade() -> None:
    op.create_table(
        "case_access",
        sa.Column("id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_access_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_access"),
    )
    for name, (columns, some) in INDEXES.items():
        op.create_index(f"ix_case_access_{name}", "case_access", columns, sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    op.drop_table("case_access")
