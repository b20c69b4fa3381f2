"""The table that the search box of the workbench looks through: words of cases, parties, decisions, documents, messages and texts."""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class SearchRow(Base):
    """The words of one row of another table, as `processes.base.folding` makes them. Kept by `processes.storage.search_table`.

    What is confidential stands here under SearchKind.CONFIDENTIAL, or not at all. What finds the words is made by migration 0006 alone: on PostgreSQL the index
    `ix_search_words`, on SQLite the full text index `search_words` with triggers that keep it.
    """

    __tablename__ = "search"
    __table_args__ = (Index("ix_search_row", "kind", "row_id", unique=True),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # SearchKind
    row_id: Mapped[str] = mapped_column(String(32))  # of the row that it tells of
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))  # with a space between them


class DocumentText(Base):
    """The words inside a document, as far as it is text: each once, folded, with a space between them. `id` is that of the document.

    A worker writes it (`processes.jobs.reading_documents`); it goes when the document is taken away or gets another file.
    """

    __tablename__ = "document_text"

    id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    words: Mapped[str] = mapped_column(Text)


def is_declared(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic is to compare this: not the full text indexes, which no class declares."""
    return not (kind in {"table", "index"} and (name or "").startswith(("search_words", "ix_search_words")))
