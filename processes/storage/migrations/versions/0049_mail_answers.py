"""Answers that come back on a mail, how far a mailbox was read, and which mails were taken from it."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"

# no samples for the planner: they would outlive the rows (migration 0002)
WRITTEN = ("sender", "subject", "text", "said")
OPEN = sa.text("to_read AND settled_at IS NULL")

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mailbox",
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", moment, nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("failing_since", moment, nullable=True),
        sa.Column("stuck_uid", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name="pk_mailbox"),
    )
    op.create_table(
        "taken_mail",
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("taken_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("purpose", "digest", name="pk_taken_mail"),
    )
    op.create_index("ix_taken_mail_taken_at", "taken_mail", ["taken_at"])
    op.create_table(
        "mail_answer",
        sa.Column("id", number, nullable=False),
        sa.Column("case_id", number, nullable=True),
        sa.Column("mail_id", number, nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("to_read", sa.Boolean(), nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("attachments", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("left_at", moment, nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_mail_answer_case_id"),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name="fk_mail_answer_mail_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_answer"),
    )
    op.create_index("ix_mail_answer_received_at", "mail_answer", ["received_at"])
    for column in ("case_id", "mail_id"):
        some = sa.text(f"{column} IS NOT NULL")
        name = f"ix_mail_answer_{column}"
        op.create_index(name, "mail_answer", [column], sqlite_where=some, postgresql_where=some)
    op.create_index("ix_mail_answer_open", "mail_answer", ["id"], sqlite_where=OPEN, postgresql_where=OPEN)
    if op.get_bind().dialect.name == "postgresql":
        for column in WRITTEN:
            op.execute(f"ALTER TABLE mail_answer ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    for table in ("mail_answer", "taken_mail", "mailbox"):
        op.drop_table(table)
