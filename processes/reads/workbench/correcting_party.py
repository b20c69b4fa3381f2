"""Gegevens verbeteren of one party: the data as they are, and who may represent the party."""

from dataclasses import dataclass

from sqlalchemy import select

from engine.words import FixedRole
from processes.access.staff_scope import handled_case, kept_from
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.execution.party_data import PartyData, data_of, mark_of_number
from processes.reads.opening import reading
from processes.reads.workbench.corrections import CorrectionLine, corrections_of
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.parties import identity_in_words
from processes.reads.workbench.words import role_in_words
from processes.storage.services import Services
from processes.storage.tables import Party


@dataclass(frozen=True, slots=True)
class PartyPage:
    """`by_link`: gets a link of the own, so that there is nothing to choose about letters. `representatives`: id and name of
    those in the case who can act for this party; `represents`: the names of those for whom this party acts.
    """

    head: Head
    id: int
    role: str
    data: PartyData
    number: str | None
    number_mark: str
    by_link: bool
    representative: bool
    filing: bool
    represented_by: int | None
    representatives: tuple[tuple[int, str], ...]
    represents: tuple[str, ...]
    corrections: tuple[CorrectionLine, ...]


def read_party(services: Services, actor: Actor, number: str, party: int) -> PartyPage:
    """Raises NotFound, also for a party who left or whom this reader may not know, and NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        row = session.get(Party, party)
        kept = kept_from(session, actor, case)
        if row is None or row.case_id != case.id or row.left_on is not None or row.id in kept:
            raise NotFound("Deze betrokkene hoort niet bij de zaak.")
        model = services.models.version(session, case.model_version_id).model
        there = session.scalars(select(Party).where(Party.case_id == case.id, Party.left_on.is_(None))).all()
        return PartyPage(
            head_of(session, services, actor, case, now), row.id, role_in_words(row.role, model), data_of(row),
            identity_in_words(services, row), mark_of_number(row), row.role in model.personal_roles(), row.role == FixedRole.REPRESENTATIVE,
            row.filing, row.represented_by,
            tuple((one.id, one.name) for one in there if one.role == FixedRole.REPRESENTATIVE and not one.deceased),
            tuple(one.name for one in there if one.represented_by == row.id),
            tuple(line for line in corrections_of(session, case, kept) if line.party == row.id),
        )  # fmt: skip
