"""Moving running cases to a new version of their case type, and what became of each."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

WRITTEN = ("reason", "before")  # no samples for the planner: they would outlive the rows (migration 0002)

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "model_move",
        sa.Column("id", number, nullable=False),
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("from_version", number, nullable=False),
        sa.Column("to_version", number, nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("started_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["from_version"], ["model_version.id"], name="fk_model_move_from_version"),
        sa.ForeignKeyConstraint(["to_version"], ["model_version.id"], name="fk_model_move_to_version"),
        sa.PrimaryKeyConstraint("id", name="pk_model_move"),
    )
    op.create_index("ix_model_move_process", "model_move", ["process"])
    op.create_table(
        "case_move",
        sa.Column("id", number, nullable=False),
        sa.Column("move_id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["move_id"], ["model_move.id"], name="fk_case_move_move_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_move_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_move"),
        sa.UniqueConstraint("move_id", "case_id", name="uq_case_move_move_id"),
    )
    op.create_index("ix_case_move_state", "case_move", ["move_id", "state", "case_id"])
    op.create_index("ix_case_version", "case", ["model_version_id", "state", "id"])
    op.create_index("ix_case_move_case_id", "case_move", ["case_id"])
    if op.get_bind().dialect.name == "postgresql":
        changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in WRITTEN)
        op.execute(f"ALTER TABLE case_move {changes}")


def downgrade() -> None:
    op.drop_index("ix_case_version", table_name="case")
    op.drop_table("case_move")
    op.drop_table("model_move")
