"""Whether a member of staff is in the teams that sign-on told, of those that it fills. From what is remembered: no statement as a rule."""

from collections.abc import Collection

from processes.base.clock import local_date
from processes.dated import teams_that_differ
from processes.storage.business_time import business_now
from processes.storage.services import Services


def differs_from_sign_on(services: Services, number: str, told: Collection[str]) -> bool:
    shelf = services.law.last_shelf(services.sessions)
    return bool(teams_that_differ(shelf, local_date(business_now(services)), number, told))
