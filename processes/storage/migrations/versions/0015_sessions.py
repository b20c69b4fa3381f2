"""Sessions are found by person, account or session at the provider, can be ended, and remember when staff were last confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

moment = sa.DateTime(timezone=True)
DIGESTS = ("person", "account", "provider_session")
MOMENTS = ("ended_at", "asked_at", "confirmed_at")


def upgrade() -> None:
    with op.batch_alter_table("web_session") as table:
        for name in DIGESTS:
            table.add_column(sa.Column(name, sa.String(length=64), nullable=True))
        for name in MOMENTS:
            table.add_column(sa.Column(name, moment, nullable=True))
        table.add_column(sa.Column("tokens", sa.LargeBinary(), nullable=True))
    for name in DIGESTS:
        known = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_web_session_{name}", "web_session", [name], sqlite_where=known, postgresql_where=known)


def downgrade() -> None:
    op.execute("DELETE FROM web_session WHERE ended_at IS NOT NULL")  # the older schema would let them in again
    for name in DIGESTS:
        op.drop_index(f"ix_web_session_{name}", "web_session")
    with op.batch_alter_table("web_session") as table:
        for name in (*DIGESTS, *MOMENTS, "tokens"):
            table.drop_column(name)
