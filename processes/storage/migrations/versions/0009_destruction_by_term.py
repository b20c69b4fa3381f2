"""The destruction list comes in order from an index: page by page, however many dossiers wait on it."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index("ix_destruction_due", "destruction", ["state", "due_on", "id"])


def downgrade() -> None:
    op.drop_index("ix_destruction_due", "destruction")
