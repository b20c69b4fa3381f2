"""The search table and the days that lists are sorted by made right again, when somebody wrote rows past the program."""

from collections.abc import Sequence

from sqlalchemy import select

from processes.storage.kept_days import differing, keep_again
from processes.storage.search_table import pages, rebuild_cases, untold
from processes.storage.services import Services
from processes.storage.session import at_one_moment, read_only, transaction
from processes.storage.tables import Case


def rebuild_search(services: Services) -> int:
    """Make both say what the rows say; the answer is of how many cases one of them did not. Each is done under its own lock, so
    that work goes on meanwhile. Raises Busy.
    """
    with transaction(services.sessions) as session:
        found = list(pages(read_only(session)))
    return sum(_right(services, case) for page in found for case in _untold(services, page))


def _untold(services: Services, cases: Sequence[int]) -> list[int]:
    with transaction(services.sessions) as session:
        reading = at_one_moment(session)
        return sorted({*untold(reading, cases), *differing(reading, cases)})


def _right(services: Services, case: int) -> int:
    with transaction(services.sessions) as session:
        if session.scalar(select(Case.id).where(Case.id == case).with_for_update()) is None:
            return 0
        rebuild_cases(session, [case])
        keep_again(session, [case])
        return 1
