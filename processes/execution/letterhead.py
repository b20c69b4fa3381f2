"""The letterhead as it holds on the day of a change."""

from processes.base.letterhead import Letterhead
from processes.dated import letterhead_on
from processes.execution.unit_of_work import UnitOfWork


def letterhead_of(work: UnitOfWork) -> Letterhead:
    """The letterhead of today; the organisation is called as the settings of the program say, where no setting gives a name."""
    return letterhead_on(work.services.law.shelf(work.session), work.today, work.services.settings.organisation)
