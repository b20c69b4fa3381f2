"""Lists of open tasks are read from their index alone: a task knows the confidentiality of its case, and on PostgreSQL the index holds
what tells who may see it. Of a case the answers that were changed have an index.

What was written since the last vacuum is looked up in the table all the same: of cases and tasks PostgreSQL tidies up after
a fiftieth has changed, in place of a fifth.
"""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"

DESK = "state = 'open' AND (side = 'worker' OR side = 'committee')"
BESIDE = ("case_id", "confidentiality", "handler", "due", "legal_on")
# by name: the columns, which rows, and what is held beside
INDEXES: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "ix_task_urgent": (("urgent_on", "id"), DESK, BESIDE),
    "ix_task_type": (("case_type", "urgent_on", "id"), DESK, (*BESIDE, "element")),
    "ix_task_nobody": (("urgent_on", "id"), f"{DESK} AND assignee IS NULL AND handler IS NULL", BESIDE),
}
TIDIED = ("case", "task")
SHARES = ("autovacuum_vacuum_scale_factor", "autovacuum_vacuum_insert_scale_factor", "autovacuum_analyze_scale_factor")


def upgrade() -> None:
    # the default stays, for a process of the release before that still runs beside a new one
    op.add_column("task", sa.Column("confidentiality", sa.String(length=30), server_default="", nullable=False))
    level = '(SELECT confidentiality FROM "case" WHERE "case".id = task.case_id)'
    op.execute(f"UPDATE task SET confidentiality = {level} WHERE state = 'open'")  # noqa: S608 - ours
    changed = sa.text("changed_at IS NOT NULL")
    op.create_index("ix_task_changed", "task", ["case_id"], postgresql_where=changed, sqlite_where=changed)
    _make_anew(held=True)
    _tidy(", ".join(f"{one} = 0.02" for one in SHARES), "SET")


def downgrade() -> None:
    _tidy(", ".join(SHARES), "RESET")
    _make_anew(held=False)
    op.drop_index("ix_task_changed", table_name="task")
    op.drop_column("task", "confidentiality")


def _make_anew(*, held: bool) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return  # SQLite has no such indexes, and its databases are small
    for name, (columns, which, beside) in INDEXES.items():
        op.drop_index(name, table_name="task")
        include = list(beside) if held else None
        op.create_index(name, "task", list(columns), postgresql_where=sa.text(which), postgresql_include=include)


def _tidy(shares: str, way: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TIDIED:
            op.execute(f'ALTER TABLE "{table}" {way} ({shares})')
