"""Figures of a period find the cases that were closed in it, and the notices of default and penalties, by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"

CLOSED, SET = sa.text("closed_at IS NOT NULL"), sa.text("set_on IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_case_closed_at", "case", ["closed_at"], sqlite_where=CLOSED, postgresql_where=CLOSED)
    op.create_index("ix_default_notice_received_on", "default_notice", ["received_on"])
    op.create_index("ix_default_notice_set_on", "default_notice", ["set_on"], sqlite_where=SET, postgresql_where=SET)


def downgrade() -> None:
    op.drop_index("ix_default_notice_set_on", table_name="default_notice")
    op.drop_index("ix_default_notice_received_on", table_name="default_notice")
    op.drop_index("ix_case_closed_at", table_name="case")
