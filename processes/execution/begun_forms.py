"""A form to file a case that somebody began under one version of the case type, and finishes after the next went into use."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.dated import begun_forms_on
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import ModelVersion


def finished_under(session: Session, services: Services, newest: Deployed, begun: int | None, today: date) -> Deployed:
    """The version under which a form is finished that was begun under the version with the id `begun`.

    That is the same one for as long as a form is kept after its successor went into use, and when it can still be read; else the newest.
    """
    if begun is None or begun == newest.id:
        return newest
    then = services.models.find(session, begun) if _is_of(session, begun, newest.process) else None
    until = finish_by(session, services, then, today) if then else None
    return then if then and until and today <= until else newest


def for_visitors(*versions: Deployed) -> bool:
    """Whether somebody may file under each of these versions without signing in; of these the newest must be one."""
    kinds = [one.model.case_type for one in versions]
    return all(kind is not None and kind.by_visitors for kind in kinds)


def finish_by(session: Session, services: Services, version: Deployed, today: date) -> date | None:
    """The last day on which a form of this version can be finished as it was begun; None while it is the newest."""
    later = select(ModelVersion.deployed_at).where(
        ModelVersion.process == version.process, ModelVersion.version > version.version
    )
    succeeded = session.scalar(later.order_by(ModelVersion.version).limit(1))
    return local_date(succeeded + begun_forms_on(services.law.shelf(session), today)) if succeeded else None


def _is_of(session: Session, version: int, process: str) -> bool:
    return session.scalar(select(ModelVersion.process).where(ModelVersion.id == version)) == process
