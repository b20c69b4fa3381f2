"""Letters, documents and answers of before looks at them were written down are new to nobody: the moment up to which that is so.

Looks at messages begin with this release. Where no look of any kind was written yet, the same goes for letters and documents. The moment
is that of the newest row itself, so it is right whatever clock wrote it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"

BEGINS = "citizen.news_begins"
MOMENT = sa.DateTime(timezone=True)
JUST_AFTER = timedelta(microseconds=1)

setting = sa.table("setting", sa.column("name", sa.String), sa.column("value", sa.JSON))
note = sa.table("note", sa.column("at", MOMENT))
notice = sa.table("notice", sa.column("created_at", MOMENT))
document = sa.table("document", sa.column("added_at", MOMENT))
look = sa.table("look", sa.column("id"), sa.column("kind", sa.String))


def upgrade() -> None:
    begins = {} if _any(sa.select(look.c.id).where(look.c.kind == "message")) else {"messages": _after(note.c.at)}
    if not _any(sa.select(look.c.id)):
        begins["papers"] = _after(notice.c.created_at, document.c.added_at)
    if said := {name: moment for name, moment in begins.items() if moment}:
        op.execute(setting.insert().values(name=BEGINS, value=said))


def downgrade() -> None:
    op.execute(setting.delete().where(setting.c.name == BEGINS))


def _any(wanted: sa.Select[Any]) -> bool:
    return op.get_bind().execute(wanted.limit(1)).first() is not None


def _after(*columns: sa.ColumnElement[datetime]) -> str | None:
    """The first moment after the newest row, as an ISO text in UTC; None without a row. SQLite keeps moments in UTC without saying so."""
    found = [op.get_bind().scalar(sa.select(sa.func.max(column))) for column in columns]
    aware = [one if one.tzinfo else one.replace(tzinfo=UTC) for one in found if one]
    return (max(aware).astimezone(UTC) + JUST_AFTER).isoformat() if aware else None
