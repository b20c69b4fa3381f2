"""Needs of a case type that it does not name: roles that somebody has, a team, a tariff, a sender, letters of our own."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from engine import Model
from processes.base.actor import StaffRole
from processes.base.clock import local_date
from processes.dated import Team, letterhead_on, sender_on, team_for, teams_on
from processes.law import LawBook
from processes.law.errors import UnknownRule
from processes.reads.admin.people import ROLES
from processes.reads.admin.roles import lanes_waiting
from processes.reads.opening import reading
from processes.reads.studio.open_draft import OpenDraft
from processes.storage.services import Services
from processes.storage.tables import StaffRow
from processes.studio.needs import NeedKind, needs_of

PENALTY: Final = "record_default_notice"  # the operation after which a penalty may count


@dataclass(frozen=True, slots=True)
class AroundCaseType:
    """`roles`: each role that nobody has, with the lanes that wait for it. `tariff`: no tariff of the penalty holds today, and a step
    needs one. `team`: the one that handles its cases, else `proposed`, the one that handles the case type most like it. `sender`: of
    its mails. `invented`: what its letters name and is still as it came along.
    """

    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tariff: bool = False
    team: str = ""
    proposed: str = ""
    sender: str = ""
    invented: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """How much of it is not here."""
        return len(self.roles) + self.tariff


def around_case_type(services: Services, draft: OpenDraft) -> AroundCaseType:
    """All of it for a draft; empty for one that cannot be read."""
    model = draft.model
    if model is None:
        return AroundCaseType()
    with reading(services) as (session, now):
        today, shelf = local_date(now), services.law.shelf(session)
        people = session.scalars(select(StaffRow).where(StaffRow.blocked_at.is_(None))).all()
        held = {role for row in people for role in row.roles}
        sender = sender_on(shelf, today, services.settings, model.process)
        letterhead = letterhead_on(shelf, today, services.settings.organisation)
        own, teams = team_for(shelf, today, model.process), teams_on(shelf, today)
    in_letters = any(one.kind == NeedKind.TEXT_BLOCK for one in needs_of((), draft.files))
    return AroundCaseType(
        _roles(model, held), _tariff_missing(model, draft.offers.book, today), own.name if own else "",
        "" if own or not model.case_type else _proposed(model, teams), f"{sender.name} <{sender.address}>",
        tuple(letterhead.invented()) if in_letters else (),
    )  # fmt: skip


def _roles(model: Model, held: set[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    waited = {role: tuple(dict.fromkeys(lanes_waiting(role, model))) for role in StaffRole}
    return tuple((ROLES[role], lanes) for role, lanes in waited.items() if lanes and role not in held)


def _tariff_missing(model: Model, book: LawBook, today: date) -> bool:
    if not any(one.service and one.service.operation == PENALTY for one in model.elements.values()):
        return False
    try:
        book.tariff(today)
    except UnknownRule:
        return True
    return False


def _proposed(model: Model, teams: Mapping[str, Team]) -> str:
    """The team that handles the case type whose id looks most like this one, else the first; empty without teams."""
    handled = {case_type: team.name for team in teams.values() for case_type in team.case_types}
    alike = difflib.get_close_matches(model.process, list(handled), 1, 0.0)
    return handled[alike[0]] if alike else next((team.name for team in teams.values()), "")
