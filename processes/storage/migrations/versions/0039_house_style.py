"""The house style: each version from a day on, and the contents of its logos and fonts."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "house_style",
        sa.Column("id", number, nullable=False),
        sa.Column("style", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("saved_at", moment, nullable=False),
        sa.Column("saved_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", moment, nullable=True),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_house_style"),
    )
    op.create_table(
        "house_style_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_house_style_file"),
    )


def downgrade() -> None:
    op.drop_table("house_style_file")
    op.drop_table("house_style")
