"""Work beside the drawing: tasks for colleagues, checklists, and documents that came after the end of their case."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "colleague_task",
        sa.Column("id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=True),
        sa.Column("team", sa.String(length=80), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_colleague_task_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_colleague_task"),
    )
    still = sa.text("state = 'open'")
    for column in ("staff", "team", "made_by"):
        name, columns = f"ix_colleague_task_{column}", [column, "due", "id"]
        op.create_index(name, "colleague_task", columns, sqlite_where=still, postgresql_where=still)
    op.create_index("ix_colleague_task_case", "colleague_task", ["case_id", "state", "due"])
    op.create_table(
        "checklist_item",
        sa.Column("id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.Column("added_at", moment, nullable=False),
        sa.Column("done_by", sa.String(length=80), nullable=True),
        sa.Column("done_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_checklist_item_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_checklist_item"),
    )
    op.create_index("ix_checklist_item_case_id", "checklist_item", ["case_id"])
    op.add_column("document", sa.Column("after_closing", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("document", "after_closing")
    op.drop_table("checklist_item")
    op.drop_table("colleague_task")
