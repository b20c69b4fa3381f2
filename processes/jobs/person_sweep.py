"""The sweep of packages with all data of one person: what was kept for long enough goes, the file first."""

from typing import Final

from sqlalchemy import delete, select

from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import PersonPackage

AT_ONCE: Final = 500


def sweep_packages(services: Services) -> int:
    """Delete packages whose days are over; says how many."""
    with transaction(services.sessions) as session:
        over = select(PersonPackage.id, PersonPackage.blob).where(
            PersonPackage.delete_from <= business_now(services, session)
        )
        rows = session.execute(over.order_by(PersonPackage.delete_from).limit(AT_ONCE).with_for_update()).all()
        for _, blob in rows:
            if blob is not None:
                services.files.delete(blob)
        session.execute(delete(PersonPackage).where(PersonPackage.id.in_([package for package, _ in rows])))
    return len(rows)
