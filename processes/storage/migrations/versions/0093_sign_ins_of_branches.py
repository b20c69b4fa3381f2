"""A sign-in for one branch of a company is found by the company too. Sessions that began before sign-ins were written down end, so that a list
of own sign-ins leaves out none that is open.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"

SESSIONS = sa.table(
    "web_session", sa.column("id_hash", sa.String), sa.column("kind", sa.String), sa.column("tokens", sa.LargeBinary),
    sa.column("ended_at", sa.DateTime(timezone=True)),
)  # fmt: skip
SIGN_INS = sa.table("sign_in", sa.column("id_hash", sa.String))


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("company", sa.String(80), nullable=True))
    op.create_index("ix_sign_in_company", "sign_in", ["company", "began_at"])
    unlisted = sa.and_(
        SESSIONS.c.kind.in_(("citizen", "staff")), SESSIONS.c.ended_at.is_(None),
        SESSIONS.c.id_hash.not_in(sa.select(SIGN_INS.c.id_hash)),
    )  # fmt: skip
    op.execute(sa.update(SESSIONS).where(unlisted).values(ended_at=datetime.now(UTC), tokens=None))


def downgrade() -> None:
    op.drop_index("ix_sign_in_company", "sign_in")
    op.drop_column("sign_in", "company")
