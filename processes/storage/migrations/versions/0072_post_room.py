"""The post room: pieces of post that wait for a case, and their files; letters that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _some(name: str, table: str, columns: list[str], which: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(which), postgresql_where=sa.text(which))


def upgrade() -> None:
    op.create_table(
        "post_item",
        sa.Column("id", number, nullable=False),
        sa.Column("case_id", number, nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("postmarked_on", sa.Date(), nullable=True),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("taken_at", moment, nullable=False),
        sa.Column("taken_by", sa.String(length=80), nullable=True),
        sa.Column("handled_as", sa.String(length=20), nullable=True),
        sa.Column("handled_at", moment, nullable=True),
        sa.Column("handled_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_post_item_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_post_item"),
    )
    _some("ix_post_item_waiting", "post_item", ["received_on", "id"], "handled_at IS NULL")
    _some("ix_post_item_handled", "post_item", ["handled_at", "id"], "handled_at IS NOT NULL")
    _some("ix_post_item_case_id", "post_item", ["case_id"], "case_id IS NOT NULL")
    op.create_table(
        "post_file",
        sa.Column("id", number, nullable=False),
        sa.Column("item_id", number, nullable=False),
        sa.Column("case_id", number, nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", number, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("blob", sa.String(length=120), nullable=False),
        sa.Column("file_key", sa.String(length=200), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["post_item.id"], name="fk_post_file_item_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_post_file_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_post_file"),
    )
    op.create_index("ix_post_file_item_id", "post_file", ["item_id"])
    op.create_index("ix_post_file_blob", "post_file", ["blob"])
    _some("ix_post_file_case_id", "post_file", ["case_id"], "case_id IS NOT NULL")
    op.add_column("notice", sa.Column("returned_on", sa.Date(), nullable=True))
    op.add_column("party", sa.Column("returned_address", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("party") as change:
        change.drop_column("returned_address")
    with op.batch_alter_table("notice") as change:
        change.drop_column("returned_on")
    op.drop_table("post_file")
    op.drop_table("post_item")
