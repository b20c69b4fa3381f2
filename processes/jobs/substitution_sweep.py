"""The sweep of substitutions: a year after its last day nobody asks who stood in, and the row goes."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete

from processes.base.clock import local_date
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import Substitution

KEPT: Final = timedelta(days=365)


def sweep_substitutions(services: Services) -> None:
    """Delete what ended more than a year ago."""
    before = local_date(business_now(services)) - KEPT
    with transaction(services.sessions) as session:
        session.execute(delete(Substitution).where(Substitution.last_on < before))
