"""A code in a printed letter, with which its reader ties a case on paper to the own sign-in: its keyed digest, and how long it counts."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KNOWN = sa.text("code IS NOT NULL")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "letter_code",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("party_id", BIG, nullable=False),
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("salt", sa.String(32), nullable=True),
        sa.Column("code", sa.String(64), nullable=True),
        sa.Column("made_at", MOMENT, nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_letter_code_case_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_letter_code_party_id"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_letter_code_notice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_code"),
    )
    for name in ("case_id", "party_id", "notice_id"):
        op.create_index(f"ix_letter_code_{name}", "letter_code", [name])
    op.create_index("ix_letter_code_code", "letter_code", ["code"], sqlite_where=KNOWN, postgresql_where=KNOWN)


def downgrade() -> None:
    op.drop_table("letter_code")
