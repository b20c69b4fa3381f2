"""The virus scanner as the administrator sees it: off, or where it is, how old its signatures are and what it could not tell."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, literal_column, select

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.reads.opening import reading
from processes.storage.clamd import ScannerTrouble, ScannerVersion, scanner_version
from processes.storage.services import Services
from processes.storage.tables import FileScan
from processes.storage.words import ScanState

SECONDS: Final = 2.0  # that the page waits for an answer
OLD: Final = timedelta(days=3)  # ClamAV has new signatures every day
WAITS: Final = (ScanState.WAITING, ScanState.UNCHECKED)


@dataclass(frozen=True, slots=True)
class ScannerPage:
    """`address` is empty when nobody scans. `silent`: why it does not answer now; `trouble`: what the last file that could not be
    scanned ran into, at `trouble_at`. `waiting`: the files that nobody can open yet; `infected`: those that were thrown away lately.
    """

    address: str
    version: ScannerVersion | None
    silent: str
    waiting: int
    infected: int
    trouble: str
    trouble_at: datetime | None

    @property
    def is_old(self) -> bool:
        at = self.version.signatures_at if self.version else None
        return at is not None and at < datetime.now(UTC) - OLD


def read_scanner(services: Services, actor: Actor) -> ScannerPage:
    """Raises NotAllowed for anybody but an administrator."""
    only_staff(actor, (StaffRole.ADMIN,))
    version, silent = _asked(services.settings.clamav)
    with reading(services) as (session, _):
        open_: ColumnElement[bool] = literal_column(
            f"state <> '{ScanState.CLEAN}'"
        )  # in the text, so that its small index is used
        counted = select(FileScan.state, func.count()).where(open_).group_by(FileScan.state)
        counts: dict[str, int] = dict(session.execute(counted).all())
        failed = (
            select(FileScan).where(open_, FileScan.state == ScanState.UNCHECKED).order_by(FileScan.scanned_at.desc())
        )
        last = session.scalar(failed.limit(1))
    return ScannerPage(
        services.settings.clamav, version, silent, sum(counts.get(one, 0) for one in WAITS),
        counts.get(ScanState.INFECTED, 0), last.trouble if last else "", last.scanned_at if last else None,
    )  # fmt: skip


def _asked(address: str) -> tuple[ScannerVersion | None, str]:
    try:
        return (scanner_version(address, SECONDS) if address else None), ""
    except ScannerTrouble as error:
        return None, str(error)
