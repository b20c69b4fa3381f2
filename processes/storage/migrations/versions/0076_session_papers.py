"""The needs of a party at a hearing; papers of a whole session in one bundle; private notes of who sits in a session."""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0074"

moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_SESSION = sa.text("session_id IS NOT NULL")
BUNDLE_INDEXES = {  # SQLite makes the table anew, and does not take these along
    "case": (["case_id", "asked_by", "asked_at"], None),
    "delete_from": (["delete_from"], None),
    "blob": (["blob"], sa.text("blob IS NOT NULL")),
    "party_id": (["party_id"], sa.text("party_id IS NOT NULL")),
}


def upgrade() -> None:
    op.add_column("party", sa.Column("needs", sa.String(length=300), server_default="", nullable=False))
    _drop_indexes()
    with op.batch_alter_table("case_bundle") as table:
        table.alter_column("case_id", existing_type=number, nullable=True)
        table.add_column(sa.Column("session_id", number, nullable=True))
        table.create_foreign_key("fk_case_bundle_session_id", "hearing_session", ["session_id"], ["id"])
    _create_indexes()
    op.create_index(
        "ix_case_bundle_session_id", "case_bundle", ["session_id"], sqlite_where=OF_SESSION, postgresql_where=OF_SESSION
    )
    op.create_table(
        "hearing_note",
        sa.Column("id", number, nullable=False),
        sa.Column("case_id", number, nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_hearing_note_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hearing_note"),
        sa.UniqueConstraint("case_id", "staff", name="uq_hearing_note_case_id"),
    )


def downgrade() -> None:
    op.drop_table("hearing_note")
    op.execute("DELETE FROM case_bundle WHERE session_id IS NOT NULL")  # copies of a day
    op.drop_index("ix_case_bundle_session_id", "case_bundle")
    _drop_indexes()
    with op.batch_alter_table("case_bundle") as table:
        table.drop_constraint("fk_case_bundle_session_id", type_="foreignkey")
        table.drop_column("session_id")
        table.alter_column("case_id", existing_type=number, nullable=False)
    _create_indexes()
    with op.batch_alter_table("party") as table:
        table.drop_column("needs")


def _drop_indexes() -> None:
    for name in BUNDLE_INDEXES:
        op.drop_index(f"ix_case_bundle_{name}", "case_bundle")


def _create_indexes() -> None:
    for name, (columns, some) in BUNDLE_INDEXES.items():
        op.create_index(f"ix_case_bundle_{name}", "case_bundle", columns, sqlite_where=some, postgresql_where=some)
