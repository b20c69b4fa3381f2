"""Points of a checklist that come along with a case type, and that are struck with a reason; which are open has an index."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0065"

OPEN = sa.text("done_at IS NULL AND struck_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("checklist_item") as table:
        table.alter_column("added_by", existing_type=sa.String(length=80), nullable=True)
        table.add_column(sa.Column("struck_by", sa.String(length=80), nullable=True))
        table.add_column(sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_checklist_item_open", "checklist_item", ["case_id"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_index("ix_checklist_item_open", table_name="checklist_item")
    op.execute("UPDATE checklist_item SET added_by = '' WHERE added_by IS NULL")
    with op.batch_alter_table("checklist_item") as table:
        for column in ("reason", "struck_at", "struck_by"):
            table.drop_column(column)
        table.alter_column("added_by", existing_type=sa.String(length=80), nullable=False)
