"""Corrections of parties and decisions, who left a case, and since when a party is reachable electronically (Awb 2:8)."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_PARTY, OF_DECISION = sa.text("party_id IS NOT NULL"), sa.text("decision_id IS NOT NULL")
WRITTEN = ("was", "became", "reason")  # no samples for the planner: they would outlive the rows (migration 0002)


def upgrade() -> None:
    op.add_column("party", sa.Column("electronic_since", sa.Date(), nullable=True))
    op.add_column("party", sa.Column("electronic_how", sa.String(length=20), nullable=True))
    op.add_column("party", sa.Column("left_on", sa.Date(), nullable=True))
    op.add_column("person_profile", sa.Column("channel", sa.String(length=20), nullable=True))
    op.add_column("notice", sa.Column("stopped", sa.Text(), nullable=True))
    op.create_table(
        "correction",
        sa.Column("id", big, autoincrement=True, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("party_id", big, nullable=True),
        sa.Column("decision_id", big, nullable=True),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_correction_case_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_correction_party_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_correction_decision_id"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
    )
    op.create_index("ix_correction_case_id", "correction", ["case_id"])
    for column, which in (("party_id", OF_PARTY), ("decision_id", OF_DECISION)):
        op.create_index(f"ix_correction_{column}", "correction", [column], sqlite_where=which, postgresql_where=which)
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE correction {changes}")
        op.execute("ALTER TABLE notice ALTER COLUMN stopped SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("correction")
    op.drop_column("notice", "stopped")
    op.drop_column("person_profile", "channel")
    for column in ("left_on", "electronic_how", "electronic_since"):
        op.drop_column("party", column)
