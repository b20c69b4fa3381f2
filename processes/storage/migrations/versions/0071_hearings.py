"""Sessions of committees, who sits there, and the cases on their agenda."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DESK = sa.text("state = 'open' AND (side = 'worker' OR side = 'committee')")


def upgrade() -> None:
    _sessions()
    _seats()
    _items()
    op.create_index("ix_task_step", "task", ["element", "urgent_on", "id"], sqlite_where=DESK, postgresql_where=DESK)


def _sessions() -> None:
    op.create_table(
        "hearing_session",
        sa.Column("id", number, nullable=False),
        sa.Column("committee", sa.String(length=40), nullable=False),
        sa.Column("chamber", sa.String(length=80), nullable=False),
        sa.Column("begins_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("room", sa.String(length=200), nullable=False),
        sa.Column("video", sa.Text(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(length=80), nullable=False),
        sa.Column("set_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_session"),
    )
    op.create_index("ix_hearing_session_begins_at", "hearing_session", ["state", "begins_at"])


def _seats() -> None:
    op.create_table(
        "hearing_seat",
        sa.Column("id", number, nullable=False),
        sa.Column("session_id", number, nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("instead_of", sa.String(length=80), nullable=True),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["hearing_session.id"], name="fk_hearing_seat_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_seat"),
        sa.UniqueConstraint("session_id", "staff", name="uq_hearing_seat_session_id"),
    )
    op.create_index("ix_hearing_seat_staff", "hearing_seat", ["staff", "session_id"])


def _items() -> None:
    op.create_table(
        "hearing_item",
        sa.Column("id", number, nullable=False),
        sa.Column("session_id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pause", sa.Integer(), nullable=False),
        sa.Column("begins_at", moment, nullable=False),
        sa.Column("told_at", moment, nullable=True),
        sa.Column("told_where", sa.Text(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["hearing_session.id"], name="fk_hearing_item_session_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_hearing_item_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_item"),
    )
    op.create_index("ix_hearing_item_session_id", "hearing_item", ["session_id", "position"])
    op.create_index("ix_hearing_item_case_id", "hearing_item", ["case_id"])


def downgrade() -> None:
    op.drop_index("ix_task_step", "task")
    op.drop_table("hearing_item")
    op.drop_table("hearing_seat")
    op.drop_table("hearing_session")
