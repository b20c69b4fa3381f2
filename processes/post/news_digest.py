"""News of a day for one citizen in one mail (C12): what kind of news, in which case, and a link; nothing of the content."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import Select, func, select, text

from processes.base.clock import AMSTERDAM, local_date
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.citizens import NEWS_OF_DAY
from processes.post.standard.in_english import mail_for, news_in_words
from processes.post.templates import render
from processes.storage import audit
from processes.storage.tables import Case, MailRow, Party, PersonProfile

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


def readers_of(work: UnitOfWork, rows: Sequence[MailRow]) -> Mapping[int, PersonProfile]:
    """The profile of the citizen for whom each of these mails with news was made, by the id of the mail. Of two people in a case with
    one address it is the one whom the mail greets.
    """
    cases = {row.case_id for row in rows}
    known = select(Party.case_id, Party.name, PersonProfile).where(Party.case_id.in_(cases))
    parties = work.session.execute(
        known.join(PersonProfile, PersonProfile.identity_index == Party.identity_index).order_by(Party.id)
    ).all()
    found = {}
    for row in rows:
        here = [(name, profile) for case_id, name, profile in parties if case_id == row.case_id]
        mine = [(name, profile) for name, profile in here if profile.email == row.recipient] or here
        greeted = [profile for name, profile in mine if f" {name},\n" in row.body]
        reader = greeted[0] if greeted else mine[0][1] if len(mine) == 1 else None
        if reader is not None:
            found[row.id] = reader
    return found


def move_waiting(work: UnitOfWork, subject: str, old: str | None, new: str | None) -> None:
    """News that waits for this citizen (the blind index `subject`) goes to another address, in every case. Called before the profile
    gets that address, with the one that it had; without a new one it stays, to be stopped with a reason.
    """
    if not old or not new or old == new:
        return
    cases = select(Party.case_id).where(Party.identity_index == subject)
    mine = select(MailRow).where(WAITING, MailRow.recipient == old, MailRow.case_id.in_(cases))
    rows = work.session.scalars(mine.order_by(MailRow.id)).all()
    readers = readers_of(work, rows) if rows else {}
    own = [row for row in rows if row.id in readers and readers[row.id].identity_index == subject]
    for case_id in sorted({row.case_id for row in own if row.case_id}):
        audit.hold(work.session, case_id)
    for row in own:
        row.recipient = new


def mail_of_day(work: UnitOfWork, rows: Sequence[MailRow]) -> None:
    """Queue one mail that says what these say, all for one reader, in the language of the last; `rows` is not empty."""
    settings, language = settings_of(work), rows[-1].language
    numbers = dict(
        work.session.execute(select(Case.id, Case.number).where(Case.id.in_({row.case_id for row in rows}))).all()
    )
    lines = dict.fromkeys(_line(row, numbers.get(row.case_id or 0, ""), language) for row in rows)
    words = {
        "organisation.name": settings.organisation, "lines": "\n".join(lines), "link": f"{settings.public_url}/mijn",
    }  # fmt: skip
    made = render(mail_for(NEWS_OF_DAY, language), words, language)
    queue_mail(
        work, None, TEMPLATE, rows[0].recipient, made.subject, made.body, f"{TEMPLATE}:{rows[0].id}", language=language
    )


def _line(row: MailRow, number: str, language: str) -> str:
    return f"- {news_in_words(language)[row.template.removeprefix(BEFORE_KIND)]} ({number})"
