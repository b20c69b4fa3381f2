"""Openings of links, codes for the mailbox of a department, and departments that are always asked for one."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = {
    "ix_link_opening_case": ["case_id"],
    "ix_link_opening_dossier": ["dossier_id", "at", "id"],
    "ix_link_opening_at": ["at", "id"],
}


def upgrade() -> None:
    op.create_table(
        "link_opening",
        sa.Column("id", big, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("dossier_id", big, nullable=False),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.Column("unattended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_opening"),
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "link_opening", columns)
    op.create_table(
        "mailbox_code",
        sa.Column("ask", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ask", name="pk_mailbox_code"),
    )
    op.create_index("ix_mailbox_code_asked_at", "mailbox_code", ["asked_at"])
    known = sa.text("department IS NOT NULL")
    op.create_index(
        "ix_dossier_department", "dossier", ["department", "id"], sqlite_where=known, postgresql_where=known
    )
    op.add_column("department", sa.Column("always_code", sa.Boolean(), server_default=sa.false(), nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        # no samples of where people were, or of what people typed: migration 0002
        op.execute("ALTER TABLE link_opening ALTER COLUMN address SET STATISTICS 0")
        op.execute("ALTER TABLE mailbox_code ALTER COLUMN address SET STATISTICS 0")


def downgrade() -> None:
    op.drop_column("department", "always_code")
    op.drop_index("ix_dossier_department", table_name="dossier")
    op.drop_table("mailbox_code")
    op.drop_table("link_opening")
