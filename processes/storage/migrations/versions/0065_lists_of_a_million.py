"""Lists by handler go by the name of the handler, and what is secret is searched for by the words of its parties."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from processes.base.contact_words import contact_words
from processes.base.folding import fold

revision = "0065"
down_revision = "0064"

PAGE = 1000  # rows per read
LONGEST = 200
big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
sorts = sa.String(LONGEST).with_variant(sa.String(LONGEST, collation="C"), "postgresql")
SEARCH = sa.table(
    "search", sa.column("case_id", big), sa.column("kind", sa.String()), sa.column("row_id", sa.String()),
    sa.column("words", sa.Text().with_variant(TSVECTOR(), "postgresql")),
)  # fmt: skip
PARTIES = "SELECT id, case_id, name, address, phone, email FROM party WHERE (confidential OR secret_address)"
HANDLERS = 'SELECT DISTINCT c.handler AS number, coalesce(s.name, c.handler) AS name FROM "case" c LEFT JOIN staff s ON s.number = c.handler'


def upgrade() -> None:
    # the default stays, for a process of the release before that still runs beside a new one
    op.add_column("case", sa.Column("handler_sort", sorts, server_default="~", nullable=False))
    if (
        op.get_bind().dialect.name == "postgresql"
    ):  # no samples for the planner, as of all names: they would outlive the rows
        op.execute('ALTER TABLE "case" ALTER COLUMN handler_sort SET STATISTICS 0')
    for row in op.get_bind().execute(sa.text(f"{HANDLERS} WHERE c.handler IS NOT NULL")).all():
        named = sa.text('UPDATE "case" SET handler_sort = :name WHERE handler = :number')
        op.get_bind().execute(named, {"name": fold(row.name)[:LONGEST], "number": row.number})
    op.create_index("ix_case_handler_sort", "case", ["state", "handler_sort", "handler", "id"])
    op.drop_index("ix_case_work", table_name="case")
    for page in _rows(PARTIES):
        op.get_bind().execute(sa.insert(SEARCH), [_secret(row) for row in page])


def _secret(row: Any) -> dict[str, Any]:
    told = contact_words(row.name, row.address, row.phone, row.email)
    return {"case_id": row.case_id, "kind": "confidential", "row_id": str(row.id), "words": " ".join(told)}


def _rows(rows: str) -> Iterator[Any]:
    after = 0
    while page := (
        op.get_bind().execute(sa.text(f"{rows} AND id > :after ORDER BY id LIMIT {PAGE}"), {"after": after}).all()
    ):
        yield page
        after = page[-1].id


def downgrade() -> None:
    op.execute("DELETE FROM search WHERE kind = 'confidential'")
    op.create_index("ix_case_work", "case", ["state", "handler", "id"])
    op.drop_index("ix_case_handler_sort", table_name="case")
    op.drop_column("case", "handler_sort")
