"""Cases of bezwaar whose figures can be counted by hand, and the tables of a page by their codes."""

from datetime import timedelta
from typing import Any

from kit.cases import BEZWAAR, INTAKE, add_departments, days_later, open_task, put_in_use, register_bezwaar, today
from kit.people import FENNA, LIES, NOOR, PIET, known

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.dated import SaveSetting
from processes.actions.tasks import CompleteTask
from processes.actions.withdrawing import Withdraw
from processes.dated.typed_settings import TypedSetting
from processes.jobs.workers import drain
from processes.reads.figures import AskedFigures, read_figures
from processes.storage.services import Services

LATE, FRESH = 100, 5  # days before today on which they came in; a bezwaar has twelve weeks at most from its decision on


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for actor in (NOOR, PIET, LIES):
        known(services, actor)


def bezwaar(services: Services, ago: int, handler: str = "", subject: str = "Parkeervergunning") -> str:
    """Received `ago` days before today."""
    number = register_bezwaar(services, received=today(services) - timedelta(ago), subject=subject)
    if handler:
        act(services, NOOR, AssignHandler(number, handler))
    return number


def played(services: Services) -> None:
    """Seven bezwaren. Noor has a late one (100 days) and one of 5 days, and nobody has a late one. Four of Piet are withdrawn three
    days later: one of 100 days, which is late, and three of 5 days about the same. In the last of those the intake was done, in 3 days.
    """
    for ago in (LATE, FRESH):
        bezwaar(services, ago, "noor")
    bezwaar(services, LATE)
    ended = [bezwaar(services, LATE, "piet"), *(bezwaar(services, FRESH, "piet", one) for one in ("Kap", "Kap", "Kap"))]
    days_later(services, 3)
    act(services, NOOR, CompleteTask(open_task(services, "Intake", ended[-1]), INTAKE))
    for number in ended:
        act(services, NOOR, Withdraw(number))
    drain(services)


def tables(services: Services, **asked: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table, of a period that holds everything that was played."""
    day = today(services)
    days = {"period": "own", "since": str(day - timedelta(200)), "until": str(day), **asked}
    page = read_figures(services, LIES, AskedFigures(**days))
    return {one.code: list(one.rows) for one in page.tables}


def team(services: Services, code: str, *members: str, case_types: str = "bezwaar") -> None:
    values = {"name": f"team {code}", "mailbox": "", "members": " ".join(members), "case_types": case_types}
    act(services, FENNA, SaveSetting(TypedSetting("team", code, "2020-01-01", values, "Nieuw.", new=True)))
