"""Related cases, notices of default, warnings, editable law, assessed documents, personal links, two people to destroy."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)

# what people write: PostgreSQL keeps samples of a column for its planner, also long after the rows are destroyed, and
# these columns are only read beside others or searched through, so that it plans no worse without
WRITTEN = {
    "case": ("subject", "result_explanation", "department_remark", "alarm"),
    "party": ("name", "email", "phone", "address"),
    "person_profile": ("email", "phone"),
    "decision": ("number", "subject", "taken_by"),
    "note": ("author", "text"),
    "document": ("title", "file_name", "refusal", "added_by"),
    "delivery": ("remark",),
    "mail": ("recipient", "subject", "body", "error"),
    "notice": ("subject", "body"),
    "default_notice": ("reason",),
    "destruction": ("exception",),
    "outbox": ("error",),
}


def upgrade() -> None:
    _relations()
    _default_notices()
    _more_columns()
    if op.get_bind().dialect.name == "postgresql":
        _take_no_samples()


def _relations() -> None:
    op.create_table(
        "case_relation",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("other_id", big, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_relation_case_id"),
        sa.ForeignKeyConstraint(["other_id"], ["case.id"], name="fk_case_relation_other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_relation"),
        sa.UniqueConstraint("case_id", "other_id", name="uq_case_relation_case_id"),
    )
    op.create_index("ix_case_relation_case_id", "case_relation", ["case_id"], unique=False)
    op.create_index("ix_case_relation_other_id", "case_relation", ["other_id"], unique=False)


def _default_notices() -> None:
    op.create_table(
        "default_notice",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("deadline", sa.String(length=80), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("party_id", big, nullable=True),
        sa.Column("excluded", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_default_notice_case_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_default_notice_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_default_notice"),
    )
    op.create_index("ix_default_notice_case_id", "default_notice", ["case_id"], unique=False)


def _more_columns() -> None:
    with op.batch_alter_table("decision") as table:
        table.add_column(sa.Column("woo", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("party") as table:
        table.add_column(sa.Column("filing", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("barred_as", sa.String(length=320), nullable=True))
        table.create_index("ix_party_barred_as", ["barred_as"], unique=False)
    op.execute("UPDATE party SET filing = false WHERE role IN ('representative', 'third_party')")
    with op.batch_alter_table("deadline") as table:
        table.add_column(sa.Column("warn_on", sa.Date(), nullable=True))
        table.create_index("ix_deadline_warn", ["warn_on"], unique=False)
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("assessment", sa.JSON(), nullable=True))
        table.add_column(sa.Column("redacts", sa.String(length=32), nullable=True))
        table.create_foreign_key("fk_document_redacts", "document", ["redacts"], ["id"])
    with op.batch_alter_table("dossier") as table:
        table.alter_column("department", existing_type=sa.String(length=40), nullable=True)
        table.add_column(sa.Column("party_id", big, nullable=True))
        table.create_foreign_key("fk_dossier_party_id", "party", ["party_id"], ["id"])
    with op.batch_alter_table("task") as table:
        table.add_column(sa.Column("party_id", big, nullable=True))
        table.create_foreign_key("fk_task_party_id", "party", ["party_id"], ["id"])
    with op.batch_alter_table("law_rule") as table:
        table.add_column(sa.Column("kind", sa.String(length=20), nullable=False, server_default="rule"))
        table.add_column(sa.Column("variant", sa.String(length=40), nullable=False, server_default="standard"))
        table.add_column(sa.Column("saved_at", moment, nullable=True))
        table.add_column(sa.Column("saved_by", sa.String(length=80), nullable=True))
        table.alter_column("record", existing_type=sa.JSON(), nullable=True)
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("email", sa.String(length=320), nullable=True))
    with op.batch_alter_table("destruction") as table:
        table.add_column(sa.Column("proposed_by", sa.String(length=80), nullable=True))
        table.add_column(sa.Column("proposed_at", moment, nullable=True))


def _take_no_samples() -> None:
    for table, columns in WRITTEN.items():
        changes = ", ".join(f'ALTER COLUMN "{column}" SET STATISTICS 0' for column in columns)
        op.execute(f'ALTER TABLE "{table}" {changes}')


def downgrade() -> None:
    """Delete what the first schema cannot hold: related cases, notices of default, own links, removed rules."""
    if op.get_bind().dialect.name == "postgresql":
        _take_samples_again()
    _rows_that_do_not_fit()
    _fewer_columns()
    op.drop_table("default_notice")
    op.drop_table("case_relation")


def _rows_that_do_not_fit() -> None:
    op.execute("DELETE FROM dossier WHERE department IS NULL")
    # a record that was taken out is the JSON word null
    op.execute("DELETE FROM law_rule WHERE kind <> 'rule' OR record IS NULL OR CAST(record AS TEXT) = 'null'")
    op.execute("UPDATE destruction SET state = 'listed' WHERE state = 'proposed'")


def _fewer_columns() -> None:
    with op.batch_alter_table("destruction") as table:
        table.drop_column("proposed_at")
        table.drop_column("proposed_by")
    with op.batch_alter_table("staff") as table:
        table.drop_column("email")
    with op.batch_alter_table("law_rule") as table:
        table.alter_column("record", existing_type=sa.JSON(), nullable=False)
        for column in ("saved_by", "saved_at", "variant", "kind"):
            table.drop_column(column)
    for name in ("task", "dossier"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(f"fk_{name}_party_id", type_="foreignkey")
            table.drop_column("party_id")
    with op.batch_alter_table("dossier") as table:
        table.alter_column("department", existing_type=sa.String(length=40), nullable=False)
    with op.batch_alter_table("document") as table:
        table.drop_constraint("fk_document_redacts", type_="foreignkey")
        table.drop_column("redacts")
        table.drop_column("assessment")
    with op.batch_alter_table("deadline") as table:
        table.drop_index("ix_deadline_warn")
        table.drop_column("warn_on")
    with op.batch_alter_table("party") as table:
        table.drop_index("ix_party_barred_as")
        for column in ("barred_as", "confidential", "filing"):
            table.drop_column(column)
    with op.batch_alter_table("decision") as table:
        table.drop_column("woo")


def _take_samples_again() -> None:
    for table, columns in WRITTEN.items():
        changes = ", ".join(f'ALTER COLUMN "{column}" SET STATISTICS -1' for column in columns)
        op.execute(f'ALTER TABLE "{table}" {changes}')
