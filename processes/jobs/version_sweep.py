"""The sweep of planned versions of case types: each goes into use on its day, in business time.

One that cannot go into use any more, because something that it uses changed since, is sent back with the reason.
"""

from datetime import datetime, time

import structlog
from sqlalchemy import func, select

from engine.words import Severity
from processes.actions import act
from processes.actions.proposing import StartVersion, StopVersion
from processes.actions.putting_in_use import Refused
from processes.base.actor import SYSTEM
from processes.base.clock import AMSTERDAM, local_date
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import VersionProposal
from processes.storage.words import ProposalState

log = structlog.get_logger(__name__)


def sweep_versions(services: Services) -> int:
    """How many versions went into use. One that fails for another reason is tried again by the next sweep."""
    return sum(_started(services, process) for process in _due(services))


def next_version_moment(services: Services) -> datetime | None:
    """The first moment at which a planned version goes into use: the beginning of its day here. None when none is planned."""
    with services.sessions() as session:
        planned = VersionProposal.state == ProposalState.PLANNED
        day = read_only(session).scalar(select(func.min(VersionProposal.starts_on)).where(planned))
    return datetime.combine(day, time(), AMSTERDAM) if day else None


def _started(services: Services, process: str) -> bool:
    try:
        return bool(act(services, SYSTEM, StartVersion(process)))
    except Refused as refused:
        first = next((one.message for one in refused.findings if one.severity == Severity.ERROR), "")
        act(services, SYSTEM, StopVersion(process, f"Deze versie kon op haar dag niet in gebruik: {first}"))
    except Exception as cause:  # noqa: BLE001 - whatever is wrong with one version, all others go into use
        log.error("version_not_started", process=process, error=type(cause).__name__)  # noqa: TRY400 - a trace shows data
    return False


def _due(services: Services) -> list[str]:
    with services.sessions() as session:
        today = local_date(business_now(services, read_only(session)))
        due = (VersionProposal.state == ProposalState.PLANNED, VersionProposal.starts_on <= today)
        return list(session.scalars(select(VersionProposal.process).where(*due).order_by(VersionProposal.process)))
