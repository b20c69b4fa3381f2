"""Cases that are handled together: groups, the cases in them, what is done in all at once, and their block on an agenda."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOW = sa.text("left_at IS NULL")
PLANNED = sa.text("session_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "case_group",
        sa.Column("id", number, nullable=False),
        sa.Column("case_type", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_group"),
    )
    _members()
    _steps()
    op.add_column("hearing_item", sa.Column("block", number, nullable=True))


def _members() -> None:
    op.create_table(
        "case_group_member",
        sa.Column("id", number, nullable=False),
        sa.Column("group_id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("joined_at", moment, nullable=False),
        sa.Column("joined_by", sa.String(length=80), nullable=False),
        sa.Column("left_at", moment, nullable=True),
        sa.Column("left_by", sa.String(length=80), nullable=True),
        sa.Column("left_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["case_group.id"], name="fk_case_group_member_group_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_group_member_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_group_member"),
    )
    op.create_index("ix_case_group_member_case_id", "case_group_member", ["case_id"])
    op.create_index("ix_case_group_member_group_id", "case_group_member", ["group_id", "case_id"])
    op.create_index(
        "ix_case_group_member_now",
        "case_group_member",
        ["case_id"],
        unique=True,
        sqlite_where=NOW,
        postgresql_where=NOW,
    )


def _steps() -> None:
    op.create_table(
        "case_group_step",
        sa.Column("id", number, nullable=False),
        sa.Column("group_id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("task", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_task", sa.String(length=64), nullable=True),
        sa.Column("session_id", number, nullable=True),
        sa.Column("outcome", sa.String(length=80), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("begun_at", moment, nullable=False),
        sa.Column("begun_by", sa.String(length=80), nullable=False),
        sa.Column("done_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["case_group.id"], name="fk_case_group_step_group_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_group_step_case_id"),
        sa.ForeignKeyConstraint(["session_id"], ["hearing_session.id"], name="fk_case_group_step_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_group_step"),
        sa.UniqueConstraint("task", name="uq_case_group_step_task"),
    )
    op.create_index("ix_case_group_step_case_id", "case_group_step", ["case_id"])
    op.create_index("ix_case_group_step_group_id", "case_group_step", ["group_id", "begun_at"])
    op.create_index(
        "ix_case_group_step_session_id",
        "case_group_step",
        ["session_id"],
        sqlite_where=PLANNED,
        postgresql_where=PLANNED,
    )


def downgrade() -> None:
    op.drop_column("hearing_item", "block")
    op.drop_table("case_group_step")
    op.drop_table("case_group_member")
    op.drop_table("case_group")
