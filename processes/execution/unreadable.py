"""A case of which a page cannot be made: it gets an alarm, so that an administrator knows of it without being told by a reader.

Once the page is shown again, the alarm goes.
"""

from collections.abc import Mapping

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.actor import SYSTEM
from processes.execution.alarms import is_about, page_failed
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage.services import Services
from processes.storage.tables import Case, Dossier, TaskRow

log = structlog.get_logger()


def tell_of_page(services: Services, named: Mapping[str, str], number: str, page: str = "") -> None:
    """Set the alarm of the case that an address names, by its `number`, `task` or the `token` of a link; an alarm that stands
    stays. `number` is that of the error in the log; `page` the address of a page of staff. Does nothing when the address names no
    case. Never raises.
    """
    try:
        transact(services, SYSTEM, lambda work: _tell(work, named, page_failed(number, page)))
    except Exception as error:  # noqa: BLE001 - the reader gets the page about the first error, whatever happens here
        log.warning("alarm_failed", error=type(error).__name__)


def page_is_back(services: Services, number: str, page: str) -> None:
    """The page at this address is shown again: an alarm about it goes. Never raises."""
    try:
        transact(services, SYSTEM, lambda work: _lift(work, number, page))
    except Exception as error:  # noqa: BLE001 - the reader has the page
        log.warning("alarm_stays", error=type(error).__name__)


def _lift(work: UnitOfWork, number: str, page: str) -> str:
    case = work.session.scalar(select(Case).where(Case.number == number).with_for_update())
    if case is None or not is_about(case.alarm, page):
        return ""
    case.alarm = None
    work.audit(case.id, "alarm_gone")
    return case.number


def _tell(work: UnitOfWork, named: Mapping[str, str], reason: str) -> str:
    case_id = _case_of(work, work.session, named)
    case = work.session.scalar(select(Case).where(Case.id == case_id).with_for_update()) if case_id else None
    if case is None or case.alarm is not None:
        return ""
    case.alarm = reason
    work.audit(case.id, "alarm", instances=0)
    return case.number


def _case_of(work: UnitOfWork, session: Session, named: Mapping[str, str]) -> int | None:
    if number := named.get("number"):
        return session.scalar(select(Case.id).where(Case.number == number))
    if task := named.get("task"):
        return session.scalar(select(TaskRow.case_id).where(TaskRow.id == task))
    if token := named.get("token"):
        digest = work.services.secrets.token_hash(token)
        return session.scalar(select(Dossier.case_id).where(Dossier.token_hash == digest))
    return None
