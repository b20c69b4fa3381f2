"""A document request says of which department and handler it is and what waits for a worker: the list of all is read by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0051"

OPEN, CLOSED = "closed_at IS NULL", "closed_at IS NOT NULL"
INDEXES = {
    "quiet": (("quiet", "due", "id"), OPEN),
    "judge": (("due", "id"), f"{OPEN} AND to_judge"),
    "of": (("department", "quiet", "due", "id"), OPEN),
    "by": (("handler", "quiet", "due", "id"), OPEN),
    "closed_of": (("department", "closed_at", "id"), CLOSED),
    "closed_by": (("handler", "closed_at", "id"), CLOSED),
}
KEPT = """
UPDATE document_request SET
  department = (SELECT dossier.department FROM dossier WHERE dossier.id = document_request.dossier_id),
  handler = (SELECT "case".handler FROM "case" WHERE "case".id = document_request.case_id),
  to_judge = EXISTS (SELECT 1 FROM delivery WHERE delivery.request_id = document_request.id AND delivery.judged_at IS NULL),
  quiet = NOT EXISTS (SELECT 1 FROM request_reply WHERE request_reply.request_id = document_request.id AND request_reply.granted IS NULL)
"""


def upgrade() -> None:
    op.add_column("document_request", sa.Column("department", sa.String(length=40), nullable=True))
    op.add_column("document_request", sa.Column("handler", sa.String(length=80), nullable=True))
    op.add_column("document_request", sa.Column("to_judge", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("document_request", sa.Column("quiet", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.execute(KEPT)
    for name, (columns, which) in INDEXES.items():
        some = sa.text(which)
        op.create_index(
            f"ix_document_request_{name}", "document_request", list(columns), sqlite_where=some, postgresql_where=some
        )


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(f"ix_document_request_{name}", table_name="document_request")
    for column in ("quiet", "to_judge", "handler", "department"):
        op.drop_column("document_request", column)
