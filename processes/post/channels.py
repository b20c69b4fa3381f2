"""The channels by which a formal notice leaves, as one table: portal, link and print queue. A channel that comes later is a line in it.

`leave` is the one door: whatever makes a notice calls it once the notice may go, and again when it has to go another way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from engine import Model
from processes.access.links import marker
from processes.access.visibility import shown_case
from processes.base.english import day_words
from processes.base.errors import ZaakspoorError
from processes.execution.letterhead import letterhead_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.dossier_links import own_dossier_of
from processes.post.queue import queue_mail
from processes.post.reader_terms import terms_of_reader
from processes.post.saying import page_of
from processes.post.standard.citizens import AVAILABLE
from processes.post.standard.in_english import mail_for
from processes.post.standard.persons import LETTER_FOR_PERSON
from processes.post.templates import Rendered, render
from processes.post.wording import Words
from processes.storage.tables import Case, NoticeRow, Party
from processes.storage.words import PostChannel, ReadingLanguage


class UnknownChannel(ZaakspoorError):
    """Langs deze weg kan het systeem geen brief versturen."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """The mail that says that a notice waits. `unconfirmed`: it waits until its reader has confirmed the address."""

    text: Rendered
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out. `at_once`: what goes this way counts as sent on the day it leaves, else on the day that somebody says so.

    `announces` makes the mail that says that it waits there, or None when no mail is sent.
    """

    at_once: bool
    announces: Callable[[UnitOfWork, Case, Party, NoticeRow], Announcement | None]


def channel_for(case: Case, model: Model, party: Party) -> str:
    """By link, portal or post. What the portal does not show has not reached anybody there: then it goes by post."""
    if party.channel == PostChannel.LINK or shown_case(case, model):
        return party.channel
    return PostChannel.POST


def leave(work: UnitOfWork, case: Case, party: Party, notice: NoticeRow, again: str = "") -> None:
    """The notice leaves by its channel, from today: sent at once, or waiting in the print queue (`/werk/post`).

    `again` is empty the first time; once the same letter is announced again, its id and another text each time. Raises
    UnknownChannel.
    """
    channel = way_of(notice)
    notice.sent_on = work.today if channel.at_once else None
    said = channel.announces(work, case, party, notice)
    if said is None:
        return
    queue_mail(
        work, case, notice.template, str(party.email), said.text.subject, said.text.body, f"notice:{again or notice.id}",
        notice.id, awaits_code=said.unconfirmed, language=said.text.language,
    )  # fmt: skip


def way_of(notice: NoticeRow) -> Channel:
    """The line of the table of a notice. Raises UnknownChannel."""
    if notice.channel not in CHANNELS:
        raise UnknownChannel
    return CHANNELS[PostChannel(notice.channel)]


def _on_portal(work: UnitOfWork, case: Case, party: Party, notice: NoticeRow) -> Announcement | None:
    if not party.email:
        return None
    words = _announced(work, case, party, notice)
    return Announcement(render(mail_for(AVAILABLE, party.language), words, party.language), party.email_unconfirmed)


def _behind_link(work: UnitOfWork, case: Case, party: Party, _notice: NoticeRow) -> Announcement:
    link = marker(own_dossier_of(work, case, party))
    words = {"case.number": case.number, "recipient.name": party.name, "link": link}
    return Announcement(render(mail_for(LETTER_FOR_PERSON, party.language), words, party.language))


def _on_paper(_work: UnitOfWork, _case: Case, _party: Party, _notice: NoticeRow) -> None:
    """The letter itself tells its reader."""


def _announced(work: UnitOfWork, case: Case, party: Party, notice: NoticeRow) -> Words:
    """The words of the mail that says that a letter waits on the portal (Awb 2:10)."""
    asked = terms_of_reader(notice.body)
    return {
        "case.number": case.number, "recipient.name": party.name, "link": page_of(work, case), "day": work.today,
        "organisation.name": letterhead_of(work).organisation.name, "body.name": (notice.frame or {}).get("body", ""),
        "letter": (notice.translation or {}).get("subject", notice.subject).removesuffix(f" ({case.number})"),
        "answer_by": _day_in(asked.answer_by, party.language), "object_by": _day_in(asked.object_by, party.language),
    }  # fmt: skip


def _day_in(day: str, language: str) -> str:
    """A day as the letter words it, for a reader of this language."""
    return (day_words(day) or day) if language == ReadingLanguage.ENGLISH else day


CHANNELS: Final[Mapping[PostChannel, Channel]] = {
    PostChannel.PORTAL: Channel(at_once=True, announces=_on_portal),
    PostChannel.LINK: Channel(at_once=True, announces=_behind_link),
    PostChannel.POST: Channel(at_once=False, announces=_on_paper),
}
