"""Notes in the database that it came from a backup: mail waits until an administrator has looked, and a copy sends none.

Written by `zaakspoor restore`, in the transaction that puts the rows back: nobody can forget to say it.
"""

from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import SettingRow

NAME: Final = "restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """`backup`: its name; `made_at` and `at`: when it was made and put back, as ISO texts in UTC.

    `mail_held`: no mail leaves, as what waits may have left before. `copy`: this installation is for trying out. `destroyed_again`: the
    dossiers that were destroyed after the backup are gone again.
    """

    backup: str
    made_at: str
    at: str
    copy: bool
    mail_held: bool
    destroyed_again: bool = False


def read_restored(session: Session) -> Restored | None:
    """None for an installation that was never put back."""
    row = session.get(SettingRow, NAME)
    return Restored(**row.value) if row else None


def write_restored(session: Session, restored: Restored) -> None:
    session.merge(SettingRow(name=NAME, value=asdict(restored)))


def is_copy(services: Services) -> bool:
    """Whether this installation is a copy for trying out. Asked once by each process: nothing becomes a copy while it runs."""
    if not inspect(services.sessions.kw["bind"]).has_table(SettingRow.__tablename__):
        return False
    with transaction(services.sessions) as session:
        restored = read_restored(read_only(session))
        return restored is not None and restored.copy
