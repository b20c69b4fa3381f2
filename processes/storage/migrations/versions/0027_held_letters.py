"""Letters and mails that are held, because they would say what is not so, with the reasons."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

TABLES = ("notice", "mail")
HELD = sa.text("held IS NOT NULL")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("held", sa.JSON(), nullable=True))
        op.create_index(f"ix_{table}_held", table, ["case_id"], sqlite_where=HELD, postgresql_where=HELD)
        if op.get_bind().dialect.name == "postgresql":  # no samples for the planner: they would outlive the rows
            op.execute(f"ALTER TABLE {table} ALTER COLUMN held SET STATISTICS 0")


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_held", table_name=table)
        op.drop_column(table, "held")
