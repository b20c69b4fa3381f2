"""The table that the search box looks through, filled with the words of what is there already.

SQLite gets a full text index of its own beside it (FTS5), which triggers keep; on PostgreSQL the words are a tsvector.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from processes.base.folding import words_of

revision = "0006"
down_revision = "0005"

PAGE = 1000  # rows per read
big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
words = sa.Text().with_variant(TSVECTOR(), "postgresql")

SEARCH = sa.table(
    "search", sa.column("case_id", big), sa.column("kind", sa.String()), sa.column("row_id", sa.String()),
    sa.column("words", words),
)  # fmt: skip
# of each kind its rows, in the order of their ids: those of confidential parties and removed documents stay out
ROWS = {
    "case": 'SELECT id, id AS case_id, number AS a, subject AS b FROM "case" WHERE true',
    "party": "SELECT id, case_id, name AS a, '' AS b FROM party WHERE NOT confidential",
    "decision": "SELECT id, case_id, number AS a, subject AS b FROM decision WHERE true",
    "document": (
        "SELECT id, case_id, reference AS a, title AS b FROM document WHERE state <> 'removed' AND NOT EXISTS"
        " (SELECT id FROM party WHERE party.id = document.party_id AND party.confidential)"
    ),
}

# the index holds no words of its own, so what is deleted must be told to it with what it was
FULL_TEXT = (
    """CREATE VIRTUAL TABLE search_words USING fts5(
        words, content='search', content_rowid='id', prefix='2 3 4', tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER search_inserted AFTER INSERT ON search BEGIN
        INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER search_deleted AFTER DELETE ON search BEGIN
        INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER search_updated AFTER UPDATE ON search BEGIN
        INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END""",
)


def upgrade() -> None:
    on_postgres = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "search",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("row_id", sa.String(length=32), nullable=False),
        sa.Column("words", words, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_search_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_search"),
    )
    if not on_postgres:
        for statement in FULL_TEXT:
            op.execute(statement)
    _fill()
    op.create_index("ix_search_case_id", "search", ["case_id"], unique=False)
    op.create_index("ix_search_row", "search", ["kind", "row_id"], unique=True)
    if on_postgres:
        op.execute(
            "ALTER TABLE search ALTER COLUMN words SET STATISTICS 0"
        )  # as of all that people write: migration 0002
        op.create_index("ix_search_words", "search", ["words"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_party_confidential", "party", ["case_id"], unique=False,
        postgresql_where=sa.text("confidential"), sqlite_where=sa.text("confidential = 1"),
    )  # fmt: skip


def _fill() -> None:
    for kind, rows in ROWS.items():
        for page in _pages(rows):
            found = [
                {"case_id": row.case_id, "kind": kind, "row_id": str(row.id), "words": " ".join(words_of(row.a, row.b))}
                for row in page
            ]
            op.get_bind().execute(sa.insert(SEARCH), found)


def _pages(rows: str) -> Iterator[Any]:
    after: Any = None
    while True:
        further = "" if after is None else " AND id > :after"
        page = op.get_bind().execute(
            sa.text(f"{rows}{further} ORDER BY id LIMIT {PAGE}"), {"after": after} if further else {}
        )
        found = page.all()
        if not found:
            return
        yield found
        after = found[-1].id


def downgrade() -> None:
    op.drop_index("ix_party_confidential", table_name="party")
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TABLE search_words")  # its triggers go with the table below
    op.drop_table("search")
