"""The mail address that a citizen types: one mail with a code goes there, and nothing else until the code came back.

So nobody can let us write to an address of somebody else. A mail about a formal notice waits meanwhile, and after two days
the notice goes by post (`processes.jobs.unconfirmed_sweep`); news is not mailed. Addresses that staff register, and those of
departments, need no confirmation.
"""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import exists, or_, select

from processes.access.visibility import known_rows
from processes.execution.letterhead import settings_of
from processes.execution.reading_language import chosen_language
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.citizens import ADDRESS_CHANGED, CONFIRM
from processes.post.standard.in_english import mail_for
from processes.post.templates import render
from processes.storage.tables import OwnAddress, Party, PersonProfile
from processes.storage.turn import CODES, wait_for_turn
from processes.storage.upsert import insert_into

TEMPLATE: Final = "confirm-address"
TEMPLATE_CHANGED: Final = "address-changed"
VALID: Final = timedelta(days=1)  # how long a code can be used, and the time in which codes are counted
OF_ONE_PERSON: Final = 10  # codes in that time: nobody mistypes more addresses than that
TO_ONE_ADDRESS: Final = 5  # whoever asks for them
DIGITS: Final = 6


def is_confirmed(work: UnitOfWork, subject: str, email: str) -> bool:
    """Whether this citizen (the blind index `subject`) confirmed this address, or staff registered it for them."""
    row = work.session.get(OwnAddress, (subject, email))
    if row is not None and row.confirmed_at is not None:
        return True
    party = exists().where(known_rows(subject), Party.email == email, Party.email_unconfirmed.is_(False))
    mine = PersonProfile.identity_index == subject
    profile = exists().where(mine, PersonProfile.email == email, PersonProfile.email_unconfirmed.is_(False))
    return bool(work.session.scalar(select(or_(party, profile))))


def ask_once(work: UnitOfWork, subject: str, email: str, language: str = "") -> bool:
    """Whether the address that this citizen typed still has to be confirmed. The first time a code is mailed to it, in `language`, or
    without one in that of Mijn gegevens.
    """
    if is_confirmed(work, subject, email):
        return False
    if work.session.get(OwnAddress, (subject, email)) is None:
        mail_code(work, subject, email, language)
    return True


def mail_code(work: UnitOfWork, subject: str, email: str, language: str = "") -> bool:
    """Mail a new code, in place of an earlier one. False when this person or this address had too many today."""
    wait_for_turn(work.session, CODES)  # else those who ask at one moment would not see each other's codes
    now = datetime.now(UTC)
    if _too_many(work, subject, email, now):
        return False
    row = _row(work, subject, email)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    before = row.asked if row.asked_at and row.asked_at > now - VALID else 0
    row.asked, row.asked_at, row.code, row.tries = before + 1, now, digest_of(work, row, code), 0
    settings = settings_of(work)
    words = {"organisation.name": settings.organisation, "code": code, "link": f"{settings.public_url}/mijn/gegevens"}
    language = language or chosen_language(work, subject)
    made = render(mail_for(CONFIRM, language), words, language)
    key = f"code:{subject}:{email}:{now.timestamp():.6f}"
    queue_mail(work, None, TEMPLATE, email, made.subject, made.body, key, language=language)
    return True


def tell_old_address(work: UnitOfWork, subject: str, old: str) -> None:
    """Mail to the address that this citizen used until now: whoever reads it learns that it was changed, and not into which."""
    settings = settings_of(work)
    words = {"organisation.name": settings.organisation, "link": f"{settings.public_url}/mijn/gegevens"}
    language = chosen_language(work, subject)
    made = render(mail_for(ADDRESS_CHANGED, language), words, language)
    key = f"changed:{subject}:{old}:{datetime.now(UTC).timestamp():.6f}"
    queue_mail(work, None, TEMPLATE_CHANGED, old, made.subject, made.body, key, language=language)


def digest_of(work: UnitOfWork, row: OwnAddress, code: str) -> str:
    """The digest that the database holds of a code: it counts for this person and this address only."""
    return work.services.secrets.digest(f"code:{row.identity_index}:{row.email}:{code}")


def _too_many(work: UnitOfWork, subject: str, email: str, now: datetime) -> bool:
    lately = select(OwnAddress.identity_index, OwnAddress.email, OwnAddress.asked).where(
        OwnAddress.asked_at > now - VALID
    )
    found = work.session.execute(
        lately.where(or_(OwnAddress.identity_index == subject, OwnAddress.email == email))
    ).all()
    by_person = sum(asked for person, _, asked in found if person == subject)
    to_address = sum(asked for _, address, asked in found if address == email)
    return by_person >= OF_ONE_PERSON or to_address >= TO_ONE_ADDRESS


def _row(work: UnitOfWork, subject: str, email: str) -> OwnAddress:
    """The row of this address, locked; made without a clash when the same person asks in two windows at one moment."""
    new = insert_into(work.session, OwnAddress).values(identity_index=subject, email=email, asked=0, tries=0)
    work.session.execute(new.on_conflict_do_nothing())
    return work.session.get_one(OwnAddress, (subject, email), with_for_update=True, populate_existing=True)
