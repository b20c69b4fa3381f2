"""Mijn gegevens: the own contact details, from the profile or, before it was ever saved, from the newest case."""

from dataclasses import dataclass

from sqlalchemy import select

from processes.base.actor import Actor
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import Party, PersonProfile


@dataclass(frozen=True, slots=True)
class Profile:
    name: str
    email: str
    phone: str
    address: str
    news_by_mail: bool


def read_profile(services: Services, actor: Actor) -> Profile:
    """Only what belongs to the person who is signed in (D13)."""
    with reading(services) as (session, _):
        kept = session.get(PersonProfile, actor.subject)
        newest = select(Party).where(Party.identity_index == actor.subject).order_by(Party.id.desc()).limit(1)
        party = session.scalar(newest)
        source = kept or party
        return Profile(
            name=actor.name,
            email=(source.email if source else None) or "",
            phone=(source.phone if source else None) or "",
            address=(party.address if party else None) or "",
            news_by_mail=bool(kept and kept.news_by_mail),
        )
