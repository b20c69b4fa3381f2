"""The letterhead as it holds on the day of a change, with the name that the settings give the organisation."""

from dataclasses import replace

from processes.base.letterhead import Letterhead
from processes.execution.unit_of_work import UnitOfWork
from processes.law.remedies import REMEDY_TEXTS


def letterhead_of(work: UnitOfWork) -> Letterhead:
    """The letterhead of today."""
    found = Letterhead(remedies=REMEDY_TEXTS)
    name = found.organisation.name or work.services.settings.organisation
    return replace(found, organisation=replace(found.organisation, name=name))
