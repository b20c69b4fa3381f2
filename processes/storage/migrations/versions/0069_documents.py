"""Things that the eye does not see in a document, the minute before it is shown, and the versions of a document."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"


def upgrade() -> None:
    op.add_column("document", sa.Column("hidden", sa.String(length=20), nullable=True))
    op.add_column("document", sa.Column("hidden_found", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("document", sa.Column("shows_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("document", sa.Column("version_why", sa.Text(), nullable=True))
    op.add_column("document", sa.Column("version", sa.Integer(), nullable=True))
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("version_of", sa.String(length=32), nullable=True))
        table.create_foreign_key("fk_document_version_of_document", "document", ["version_of"], ["id"])
    known = sa.text("version_of IS NOT NULL")
    op.create_index("ix_document_version_of", "document", ["version_of"], postgresql_where=known, sqlite_where=known)


def downgrade() -> None:
    op.drop_index("ix_document_version_of", "document")
    with op.batch_alter_table("document") as table:
        table.drop_constraint("fk_document_version_of_document", type_="foreignkey")
        table.drop_column("version_of")
    for column in ("version", "version_why", "shows_at", "hidden_found", "hidden"):
        op.drop_column("document", column)
