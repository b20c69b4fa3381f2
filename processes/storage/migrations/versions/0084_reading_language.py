"""The language in which a person reads: of a profile, of a party, and of each mail; a letter with its translation."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0086"


def upgrade() -> None:
    op.add_column("person_profile", sa.Column("language", sa.String(length=2), nullable=True))
    op.add_column("party", sa.Column("language", sa.String(length=2), server_default="nl", nullable=False))
    op.add_column("mail", sa.Column("language", sa.String(length=2), server_default="nl", nullable=False))
    op.add_column("notice", sa.Column("translation", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("notice", "translation")
    op.drop_column("mail", "language")
    op.drop_column("party", "language")
    op.drop_column("person_profile", "language")
