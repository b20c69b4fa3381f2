"""A mail knows the formal notice that it announces; a refused mail is found by an index, until somebody settles it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REFUSED = sa.text("error IS NOT NULL AND sent_at IS NULL AND settled_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("mail") as table:
        table.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("notice_id", big, nullable=True))
        table.create_foreign_key("fk_mail_notice_id", "notice", ["notice_id"], ["id"])
    op.create_index("ix_mail_refused", "mail", ["case_id"], sqlite_where=REFUSED, postgresql_where=REFUSED)


def downgrade() -> None:
    op.drop_index("ix_mail_refused", table_name="mail")
    with op.batch_alter_table("mail") as table:
        table.drop_constraint("fk_mail_notice_id", type_="foreignkey")
        table.drop_column("notice_id")
        table.drop_column("settled_at")
