"""Bundles: papers of a case as one PDF or zip, kept for a day."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = {
    "case": (["case_id", "asked_by", "asked_at"], None),
    "delete_from": (["delete_from"], None),
    "blob": (["blob"], sa.text("blob IS NOT NULL")),
    "party_id": (["party_id"], sa.text("party_id IS NOT NULL")),
}


def upgrade() -> None:
    op.create_table(
        "case_bundle",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("reader", sa.String(length=20), nullable=False),
        sa.Column("party_id", number, nullable=True),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_at", moment, nullable=True),
        sa.Column("blob", sa.String(length=120), nullable=True),
        sa.Column("file_key", sa.String(length=200), nullable=True),
        sa.Column("size", number, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("delete_from", moment, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_bundle_case_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_case_bundle_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_bundle"),
    )
    for name, (columns, some) in INDEXES.items():
        op.create_index(f"ix_case_bundle_{name}", "case_bundle", columns, sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    op.drop_table("case_bundle")
