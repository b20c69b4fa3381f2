"""The sweep of bundles: what was kept for a day goes, the file first."""

from typing import Final

from sqlalchemy import delete, select

from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import CaseBundle

AT_ONCE: Final = 500


def sweep_bundles(services: Services) -> int:
    """Delete bundles whose day is over; says how many."""
    with transaction(services.sessions) as session:
        over = select(CaseBundle.id, CaseBundle.blob).where(CaseBundle.delete_from <= business_now(services, session))
        rows = session.execute(over.order_by(CaseBundle.delete_from).limit(AT_ONCE).with_for_update()).all()
        for _, blob in rows:
            if blob is not None:
                services.files.delete(blob)
        session.execute(delete(CaseBundle).where(CaseBundle.id.in_([bundle for bundle, _ in rows])))
    return len(rows)
