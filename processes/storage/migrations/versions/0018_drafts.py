"""Forms that are filled in but not sent, and who put which file in the store when.

What was kept of a form after a sign-in had ended lay in `web_session` for half an hour, under the kind `kept`. A draft keeps that
now; rows of before are passed over until they are swept. The way back forgets all drafts; their files are swept as files that
belong to no document.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("case_id", big, nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_draft_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("owner", "form", name="uq_draft_owner"),
    )
    op.create_index("ix_draft_case_id", "draft", ["case_id"], **_where("case_id IS NOT NULL"))
    op.create_index("ix_draft_saved_at", "draft", ["saved_at"])
    op.create_table(
        "upload",
        sa.Column("blob", sa.String(length=120), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("size", big, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("draft_id", sa.String(length=32), nullable=True),
        sa.Column("gone_at", moment, nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("blob", name="pk_upload"),
    )
    op.create_index("ix_upload_owner", "upload", ["owner"])
    op.create_index("ix_upload_at", "upload", ["at"])
    op.create_index("ix_upload_draft_id", "upload", ["draft_id"], **_where("draft_id IS NOT NULL"))
    op.create_index("ix_upload_waiting", "upload", ["at"], **_where("NOT settled"))


def downgrade() -> None:
    op.drop_table("upload")
    op.drop_table("draft")


def _where(which: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(which), "sqlite_where": sa.text(which)}
