"""The letterhead, the house style and the settings of the installation as they hold on the day of a change."""

from dataclasses import replace

from processes.base.letterhead import Letterhead
from processes.base.settings import Settings
from processes.dated import letterhead_on, settings_on, team_for
from processes.execution.unit_of_work import UnitOfWork
from processes.house_style.style import HouseStyle


def letterhead_of(work: UnitOfWork, case_type: str = "") -> Letterhead:
    """The letterhead of today; the organisation is called as the settings of the program say, where no setting gives a name.
    The team that handles a case type signs where nobody handles the case yet.
    """
    shelf = work.services.law.shelf(work.session)
    head = letterhead_on(shelf, work.today, work.services.settings.organisation)
    team = team_for(shelf, work.today, case_type)
    return replace(head, organisation=replace(head.organisation, team=team.name)) if team else head


def style_of_today(work: UnitOfWork) -> HouseStyle | None:
    """The house style in use, which may be a minute old; None when there is none."""
    found = work.services.styles.within(work.session, work.today)
    return found.style if found else None


def settings_of(work: UnitOfWork) -> Settings:
    """The settings of the program with what administrators made of them, as they hold today."""
    return settings_on(work.services.law.shelf(work.session), work.today, work.services.settings)
