"""Whether this installation can do its work now: for `/readyz`, which answers 503 with these sentences when it cannot."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from processes.base.errors import ZaakspoorError
from processes.storage.services import Services
from processes.storage.session import is_newest, read_only, transaction
from processes.storage.tables import ModelVersion

GOOD = "in orde"


def ready(services: Services) -> tuple[bool, dict[str, str]]:
    """Whether all is well, and per part a Dutch sentence. Never raises; a wait for the database has its limits."""
    parts = {**_database(services), "bestanden": _files(services)}
    return all(text == GOOD for text in parts.values()), parts


def _database(services: Services) -> dict[str, str]:
    try:
        with transaction(services.sessions) as session:
            read_only(session)
            schema = _schema(session)
            if schema != GOOD:
                return {"database": GOOD, "schema": schema}
            return {"database": GOOD, "schema": GOOD, "zaaktypen": _case_types(session)}
    except (ZaakspoorError, SQLAlchemyError):
        return {"database": "De database antwoordt niet."}


def _schema(session: Session) -> str:
    if is_newest(session.connection()):
        return GOOD
    return "De database heeft een ander schema dan dit programma. Draai 'zaakspoor migrate'."


def _case_types(session: Session) -> str:
    found = session.scalar(select(ModelVersion.id).where(ModelVersion.is_case_type).limit(1))
    return GOOD if found is not None else "Er is nog geen zaaktype in gebruik. Draai 'zaakspoor deploy'."


def _files(services: Services) -> str:
    try:
        takes = services.files.takes_files()
    except (OSError, ZaakspoorError):
        takes = False
    return GOOD if takes else "De bestandsopslag neemt geen bestanden aan."
