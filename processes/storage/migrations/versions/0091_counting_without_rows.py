"""Lists of cases are counted from their index alone: on PostgreSQL it also holds what tells who may see a case.

Without that each case was looked up to be counted, and of who has thousands of them PostgreSQL read and sorted all.
"""

from alembic import op
from sqlalchemy import text

revision = "0091"
down_revision = "0090"

SEEN = ("confidentiality", "handler")
# by name: the columns, which rows, and what is held beside
INDEXES: dict[str, tuple[tuple[str, ...], str | None, tuple[str, ...]]] = {
    "ix_case_risk": (("state", "legal_on", "id"), None, SEEN),
    "ix_case_type": (("case_type", "state", "legal_on", "id"), None, SEEN),
    "ix_case_status": (("status", "state", "legal_on", "id"), None, SEEN),
    "ix_case_handler": (("handler", "state", "legal_on", "id"), "handler IS NOT NULL", ("confidentiality",)),
    "ix_case_nobody": (("state", "legal_on", "id"), "handler IS NULL", SEEN),
}


def upgrade() -> None:
    _make_anew(held=True)


def downgrade() -> None:
    _make_anew(held=False)


def _make_anew(*, held: bool) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return  # SQLite has no such indexes, and its databases are small
    for name, (columns, which, beside) in INDEXES.items():
        op.drop_index(name, table_name="case")
        op.create_index(
            name,
            "case",
            list(columns),
            postgresql_where=text(which) if which else None,
            postgresql_include=list(beside) if held else None,
        )
