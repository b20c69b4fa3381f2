"""The mail addresses of a party, now and before each correction: a mail of long ago stays with whom it went to."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from processes.storage.tables import CorrectionRow, Party


def has_or_had(address: Any) -> ColumnElement[bool]:
    """A condition on Party: the address in this column is the party's, or was."""
    was = exists().where(CorrectionRow.party_id == Party.id, CorrectionRow.was["email"].as_string() == address)
    return or_(Party.email == address, was.correlate_except(CorrectionRow))


def addresses_of(session: Session, parties: Collection[int]) -> Mapping[str, int]:
    """Every address that these parties have or had, with the id of the party. No statement without any."""
    if not parties:
        return {}
    now = select(Party.email, Party.id).where(Party.id.in_(parties), Party.email.is_not(None))
    was = select(CorrectionRow.was["email"].as_string(), CorrectionRow.party_id).where(
        CorrectionRow.party_id.in_(parties)
    )
    return {address: party for question in (was, now) for address, party in session.execute(question) if address}
