"""People who are named as filing a case together with somebody, until each confirms it by an own sign-in."""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"

MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WRITTEN = ("name", "email", "reason")  # the planner keeps no samples of them, which would outlive destruction


def upgrade() -> None:
    op.create_table(
        "co_filer",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("named_by", BIG, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("salt", sa.String(32), nullable=True),
        sa.Column("code", sa.String(64), nullable=True),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("refused_at", MOMENT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.String(80), nullable=True),
        sa.Column("party_id", BIG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_co_filer_case_id"),
        sa.ForeignKeyConstraint(["named_by"], ["party.id"], name="fk_co_filer_named_by"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_co_filer_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_co_filer"),
    )
    op.create_index("ix_co_filer_case_id", "co_filer", ["case_id"])
    op.create_index("ix_co_filer_named_by", "co_filer", ["named_by"])
    for column in ("code", "party_id"):
        _index_of_some("co_filer", column, f"{column} IS NOT NULL", column)
    _index_of_some("co_filer", "waits", "state = 'asked'", "valid_until", "id")
    _index_of_some("mail", "invited", "template = 'co-filer-asked'", "recipient", "created_at")
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE co_filer {changes}")


def _index_of_some(table: str, name: str, which: str, *columns: str) -> None:
    where = sa.text(which)
    op.create_index(f"ix_{table}_{name}", table, list(columns), postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    op.drop_index("ix_mail_invited", table_name="mail")
    op.drop_table("co_filer")
