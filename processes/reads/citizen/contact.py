"""Whom a citizen calls about a case (C4): the handler or the team, with telephone number, as letters of today name them."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.base.written import TypedText
from processes.dated import letterhead_on, team_for
from processes.reads.citizen.entry import Entered
from processes.reads.opening import reading
from processes.storage.asked_ahead import answer
from processes.storage.fast import PreparedQuery
from processes.storage.services import Services
from processes.storage.tables import StaffRow


@dataclass(frozen=True, slots=True)
class CaseContact:
    """`name` of a person or team; `hours` in words, as `op werkdagen van 9.00 tot 17.00 uur`; `address`: where one can come by, in lines."""

    name: TypedText
    phone: str
    hours: str
    email: TypedText
    address: TypedText


def contact_for(session: Session, services: Services, entered: Entered, today: date) -> CaseContact:
    """The same name and number as in a letter that would be sent now."""
    shelf, case = services.law.shelf(session), entered.case
    head = letterhead_on(shelf, today, services.settings.organisation)
    sender, team = head.organisation, team_for(shelf, today, case.case_type)
    post = head.post_of(case.handler)
    name = post.name or _known(session, case.handler) or (team.name if team else sender.team)
    return CaseContact(name, post.phone or sender.phone, sender.hours, sender.email, sender.visiting_address)


def organisation_contact(services: Services) -> CaseContact:
    """Whom one calls where nothing of a case can be read."""
    with reading(services) as (session, now):
        sender = letterhead_on(
            services.law.shelf(session), local_date(now), services.settings.organisation
        ).organisation
        return CaseContact(sender.name, sender.phone, sender.hours, sender.email, sender.visiting_address)


def _known(session: Session, number: str | None) -> str:
    """The name of who handles the case; a user name is not for citizens."""
    found = answer(session, handler_name(), number=number) if number else []
    return next((name for (name,) in found), "")


@cache
def handler_name() -> PreparedQuery:
    """The name of the member of staff with a `number`."""
    return PreparedQuery(select(StaffRow.name).where(StaffRow.number == bindparam("number")))
