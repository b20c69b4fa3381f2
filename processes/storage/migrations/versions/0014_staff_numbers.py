"""Members of staff get a number of our own, which takes the place of their user name in every column that names them.

Their accounts at a provider are bound to it by `staff_identity`; user names may then change, and be shared by two people.
"""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

moment = sa.DateTime(timezone=True)
# as they were at this schema; those of today stand in processes.storage.staff_columns
COLUMNS = (
    ("case", "handler"),
    ("decision", "taken_by"),
    ("default_notice", "recorded_by"),
    ("destruction", "approved_by"),
    ("destruction", "proposed_by"),
    ("law_rule", "saved_by"),
    ("look", "who"),
    ("model_version", "deployed_by"),
    ("removal", "approved_by"),
    ("removal", "proposed_by"),
    ("task", "assignee"),
    ("task", "done_by"),
)
BEFORE = sa.table(
    "staff", sa.column("username", sa.String()), sa.column("name", sa.String()), sa.column("roles", sa.JSON()),
    sa.column("email", sa.String()),
)  # fmt: skip
AFTER = sa.table("staff", sa.column("number", sa.String()), *(sa.column(one.name, one.type) for one in BEFORE.columns))


def upgrade() -> None:
    people = _rows(BEFORE)
    op.drop_table("staff")
    op.create_table(
        "staff",
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("signed_in_at", moment, nullable=True),
        sa.Column("blocked_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_staff"),
    )
    _fill(AFTER, [{"number": _number(), **person} for person in people])
    op.create_index("ix_staff_name", "staff", ["name"])
    op.create_table(
        "staff_identity",
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("staff", sa.String(length=80), nullable=True),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("bound_at", moment, nullable=True),
        sa.Column("bound_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["staff"], ["staff.number"], name="fk_staff_identity_staff"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_staff_identity"),
    )
    known = sa.text("staff IS NOT NULL")
    op.create_index("ix_staff_identity_staff", "staff_identity", ["staff"], sqlite_where=known, postgresql_where=known)
    _rename("username", "number")


def downgrade() -> None:
    """Bring the user names back. Of two people who share one, the second is called `name.number` from here on."""
    people = _apart(_rows(AFTER))
    for person in people:
        named = sa.update(AFTER).where(AFTER.c.number == person["number"]).values(username=person["username"])
        op.get_bind().execute(named)
    _rename("number", "username")
    op.drop_table("staff_identity")
    op.drop_table("staff")
    op.create_table(
        "staff",
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.PrimaryKeyConstraint("username", name="pk_staff"),
    )
    _fill(BEFORE, [{column.name: person[column.name] for column in BEFORE.columns} for person in people])
    op.execute("DELETE FROM setting WHERE name = 'staff.issuer'")


def _number() -> str:
    return f"m{secrets.randbelow(10**10):010d}"


def _rows(table: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in op.get_bind().execute(sa.select(table)).mappings()]


def _fill(table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.get_bind().execute(sa.insert(table), rows)


def _rename(known_by: str, to: str) -> None:
    """Replace in every column what a member of staff is known by; what is no member of staff stays as it is."""
    for table, column in COLUMNS:
        rows, people = sa.table(table, sa.column(column)), sa.table("staff", sa.column(known_by), sa.column(to))
        here = rows.c[column]
        found = sa.select(people.c[to]).where(people.c[known_by] == here).scalar_subquery()
        op.execute(sa.update(rows).where(here.in_(sa.select(people.c[known_by]))).values({column: found}))


def _bound_since() -> dict[str, str]:
    """The first moment at which each member of staff was bound to an account, as text that sorts."""
    accounts = sa.table("staff_identity", sa.column("staff", sa.String()), sa.column("bound_at", moment))
    rows = op.get_bind().execute(sa.select(accounts).where(accounts.c.staff.is_not(None)).order_by(accounts.c.bound_at))
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(row.staff, str(row.bound_at or ""))
    return found


def _apart(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    taken: set[str] = set()
    since = _bound_since()
    # who was here before accounts were bound keeps the name, and else who came first
    for person in sorted(people, key=lambda one: (since.get(one["number"], ""), one["number"])):
        if person["username"] in taken:
            person["username"] = f"{person['username'][:60]}.{person['number']}"
        taken.add(person["username"])
    return people
