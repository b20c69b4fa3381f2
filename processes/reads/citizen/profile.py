"""Mijn gegevens: the own contact details, from the profile or, before it was ever saved, from the newest case."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from processes.access.visibility import known_rows
from processes.base.actor import UNKNOWN_NAME, Actor
from processes.base.registers import RegisterSilent
from processes.base.written import TypedText, TypedTexts
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import Party, PersonProfile
from processes.storage.words import CitizenNews, ReadingLanguage


@dataclass(frozen=True, slots=True)
class Profile:
    name: TypedText
    email: TypedText
    phone: TypedText
    address: TypedText
    news_by_mail: bool
    news_kinds: tuple[str, ...] = tuple(CitizenNews)
    news_daily: bool = False
    language: str = ReadingLanguage.DUTCH  # of mails, as chosen here, else as in the newest case
    channel: str = ""  # how letters come: as chosen here, else as in the newest case; empty before any choice
    electronic_since: date | None = None
    name_unknown: bool = False  # the sign-in gave none
    unconfirmed: TypedTexts = ()  # own mail addresses that still have to be confirmed


def read_profile(services: Services, actor: Actor) -> Profile:
    """Only what belongs to the person who is signed in (D13)."""
    with reading(services) as (session, _):
        kept = session.get(PersonProfile, actor.subject)
        mine = (known_rows(actor.subject), Party.by_mandate.is_(False))
        party = session.scalar(select(Party).where(*mine).order_by(Party.id.desc()).limit(1))
        source = kept or party
        return Profile(
            name=actor.name,
            email=(source.email if source else None) or "",
            phone=(source.phone if source else None) or "",
            address=(party.address if party else None) or "",
            news_by_mail=bool(kept and kept.news_by_mail),
            news_kinds=tuple(kept.news_kinds if kept and kept.news_kinds is not None else CitizenNews),
            news_daily=bool(kept and kept.news_daily),
            language=(kept and kept.language) or (party and party.language) or ReadingLanguage.DUTCH,
            channel=(kept.channel if kept and kept.channel else party.channel if party else None) or "",
            name_unknown=actor.name == UNKNOWN_NAME,
            electronic_since=party.electronic_since if party else None,
            unconfirmed=_unconfirmed(session, actor),
        )


def read_language(services: Services, subject: str) -> str:
    """The language that this citizen chose at Mijn gegevens (ReadingLanguage); empty before any choice."""
    with reading(services) as (session, _):
        return session.scalar(select(PersonProfile.language).where(PersonProfile.identity_index == subject)) or ""


def name_of_citizen(services: Services, identity: str, subject: str) -> str:
    """The name of somebody whose sign-in gave none: as the register has it, else as in the newest own case, else UNKNOWN_NAME."""
    try:
        found = services.registers.find(identity) if services.registers else None
    except RegisterSilent:
        found = None
    if found:
        return found.name
    with reading(services) as (session, _):
        newest = select(Party.name).where(known_rows(subject)).order_by(Party.id.desc()).limit(1)
        return session.scalar(newest) or UNKNOWN_NAME


def _unconfirmed(session: Session, actor: Actor) -> tuple[str, ...]:
    """In the profile and in every case that is shown, each address once; of one branch of a company only those of its own cases."""
    profile = select(PersonProfile.email).where(
        PersonProfile.identity_index == actor.subject, PersonProfile.email_unconfirmed
    )
    party = select(Party.email).where(known_rows(actor.party_subject), Party.email_unconfirmed)
    if actor.for_whom and actor.for_whom.own:
        party = party.where(Party.branch == actor.for_whom.branch)
    return tuple(sorted(email for (email,) in session.execute(union(profile, party)) if email))
