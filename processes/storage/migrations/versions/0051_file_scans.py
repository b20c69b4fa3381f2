"""Files that wait for the virus scanner, and what it said."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)
OPEN = sa.text("state <> 'clean'")


def upgrade() -> None:
    op.create_table(
        "file_scan",
        sa.Column("blob", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("scanned_at", moment, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", big, nullable=False),
        sa.Column("found", sa.String(length=200), nullable=False),
        sa.Column("trouble", sa.String(length=300), nullable=False),
        sa.Column("file_key", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("blob", name="pk_file_scan"),
    )
    op.create_index("ix_file_scan_at", "file_scan", ["at"])
    op.create_index("ix_file_scan_open", "file_scan", ["at"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.add_column("document", sa.Column("scan", sa.String(length=20), nullable=True))


def downgrade() -> None:
    """An older program knows no scanner: it shows every file that is still there."""
    op.drop_column("document", "scan")
    op.drop_table("file_scan")
