"""Substitutions: who is away from when to when, and which colleague stands in."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = {"staff": ["staff", "last_on"], "substitute": ["substitute", "last_on"], "last_on": ["last_on"]}


def upgrade() -> None:
    op.create_table(
        "substitution",
        sa.Column("id", number, nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=False),
        sa.Column("substitute", sa.String(length=80), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(length=80), nullable=False),
        sa.Column("set_at", moment, nullable=False),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_substitution"),
    )
    for name, columns in INDEXES.items():
        op.create_index(f"ix_substitution_{name}", "substitution", columns)


def downgrade() -> None:
    op.drop_table("substitution")
