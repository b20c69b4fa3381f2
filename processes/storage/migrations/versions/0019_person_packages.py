"""Packages with all data of one person, for a data protection officer to review."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MADE = sa.text("blob IS NOT NULL")
WRITTEN = (
    "identity_index",
    "reference",
    "chosen",
)  # no samples for the planner: they would outlive the rows (migration 0002)


def upgrade() -> None:
    op.create_table(
        "person_package",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("identity_index", sa.String(length=64), nullable=False),
        sa.Column("identity_kind", sa.String(length=10), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blob", sa.String(length=120), nullable=True),
        sa.Column("file_key", sa.String(length=200), nullable=True),
        sa.Column("size", big, nullable=True),
        sa.Column("delete_from", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person_package"),
    )
    op.create_index("ix_person_package_asked", "person_package", ["asked_by", "asked_at"])
    op.create_index("ix_person_package_delete_from", "person_package", ["delete_from"])
    op.create_index("ix_person_package_identity_index", "person_package", ["identity_index"])
    op.create_index("ix_person_package_blob", "person_package", ["blob"], sqlite_where=MADE, postgresql_where=MADE)
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE person_package {changes}")


def downgrade() -> None:
    op.drop_table("person_package")
