"""Indexes for all that is looked up in tables that grow: whatever a page, an action or a sweep asks costs the same at a
million cases. Among them every key that points at rows of a case, which the database follows back when a case is destroyed.

Most are of the rows only that have a value, so that writing the others costs nothing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEYS = (
    ("delivery", "dossier_id"),
    ("document_request", "dossier_id"),
    ("notice", "party_id"),
    ("document", "blob"),
    ("form_key", "used_at"),
)
KEYS_OF_SOME = (
    ("case", "handler"),
    ("default_notice", "party_id"),
    ("delivery", "instance_id"),
    ("delivery", "request_id"),
    ("document", "delivery_id"),
    ("document", "party_id"),
    ("document", "redacts"),
    ("dossier", "party_id"),
    ("instance", "parent_id"),
    ("mail", "notice_id"),
    ("note", "party_id"),
    ("notice", "document_id"),
    ("party", "represented_by"),
    ("task", "party_id"),
)
# name, table, columns, which rows: what waits for a person is little among all that is done
WAITING = (
    ("ix_task_taken", "task", ("assignee",), "state = 'open' AND assignee IS NOT NULL"),
    ("ix_case_alarm", "case", ("id",), "alarm IS NOT NULL"),
    ("ix_instance_stuck", "instance", ("case_id",), "phase = 'stuck'"),
    ("ix_form_key_long_answer", "form_key", ("key",), "length(answer) > 2000"),
)
SHORT_ANSWER = "length(answer) <= 2000"  # a longer one does not fit into an index


def upgrade() -> None:
    for table, column in KEYS:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table, column in KEYS_OF_SOME:
        op.create_index(f"ix_{table}_{column}", table, [column], **_rows(f"{column} IS NOT NULL"))
    for name, table, columns, which in WAITING:
        op.create_index(name, table, list(columns), **_rows(which))
    op.create_index("ix_destruction_state", "destruction", ["state", "destroyed_at", "id"])
    by_beginning: dict[str, Any] = {"postgresql_ops": {"answer": "text_pattern_ops"}}
    op.create_index("ix_form_key_answer", "form_key", ["answer"], **by_beginning, **_rows(SHORT_ANSWER))


def downgrade() -> None:
    op.drop_index("ix_form_key_answer", "form_key")
    op.drop_index("ix_destruction_state", "destruction")
    for name, table, _, _ in WAITING:
        op.drop_index(name, table)
    for table, column in (*KEYS_OF_SOME, *KEYS):
        op.drop_index(f"ix_{table}_{column}", table)


def _rows(which: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(which), "sqlite_where": sa.text(which)}
