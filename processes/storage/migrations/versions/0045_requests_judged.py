"""A request that was stopped, the words with which a delivery was not enough, and documents that a department no longer reads."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"

# texts about a case: no samples for the planner (migration 0002)
WRITTEN = {"document_request": "stop_reason", "delivery": "refusal", "document": "taken_back"}

LISTS = (("open", "due", "closed_at IS NULL"), ("closed", "closed_at", "closed_at IS NOT NULL"))

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("document_request", sa.Column("stopped_at", moment, nullable=True))
    op.add_column("document_request", sa.Column("stop_reason", sa.Text(), nullable=True))
    op.execute(
        "UPDATE document_request SET closed_at = "
        "(SELECT ended_at FROM instance WHERE instance.id = document_request.instance_id) WHERE closed_at IS NULL"
    )
    for name, column, which in LISTS:
        some = sa.text(which)
        op.create_index(
            f"ix_document_request_{name}", "document_request", [column, "id"], sqlite_where=some, postgresql_where=some
        )
    op.add_column("delivery", sa.Column("refusal", sa.Text(), nullable=True))
    op.add_column("document", sa.Column("taken_back", sa.JSON(none_as_null=True), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        for table, column in WRITTEN.items():
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    op.drop_column("document", "taken_back")
    op.drop_column("delivery", "refusal")
    for name, _, _ in LISTS:
        op.drop_index(f"ix_document_request_{name}", table_name="document_request")
    op.execute("UPDATE document_request SET closed_at = NULL")  # which nothing filled before
    op.drop_column("document_request", "stop_reason")
    op.drop_column("document_request", "stopped_at")
