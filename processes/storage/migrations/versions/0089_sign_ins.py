"""Sign-ins as their person sees them for some months after: one row each, which outlives the session."""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0085"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("person", sa.String(80), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id_hash", name="pk_sign_in"),
    )
    op.create_index("ix_sign_in_person", "sign_in", ["person", "began_at"])
    op.create_index("ix_sign_in_began_at", "sign_in", ["began_at"])


def downgrade() -> None:
    op.drop_table("sign_in")
