"""The letterhead as it holds on one day, put together from the settings of `processes.dated.letters`."""

from dataclasses import replace
from datetime import date

from processes.base.letterhead import CONTACT, COURT, OMBUDSMAN, Letterhead, Organisation
from processes.dated.letters import (
    BODY,
    CONTACT_CODE,
    COURT_CODE,
    OMBUDSMAN_CODE,
    ORGANISATION,
    ORGANISATION_CODE,
    STAFF_POST,
    TEXT_BLOCK,
    WHERE_TO,
)
from processes.dated.shelf import SettingShelf
from processes.law.remedies import REMEDY_TEXTS


def letterhead_on(shelf: SettingShelf, day: date, name: str) -> Letterhead:
    """The letterhead as it holds on a day; `name` is that of the organisation where no setting gives one."""
    return Letterhead(
        organisation=organisation_on(shelf, day, name),
        bodies={code: body for code in shelf.codes(BODY) if (body := shelf.on(BODY, code, day))},
        court=shelf.on(WHERE_TO, COURT_CODE, day) or COURT,
        ombudsman=shelf.on(WHERE_TO, OMBUDSMAN_CODE, day) or OMBUDSMAN,
        contact=shelf.on(TEXT_BLOCK, CONTACT_CODE, day) or CONTACT,
        remedies={code: shelf.on(TEXT_BLOCK, code, day) or text for code, text in REMEDY_TEXTS.items()},
        posts={code: post for code in shelf.codes(STAFF_POST) if (post := shelf.on(STAFF_POST, code, day))},
    )


def organisation_on(shelf: SettingShelf, day: date, name: str) -> Organisation:
    """The organisation alone, as it holds on a day; `name` where no setting gives one."""
    organisation = shelf.on(ORGANISATION, ORGANISATION_CODE, day) or Organisation()
    return organisation if organisation.name else replace(organisation, name=name)
