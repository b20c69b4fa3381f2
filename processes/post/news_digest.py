"""News of a day for one citizen in one mail (C12): what kind of news, in which case, and a link; nothing of the content."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import Select, func, select, text

from processes.base.clock import AMSTERDAM, local_date
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.citizens import NEWS_IN_WORDS, NEWS_OF_DAY
from processes.post.templates import render
from processes.storage.tables import Case, MailRow

TEMPLATE: Final = "news-of-day"
BEFORE_KIND: Final = "news-"  # in the name of the template of a mail with news
HOUR: Final = 8  # Dutch time: before somebody who works leaves, and when the office opens soon after
WAITING: Final = text("mail.digest AND mail.sent_at IS NULL AND mail.error IS NULL")  # said as the index says it


def until(now: datetime) -> datetime:
    """The last moment before `now` at which the mail of the day left: what came before it, goes along today."""
    today = datetime.combine(local_date(now), time(HOUR), AMSTERDAM)
    return today if today <= now else today - timedelta(days=1)


def first_of_each(now: datetime, most: int) -> Select[int]:
    """The id of the first mail that waits for each reader, the reader who waits longest first."""
    waiting = select(func.min(MailRow.id)).where(WAITING, MailRow.created_at < until(now))
    return waiting.group_by(MailRow.recipient).order_by(func.min(MailRow.id)).limit(most)


def waiting_for(recipient: str, now: datetime) -> Select[MailRow]:
    """Everything that waits for one reader and goes along now; what somebody else works on at this moment waits for tomorrow."""
    mine = select(MailRow).where(WAITING, MailRow.recipient == recipient, MailRow.created_at < until(now))
    return mine.order_by(MailRow.id).with_for_update(skip_locked=True)


def mail_of_day(work: UnitOfWork, rows: Sequence[MailRow]) -> None:
    """Queue one mail that says what these say, all for one reader; `rows` is not empty."""
    settings = settings_of(work)
    numbers = dict(
        work.session.execute(select(Case.id, Case.number).where(Case.id.in_({row.case_id for row in rows}))).all()
    )
    lines = dict.fromkeys(_line(row, numbers.get(row.case_id or 0, "")) for row in rows)
    words = {
        "organisation.name": settings.organisation, "lines": "\n".join(lines), "link": f"{settings.public_url}/mijn",
    }  # fmt: skip
    made = render(NEWS_OF_DAY, words)
    queue_mail(work, None, TEMPLATE, rows[0].recipient, made.subject, made.body, f"{TEMPLATE}:{rows[0].id}")


def _line(row: MailRow, number: str) -> str:
    return f"- {NEWS_IN_WORDS[row.template.removeprefix(BEFORE_KIND)]} ({number})"
