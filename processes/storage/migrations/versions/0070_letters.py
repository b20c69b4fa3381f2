"""Letters that are looked at before they leave: what waits, who wrote on it, who agrees to it."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"

moment = sa.DateTime(timezone=True)
big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = sa.text("state IN ('writing', 'asked', 'agreed')")
IN_BATCH = sa.text("batch_id IS NOT NULL")
KNOWN = sa.text("letter_id IS NOT NULL")


def upgrade() -> None:
    _letters()
    _batches()
    _edits()
    _approvals()
    for table in ("notice", "colleague_task"):
        with op.batch_alter_table(table) as change:
            change.add_column(sa.Column("letter_id", big_id, nullable=True))
            change.create_foreign_key(f"fk_{table}_letter_id_letter", "letter", ["letter_id"], ["id"])
        op.create_index(f"ix_{table}_letter_id", table, ["letter_id"], sqlite_where=KNOWN, postgresql_where=KNOWN)


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", big_id, nullable=False),
        sa.Column("case_id", big_id, nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("asks", sa.JSON(), nullable=True),
        sa.Column("four_eyes", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=True),
        sa.Column("asked_by", sa.String(length=80), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("along", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_letter_case_id_case"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
    )
    op.create_index("ix_letter_case_id", "letter", ["case_id"])
    op.create_index("ix_letter_waits", "letter", ["id"], sqlite_where=WAITS, postgresql_where=WAITS)


def _batches() -> None:
    op.create_table(
        "print_batch",
        sa.Column("id", big_id, nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_print_batch"),
    )
    with op.batch_alter_table("notice") as change:
        change.add_column(sa.Column("batch_id", big_id, nullable=True))
        change.add_column(sa.Column("batch_place", sa.Integer(), nullable=True))
        change.create_foreign_key("fk_notice_batch_id_print_batch", "print_batch", ["batch_id"], ["id"])
    op.create_index("ix_notice_batch_id", "notice", ["batch_id"], sqlite_where=IN_BATCH, postgresql_where=IN_BATCH)


def _edits() -> None:
    op.create_table(
        "letter_edit",
        sa.Column("id", big_id, nullable=False),
        sa.Column("case_id", big_id, nullable=False),
        sa.Column("letter_id", big_id, nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_letter_edit_case_id_case"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_letter_edit_letter_id_letter"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_edit"),
    )
    for column in ("case_id", "letter_id"):
        op.create_index(f"ix_letter_edit_{column}", "letter_edit", [column])


def _approvals() -> None:
    op.create_table(
        "letter_approval",
        sa.Column("id", big_id, nullable=False),
        sa.Column("case_id", big_id, nullable=False),
        sa.Column("letter_id", big_id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=True),
        sa.Column("team", sa.String(length=80), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_letter_approval_case_id_case"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_letter_approval_letter_id_letter"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_approval"),
    )
    op.create_index("ix_letter_approval_case_id", "letter_approval", ["case_id"])
    op.create_index("ix_letter_approval_letter", "letter_approval", ["letter_id", "place"])


def downgrade() -> None:
    op.drop_index("ix_notice_batch_id", "notice")
    with op.batch_alter_table("notice") as change:
        change.drop_constraint("fk_notice_batch_id_print_batch", type_="foreignkey")
        change.drop_column("batch_place")
        change.drop_column("batch_id")
    op.drop_table("print_batch")
    for table in ("notice", "colleague_task"):
        op.drop_index(f"ix_{table}_letter_id", table)
        with op.batch_alter_table(table) as change:
            change.drop_constraint(f"fk_{table}_letter_id_letter", type_="foreignkey")
            change.drop_column("letter_id")
    for table in ("letter_approval", "letter_edit", "letter"):
        op.drop_table(table)
