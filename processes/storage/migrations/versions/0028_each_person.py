"""One task for each of several people: the part of a drawing that an instance is, whose it is and how it ended; and the day on
which one of several withdrew.

The way back forgets who withdrew and whose task it was; it refuses nothing, for the tasks themselves stay.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("instance") as table:
        table.add_column(sa.Column("element", sa.String(length=120), nullable=True))
        table.add_column(sa.Column("party_id", big, nullable=True))
        table.add_column(sa.Column("answered", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("lapsed_by", sa.String(length=120), nullable=True))
        table.create_foreign_key("fk_instance_party_id", "party", ["party_id"], ["id"])
    op.create_index("ix_instance_party_id", "instance", ["party_id"], **_where("party_id IS NOT NULL"))
    op.add_column("party", sa.Column("withdrawn_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("party") as table:
        table.drop_column("withdrawn_on")
    op.drop_index("ix_instance_party_id", "instance")
    with op.batch_alter_table("instance") as table:
        table.drop_constraint("fk_instance_party_id", type_="foreignkey")
        for column in ("lapsed_by", "answered", "party_id", "element"):
            table.drop_column(column)


def _where(which: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(which), "sqlite_where": sa.text(which)}
