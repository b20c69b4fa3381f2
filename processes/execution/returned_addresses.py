"""Addresses from which a letter came back (W9, W12): those of one person hold up post in every case of theirs.

A person or organisation is known by the number (BSN, KvK). Of a party without one a name and an address say too little: there it holds
in the own case alone.
"""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.storage.tables import Party


def waiting_for_address(session: Session, parties: Collection[Party]) -> frozenset[int]:
    """The ids of those of these parties whose letters wait, because an earlier one came back from their address of now. At most one
    statement, however many they are.
    """
    own = {party.id for party in parties if party.post_waits}
    others = [party for party in parties if party.id not in own and party.identity_index and party.address]
    if not others:
        return frozenset(own)
    rows = session.scalars(_marked({party.identity_index for party in others if party.identity_index}))
    known = {(row.identity_index, plain_address(row.returned_address)) for row in rows}
    return frozenset(own) | {one.id for one in others if (one.identity_index, plain_address(one.address)) in known}


def marked_like(session: Session, party: Party) -> list[Party]:
    """The parties, this one and those of the same person in other cases, at which it stands that a letter came back from the address of
    this one.
    """
    if party.identity_index is None:
        return [party] if party.post_waits else []
    here = plain_address(party.address)
    found = session.scalars(_marked([party.identity_index]).order_by(Party.case_id, Party.id)).all()
    return [one for one in found if plain_address(one.returned_address) == here]


def plain_address(address: str | None) -> str:
    """An address without what two people may write in two ways: capitals, spaces, commas and ends of lines."""
    return "".join(sign for sign in (address or "").casefold() if sign.isalnum())


def _marked(people: Collection[str]) -> Select[Party]:
    return select(Party).where(Party.identity_index.in_(people), Party.returned_address.is_not(None))
