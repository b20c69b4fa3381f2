"""The search table tells of more: how to reach parties, messages and notes, and the text of documents, which workers read later."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from processes.base.contact_words import contact_words
from processes.base.folding import words_of

revision = "0059"
down_revision = "0058"

PAGE = 1000  # rows per read
big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEARCH = sa.table(
    "search", sa.column("case_id", big), sa.column("kind", sa.String()), sa.column("row_id", sa.String()),
    sa.column("words", sa.Text().with_variant(TSVECTOR(), "postgresql")),
)  # fmt: skip
PARTIES = "SELECT id, case_id, name, address, phone, email, secret_address FROM party WHERE NOT confidential"
NOTES = (
    "SELECT id, case_id, text FROM note WHERE kind IN ('message', 'reply', 'note') AND author <> 'Zaakspoor' AND NOT EXISTS"
    " (SELECT id FROM party WHERE party.id = note.party_id AND party.confidential)"
)
SECRET, UNREAD = sa.text("secret_address"), sa.text("NOT words_read AND blob <> ''")


def upgrade() -> None:
    # the default stays, for a process of the release before that still runs beside a new one
    op.add_column("document", sa.Column("words_read", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_document_unread", "document", ["id"], postgresql_where=UNREAD, sqlite_where=UNREAD)
    op.create_index("ix_party_secret_address", "party", ["case_id"], postgresql_where=SECRET, sqlite_where=SECRET)
    op.create_table(
        "document_text",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["document.id"], name="fk_document_text_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_document_text_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document_text"),
    )
    op.create_index("ix_document_text_case_id", "document_text", ["case_id"])
    if op.get_bind().dialect.name == "postgresql":  # no samples for the planner: they would outlive the rows
        op.execute("ALTER TABLE document_text ALTER COLUMN words SET STATISTICS 0")
    for party in _rows(PARTIES):
        _add(
            "contact", party, lambda row: contact_words(row.name, row.address, row.phone, row.email, row.secret_address)
        )
    for note in _rows(NOTES):
        _add("note", note, lambda row: words_of(row.text))


def _add(kind: str, page: Any, words: Any) -> None:
    found = [
        {"case_id": row.case_id, "kind": kind, "row_id": str(row.id), "words": " ".join(words(row))} for row in page
    ]
    op.get_bind().execute(sa.insert(SEARCH), found)


def _rows(rows: str) -> Iterator[Any]:
    after = 0
    while (
        page := op.get_bind()
        .execute(sa.text(f"{rows} AND id > :after ORDER BY id LIMIT {PAGE}"), {"after": after})
        .all()
    ):
        yield page
        after = page[-1].id


def downgrade() -> None:
    op.execute("DELETE FROM search WHERE kind IN ('contact', 'note', 'text')")
    op.drop_table("document_text")
    op.drop_index("ix_party_secret_address", table_name="party")
    op.drop_index("ix_document_unread", table_name="document")
    op.drop_column("document", "words_read")
