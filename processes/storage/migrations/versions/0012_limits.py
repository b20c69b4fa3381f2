"""Counts of what somebody does in a window of time, and mail addresses that citizens confirm.

The addresses that citizens have now count as confirmed: mail went there before.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

WRITTEN = "own_address"  # its addresses are people's: no samples for the planner, which would outlive destruction
AWAITS_CODE = sa.text("awaits_code")
WAITING = sa.text("confirmed_at IS NULL")
KNOWN = """
    INSERT INTO own_address (identity_index, email, confirmed_at, asked, tries)
    SELECT identity_index, email, :now, 0, 0 FROM (
        SELECT identity_index, email FROM party UNION SELECT identity_index, email FROM person_profile
    ) AS known WHERE identity_index IS NOT NULL AND email IS NOT NULL
"""


def upgrade() -> None:
    _new_tables()
    # the defaults stay: a process of the release before that still runs beside a new one does not know the columns
    for table, column in (
        ("party", "email_unconfirmed"),
        ("person_profile", "email_unconfirmed"),
        ("mail", "awaits_code"),
    ):
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_mail_awaits_code", "mail", ["created_at"], sqlite_where=AWAITS_CODE, postgresql_where=AWAITS_CODE
    )
    now = sa.bindparam("now", datetime.now(UTC), sa.DateTime(timezone=True))
    op.execute(sa.text(KNOWN).bindparams(now))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {WRITTEN} ALTER COLUMN email SET STATISTICS 0")


def downgrade() -> None:
    """Mails that wait for a confirmation become refused ones, which staff can send again."""
    op.execute("UPDATE mail SET error = 'Dit e-mailadres is niet bevestigd.' WHERE awaits_code AND error IS NULL")
    op.drop_index("ix_mail_awaits_code", table_name="mail")
    for table, column in (
        ("mail", "awaits_code"),
        ("person_profile", "email_unconfirmed"),
        ("party", "email_unconfirmed"),
    ):
        op.drop_column(table, column)
    op.drop_table("own_address")
    op.drop_table("rate")


def _new_tables() -> None:
    op.create_table(
        "rate",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_rate"),
    )
    op.create_index("ix_rate_until", "rate", ["until"])
    op.create_table(
        "own_address",
        sa.Column("identity_index", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("identity_index", "email", name="pk_own_address"),
    )
    op.create_index("ix_own_address_email", "own_address", ["email"])
    op.create_index(
        "ix_own_address_waiting", "own_address", ["asked_at"], sqlite_where=WAITING, postgresql_where=WAITING
    )
