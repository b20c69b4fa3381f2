"""Large files come in by pieces, each stored by itself, and go on after a bad connection."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "large_upload",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("case_id", big, nullable=True),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("size", big, nullable=False),
        sa.Column("received", big, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("writer", sa.String(length=32), nullable=True),
        sa.Column("writer_until", moment, nullable=True),
        sa.Column("blob", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_large_upload_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_large_upload"),
    )
    op.create_index("ix_large_upload_owner", "large_upload", ["owner"])
    op.create_index("ix_large_upload_at", "large_upload", ["at"])
    for column in ("case_id", "task_id", "blob"):
        _index_where_known("large_upload", column)
    there = sa.text("state <> 'gone'")
    op.create_index("ix_large_upload_there", "large_upload", ["at"], sqlite_where=there, postgresql_where=there)
    op.create_table(
        "upload_part",
        sa.Column("upload_id", sa.String(length=32), nullable=False),
        sa.Column("first_byte", big, nullable=False),
        sa.Column("case_id", big, nullable=True),
        sa.Column("size", big, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("blob", sa.String(length=120), nullable=False),
        sa.Column("file_key", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["upload_id"], ["large_upload.id"], name="fk_upload_part_upload_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_upload_part_case_id"),
        sa.PrimaryKeyConstraint("upload_id", "first_byte", name="pk_upload_part"),
        sa.UniqueConstraint("blob", name="uq_upload_part_blob"),
    )
    _index_where_known("upload_part", "case_id")


def downgrade() -> None:
    """Files that were on their way go; the sweep of files without a row removes their parts from the store."""
    op.drop_table("upload_part")
    op.drop_table("large_upload")


def _index_where_known(table: str, column: str) -> None:
    some = sa.text(f"{column} IS NOT NULL")
    op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=some, postgresql_where=some)
