"""The number of a party, such as `bsn:...`: sealed for the row of that party alone, so that it is known only once the row has its id."""

from processes.execution.unit_of_work import UnitOfWork
from processes.storage.sealed_columns import IDENTITY
from processes.storage.tables import Party


def seal_identity(work: UnitOfWork, row: Party, identity: str | None) -> None:
    """Encrypt who a party is in numbers. The row has its id."""
    row.identity = work.services.secrets.seal(identity.encode(), IDENTITY, row.id) if identity else None


def read_identity(work: UnitOfWork, row: Party) -> str | None:
    """The number, or None for a party without one. Raises SealBroken."""
    return work.services.secrets.open(row.identity, IDENTITY, row.id).decode() if row.identity else None
