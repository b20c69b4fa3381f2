"""A colleague whom a case is about is shut out by number: another mail address, of the party or of the colleague, takes that off no more.

What barred by an address is taken over, with the number of the colleague who has that address now. The column of before stays as it is: the
audit trail holds a digest of it.

A case in which no term of the law runs, but one stands still, sorts before those without any.
"""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HOLDS = sa.text("lifted_at IS NULL")
INDEXES = {
    "case_id": (["case_id"], None),
    "staff": (["staff", "case_id"], HOLDS),
    "address": (["address", "case_id"], HOLDS),
    "party_id": (["party_id"], sa.text("party_id IS NOT NULL")),
}
WRITTEN = (
    "address",
    "reason",
    "lifted_reason",
)  # the planner keeps no samples of them, which would outlive destruction
TAKE_OVER = """
INSERT INTO bar (case_id, staff, address, party_id, made_at, reason)
SELECT party.case_id, staff.number, party.barred_as, party.id, "case".registered_at, ''
FROM party JOIN "case" ON "case".id = party.case_id
LEFT JOIN staff ON lower(staff.username) = party.barred_as OR lower(staff.email) = party.barred_as
WHERE party.barred_as IS NOT NULL
"""
GIVE_BACK = """
UPDATE party SET barred_as = (SELECT min(bar.address) FROM bar WHERE bar.party_id = party.id AND bar.lifted_at IS NULL)
WHERE barred_as IS NULL AND id IN (SELECT party_id FROM bar WHERE party_id IS NOT NULL AND lifted_at IS NULL)
"""
WITHOUT, STILL = "9999-12-31", "9999-12-30"  # the days of a case without a term, and of one in which it stands still
STANDS_STILL = f"""
UPDATE "case" SET legal_on = '{STILL}' WHERE state = 'running' AND legal_on = '{WITHOUT}' AND EXISTS (
  SELECT 1 FROM deadline WHERE deadline.case_id = "case".id AND deadline.met_on IS NULL AND deadline.kind IN ('law', 'court'))
"""  # noqa: S608 - ours
OF_TASKS = f"""
UPDATE task SET legal_on = '{STILL}', urgent_on = CASE WHEN urgent_on = '{WITHOUT}' THEN '{STILL}' ELSE urgent_on END
WHERE state = 'open' AND case_id IN (SELECT id FROM "case" WHERE legal_on = '{STILL}')
"""  # noqa: S608 - ours
BACK = (("case", "legal_on"), ("task", "legal_on"), ("task", "urgent_on"))


def upgrade() -> None:
    op.create_table(
        "bar",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("staff", sa.String(80), nullable=True),
        sa.Column("address", sa.String(320), nullable=True),
        sa.Column("party_id", NUMBER, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.Column("lifted_by", sa.String(80), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_bar_case_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_bar_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bar"),
    )
    op.execute(TAKE_OVER)
    op.execute(STANDS_STILL)
    op.execute(OF_TASKS)
    for name, (columns, some) in INDEXES.items():
        op.create_index(f"ix_bar_{name}", "bar", columns, sqlite_where=some, postgresql_where=some)
    op.drop_index("ix_party_barred_as", table_name="party")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE bar {', '.join(f'ALTER COLUMN {one} SET STATISTICS 0' for one in WRITTEN)}")


def downgrade() -> None:
    for table, column in BACK:
        op.execute(f"""UPDATE "{table}" SET {column} = '{WITHOUT}' WHERE {column} = '{STILL}'""")  # noqa: S608 - ours
    op.create_index("ix_party_barred_as", "party", ["barred_as"])
    op.execute(GIVE_BACK)
    op.drop_table("bar")
