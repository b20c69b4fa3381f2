"""Words of a department beside its documents: of each requested document, who delivers, a file taken back, another answer."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"

WRITTEN = ("remark", "replied_by", "note")  # no samples for the planner: they would outlive the rows (migration 0002)
OF_DELIVERIES = ("said", "delivered_by")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXED = ("case_id", "request_id", "dossier_id")
KEYS = {
    "case_id": "case.id",
    "request_id": "document_request.id",
    "dossier_id": "dossier.id",
    "department": "department.code",
}


def upgrade() -> None:
    op.create_table(
        "request_reply",
        sa.Column("id", BIG, nullable=False),
        *(sa.Column(name, BIG, nullable=False) for name in INDEXED),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("replied_by", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        *(sa.ForeignKeyConstraint([one], [of], name=f"fk_request_reply_{one}") for one, of in KEYS.items()),
        sa.PrimaryKeyConstraint("id", name="pk_request_reply"),
    )
    for name in INDEXED:
        op.create_index(f"ix_request_reply_{name}", "request_reply", [name])
    op.add_column("document", sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("delivery") as table:
        table.add_column(sa.Column("said", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("delivered_by", sa.String(length=200), nullable=False, server_default=""))
    with op.batch_alter_table("delivery") as table:
        for name in OF_DELIVERIES:
            table.alter_column(name, server_default=None)
    if op.get_bind().dialect.name == "postgresql":
        _no_samples("request_reply", WRITTEN)
        _no_samples("delivery", OF_DELIVERIES)


def downgrade() -> None:
    with op.batch_alter_table("delivery") as table:
        for name in OF_DELIVERIES:
            table.drop_column(name)
    with op.batch_alter_table("document") as table:
        table.drop_column("recalled_at")
    op.drop_table("request_reply")


def _no_samples(table: str, columns: tuple[str, ...]) -> None:
    changes = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in columns)
    op.execute(f"ALTER TABLE {table} {changes}")
