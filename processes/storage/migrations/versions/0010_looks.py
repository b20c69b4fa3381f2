"""Looks: a row for each time that somebody looks at a case or fetches a document."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WITH_DOCUMENT = sa.text("document_id IS NOT NULL")
INDEXES = {"ix_look_case": ["case_id", "at", "id"], "ix_look_who": ["who", "at", "id"], "ix_look_at": ["at", "id"]}


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("id", big, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who_kind", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("part", sa.String(length=100), nullable=False),
        sa.Column("document_id", sa.String(length=32), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("correlation", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_look"),
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "look", columns)
    op.create_index(
        "ix_look_document",
        "look",
        ["document_id", "at", "id"],
        sqlite_where=WITH_DOCUMENT,
        postgresql_where=WITH_DOCUMENT,
    )
    if op.get_bind().dialect.name == "postgresql":
        # no samples of where people were, as of all that people write: migration 0002
        op.execute("ALTER TABLE look ALTER COLUMN address SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("look")
