"""The data that a new case takes over from the case that it belongs to: parties, and the decisions that it is about.

A number of a person stays where it is: the page says only its end, and sends back which party is meant.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.access.staff_scope import seen_cases
from processes.base.actor import Actor
from processes.base.typed_values import case_number
from processes.execution.parts import parts_of
from processes.execution.roles import role_there
from processes.reads.workbench.parties import identity_in_words
from processes.storage.services import Services
from processes.storage.tables import Case, Decision, PartDecision, Party


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party of the main case in its role in the new one. `identity` is such as `BSN ******653`."""

    id: int
    role: str
    kind: str
    name: str
    identity: str | None
    email: str | None
    phone: str | None
    address: str | None
    channel: str
    secret_address: bool
    electronic_since: date | None
    electronic_how: str | None
    deceased: bool
    needs: str
    language: str
    branch: str


@dataclass(frozen=True, slots=True)
class KnownDecision:
    subject: str
    number: str
    taken_on: date | None
    announced_on: date | None
    department: str | None
    taken_by: str | None
    missing: bool
    woo: bool


@dataclass(frozen=True, slots=True)
class MainCase:
    number: str
    title: str
    subject: str
    parties: tuple[KnownParty, ...]
    decisions: tuple[KnownDecision, ...]


def main_case(session: Session, services: Services, actor: Actor, number: str, model: Model) -> MainCase | None:
    """The case with this number, as a new case of this model takes it over; None when this reader sees none."""
    case = session.scalar(select(Case).where(Case.number == case_number(number), seen_cases(actor)))
    if case is None:
        return None
    known_there = (
        Party.case_id == case.id,
        Party.confidential.is_(False),
        Party.left_on.is_(None),
    )  # who is confidential stays in that case
    parties = session.scalars(select(Party).where(*known_there).order_by(Party.id))
    decisions = session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id))
    known = [_party(services, party, role) for party in parties if (role := role_there(party, model))]
    named = [*map(_decision, decisions), *(_part(case, part) for part in parts_of(session, case.id) if part.taken_on)]
    return MainCase(case.number, case.title, case.subject, tuple(known), tuple(named))


def _party(services: Services, party: Party, role: str) -> KnownParty:
    return KnownParty(
        id=party.id, role=role, kind=party.kind, name=party.name, identity=identity_in_words(services, party),
        email=party.email, phone=party.phone, address=party.address, channel=party.channel,
        secret_address=party.secret_address, deceased=party.deceased, electronic_since=party.electronic_since,
        electronic_how=party.electronic_how, needs=party.needs, language=party.language, branch=party.branch,
    )  # fmt: skip


def _decision(row: Decision) -> KnownDecision:
    return KnownDecision(
        row.subject, row.number, row.taken_on, row.announced_on, row.department, row.taken_by, row.missing, row.woo
    )


def _part(case: Case, part: PartDecision) -> KnownDecision:
    """A part decision on a Woo request: a decision of its own, against which one can object (no penalty runs: Woo 8.2)."""
    return KnownDecision(
        f"{part.title or case.subject} (deelbesluit {part.number})", f"{case.number}-{part.number}", part.taken_on,
        part.announced_on, None, part.taken_by, missing=False, woo=True,
    )  # fmt: skip
