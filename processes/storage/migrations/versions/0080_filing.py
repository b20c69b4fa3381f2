"""A letter on the portal that its reader does not open is told to the worker, once; news by mail per kind, and in one mail a day."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0077"

IN_DIGEST = sa.text("digest AND sent_at IS NULL AND error IS NULL")
STOP_WAITING = """UPDATE mail SET settled_at = CURRENT_TIMESTAMP,
    error = 'Niet verstuurd: deze versie verstuurt geen nieuws in één e-mail per dag.'
    WHERE digest AND sent_at IS NULL AND error IS NULL"""
NOT_LOOKED_AFTER = sa.text("unopened IS NULL AND channel = 'portal'")


def upgrade() -> None:
    op.add_column("notice", sa.Column("unopened", sa.Boolean(), nullable=True))
    op.execute("UPDATE notice SET unopened = false")  # nobody is told of the letters of years
    op.create_index(
        "ix_notice_not_looked_after", "notice", ["sent_on", "id"],
        sqlite_where=NOT_LOOKED_AFTER, postgresql_where=NOT_LOOKED_AFTER,
    )  # fmt: skip
    op.add_column("person_profile", sa.Column("news_kinds", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("person_profile", sa.Column("news_daily", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("mail", sa.Column("digest", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_mail_digest", "mail", ["recipient", "id"], sqlite_where=IN_DIGEST, postgresql_where=IN_DIGEST)


def downgrade() -> None:
    # the mail of the day that it waits for is never made there: without a word it would wait for ever
    op.execute(STOP_WAITING)
    op.drop_index("ix_mail_digest", "mail")
    op.drop_column("mail", "digest")
    op.drop_column("person_profile", "news_daily")
    op.drop_column("person_profile", "news_kinds")
    op.drop_index("ix_notice_not_looked_after", "notice")
    op.drop_column("notice", "unopened")
