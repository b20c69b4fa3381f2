"""How each member of staff hears of news by mail, and whether single keys work for them."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "desk_mail",
        sa.Column("staff", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=True),
        sa.Column("next_at", moment, nullable=False),
        sa.Column("told_until", moment, nullable=False),
        sa.PrimaryKeyConstraint("staff", name="pk_desk_mail"),
    )
    op.add_column("staff", sa.Column("keys_off", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("staff", "keys_off")
    op.drop_table("desk_mail")
