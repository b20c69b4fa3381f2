"""Decisions on a part of a Woo request, with the documents and public pages that belong to one."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

WRITTEN = ("title",)  # no samples for the planner: they would outlive the rows (migration 0002)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("document", "publication")


def upgrade() -> None:
    op.create_table(
        "part_decision",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("instance_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.String(length=80), nullable=True),
        sa.Column("letters", sa.JSON(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_part_decision_case_id"),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name="fk_part_decision_instance_id"),
        sa.PrimaryKeyConstraint("id", name="pk_part_decision"),
        sa.UniqueConstraint("instance_id", name="uq_part_decision_instance_id"),
    )
    op.create_index("ix_part_decision_case_id", "part_decision", ["case_id"])
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("part_id", BIG, nullable=True))
            table.create_foreign_key(f"fk_{name}_part_id", "part_decision", ["part_id"], ["id"])
        known = sa.text("part_id IS NOT NULL")
        op.create_index(f"ix_{name}_part_id", name, ["part_id"], sqlite_where=known, postgresql_where=known)
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE part_decision {changes}")


def downgrade() -> None:
    for name in TABLES:
        op.drop_index(f"ix_{name}_part_id", name)
        with op.batch_alter_table(name) as table:
            table.drop_constraint(f"fk_{name}_part_id", type_="foreignkey")
            table.drop_column("part_id")
    op.drop_table("part_decision")
