"""The sweep of alarms: what was solved meanwhile loses its alarm without anybody who presses for it.

A case that stands still tries again, and a warning that failed is given after all; what still fails stays as it was, and nothing is
written down of the attempt. Other alarms go where it shows that they are solved: a step that failed when it is done again, a page when
somebody sees it, a process that could not start when it gets a new version.
"""

from collections.abc import Callable
from typing import Final

import structlog
from sqlalchemy import Select, literal_column, select

from processes.actions import act
from processes.actions.course import RetryCase
from processes.actions.warning import WarnOfDeadlines
from processes.base.actor import SYSTEM
from processes.execution.alarms import WARNING_FAILED
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import Case, Instance
from processes.storage.words import InstancePhase

MOST: Final = 200  # cases of one kind that one sweep tries, the oldest first
log = structlog.get_logger()

Try = Callable[[int, str], object]
"""The action for the case with this id and number."""


def sweep_alarms(services: Services) -> int:
    """Try every case that stands still or was not warned of; the number that goes on."""
    parked = select(Instance.case_id).where(Instance.phase == literal_column(f"'{InstancePhase.STUCK}'"))
    tries: tuple[tuple[Select[int, str], Try], ...] = (
        (_cases().where(Case.id.in_(parked)), lambda _, number: RetryCase(number, only_if_solved=True)),
        (_cases().where(Case.alarm == WARNING_FAILED), lambda case_id, _: WarnOfDeadlines(case_id, again=True)),
    )
    return sum(
        _solved(services, case_id, again(case_id, number))
        for wanted, again in tries
        for case_id, number in _found(services, wanted)
    )


def _cases() -> Select[int, str]:
    return select(Case.id, Case.number).order_by(Case.id).limit(MOST)


def _found(services: Services, wanted: Select[int, str]) -> list[tuple[int, str]]:
    with services.sessions() as session:
        return [(case_id, number) for case_id, number in read_only(session).execute(wanted)]


def _solved(services: Services, case_id: int, action: object) -> bool:
    try:
        act(services, SYSTEM, action)
    except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, the others are tried
        log.info("alarm_stands", case=case_id, error=type(cause).__name__)
        return False
    return True
