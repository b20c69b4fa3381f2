"""News for members of staff: notes of colleagues, mentions, handovers and deliveries, with whether it was read."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0053"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "news",
        sa.Column("id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note_id", number, nullable=True),
        sa.Column("delivery_id", number, nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("read_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_news_case_id"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_news_note_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name="fk_news_delivery_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_news"),
    )
    op.create_index("ix_news_case_id", "news", ["case_id"])
    op.create_index("ix_news_staff", "news", ["staff", "read_at", "id"])
    for column in ("note_id", "delivery_id"):
        some = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_news_{column}", "news", [column], sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    op.drop_table("news")
