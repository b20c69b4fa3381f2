"""Whom a worker calls about a case: who filed it, or who speaks for them, with the telephone number (D17, D19)."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.storage.tables import Case, Party, PersonProfile


@dataclass(frozen=True, slots=True)
class Contact:
    """`speaks`: the name of the representative whose number it is; empty for who filed the case. A party's own choice in the
    profile goes before what the case says.
    """

    phone: str = ""
    speaks: str = ""
    bell: bool = False


NOBODY: Final = Contact()


def contact_of(session: Session, case: Case) -> Contact:
    """The first who filed the case and still takes part. Nothing of a confidential party, whoever reads. One statement."""
    found = session.execute(
        select(Party, PersonProfile)
        .outerjoin(PersonProfile, PersonProfile.identity_index == Party.identity_index)
        .where(Party.case_id == case.id)
        .order_by(Party.id)
    ).all()
    by_id = {party.id: (party, profile) for party, profile in found}
    filed = next((party for party, _ in found if party.filing and not (party.left_on or party.withdrawn_on)), None)
    if filed is None or filed.confidential:
        return NOBODY
    reader, profile = by_id.get(filed.represented_by or 0, by_id[filed.id])
    if reader.confidential or reader.deceased:
        return NOBODY
    own = by_id[filed.id][1]
    phone = (profile.phone if profile else None) or reader.phone or ""
    return Contact(phone, "" if reader.id == filed.id else reader.name, bool(own and own.news_by_mail))
