"""A case while it is rehearsed: how it begins, who acts in it, and what the steps of every kind ask of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.words import SignInLevel
from processes.actions import act
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.jobs.time_travel import travel
from processes.rehearsal.sandbox import ACTORS, StandingClock, morning
from processes.rehearsal.script import Rehearsal, RehearsedMainCase, ScriptError, Start
from processes.storage.services import Services
from processes.storage.tables import Case, Dossier, Party, TaskRow
from processes.storage.words import CaseChannel, PostChannel, TaskState

OBJECTOR = "bsn:999993653"  # a public test number that passes the check


@dataclass
class PlayedCase:
    """The progress of a rehearsal. `last_mail` and `last_notice` are what the last look has already seen, `held` the
    notices that were held then and count once they are sent.
    """

    services: Services
    clock: StandingClock
    case: str
    case_id: int
    last_mail: int = 0
    last_notice: int = 0
    held: set[int] = field(default_factory=set)

    def actor(self, name: str) -> Actor:
        if name == ActorKind.CITIZEN:
            return Actor(
                ActorKind.CITIZEN, self.services.secrets.index(OBJECTOR), "Tess Testeling", level=SignInLevel.HIGH
            )
        if name in ACTORS:
            return ACTORS[name]
        party = self.party(name)
        if party is None or party.identity_index is None:
            raise ScriptError(f"'{name}' speelt niet mee. Kies citizen, worker, decider, committee of een partij.")
        return Actor(ActorKind.CITIZEN, party.identity_index, party.name, level=SignInLevel.HIGH)

    def party(self, name: str) -> Party | None:
        """The party of the case with this name."""
        with self.services.sessions() as session:
            return session.scalar(select(Party).where(Party.case_id == self.case_id, Party.name == name))


def open_case(services: Services, clock: StandingClock, case_type: str, script: Rehearsal) -> PlayedCase:
    """Register the case on its first day, after the case to which it belongs."""
    played, main = PlayedCase(services, clock, "", 0), None
    if script.start.main_case:
        before = script.start.main_case
        clock.moment = morning(before.on)
        main = act(
            services,
            played.actor(StaffRole.WORKER),
            _registration(services, before.case_type, before, by=StaffRole.WORKER),
        )
    travel_to(played, script.start.on)
    registration = _registration(services, case_type, script.start, by=script.start.by, main_case=main)
    played.case = act(services, played.actor(script.start.by), registration)
    with services.sessions() as session:
        played.case_id = session.scalars(select(Case.id).where(Case.number == played.case)).one()
    return played


def _registration(
    services: Services, case_type: str, start: Start | RehearsedMainCase, *, by: str, main_case: str | None = None
) -> RegisterCase:
    with services.sessions() as session:
        model = services.models.current(session, case_type).model
    channel = start.channel if isinstance(start, Start) else PostChannel.PORTAL
    party = NewParty(
        model.initiators()[0],
        "Tess Testeling",
        identity=OBJECTOR,
        channel=channel,
        email="tess@voorbeeld.example",
        address="Voorbeeldstraat 1, 1234 AB Zandstede" if channel == PostChannel.POST else None,
    )
    return RegisterCase(
        case_type=case_type,
        channel=CaseChannel.PORTAL if by == ActorKind.CITIZEN else CaseChannel.LETTER,
        received_on=start.on,
        parties=(party, *(NewParty(**item) for item in start.parties)),
        decisions=tuple(NewDecision(**item) for item in start.decisions),
        values=start.values,
        main_case=main_case,
    )


def travel_to(played: PlayedCase, day: date) -> None:
    travel(played.services, morning(day), lambda moment: setattr(played.clock, "moment", moment))


def token_of_department(played: PlayedCase) -> str:
    with played.services.sessions() as session:
        return played.services.secrets.link_token(dossier_of(session, played).salt)


def dossier_of(session: Session, played: PlayedCase, department: str | None = None) -> Dossier:
    """The dossier of this department, or the first that was asked something. Raises ScriptError when there is none."""
    found = select(Dossier).where(Dossier.case_id == played.case_id).order_by(Dossier.id)
    dossier = session.scalars(found.where(Dossier.department == department) if department else found).first()
    if dossier is None:
        raise ScriptError("Er is nog niets aan een afdeling gevraagd.")
    return dossier


def open_tasks(played: PlayedCase) -> Any:
    return (
        select(TaskRow)
        .where(TaskRow.case_id == played.case_id, TaskRow.state == TaskState.OPEN)
        .order_by(TaskRow.opened_at)
    )
