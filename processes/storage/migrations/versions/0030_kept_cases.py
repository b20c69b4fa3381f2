"""Indexes for what keeps a closed case: the cases of a retention class, and the decisions that carry the number of a case."""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_index("ix_decision_number", "decision", ["number"])
    op.create_index("ix_case_retention_class", "case", ["retention_class", "id"])


def downgrade() -> None:
    op.drop_index("ix_case_retention_class", table_name="case")
    op.drop_index("ix_decision_number", table_name="decision")
