"""Cases that belong to a case, as this reader may see them, and the case types that can be registered with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.words import MainCaseRule, Procedure
from processes.access.staff_scope import seen_cases
from processes.base.actor import Actor
from processes.execution.relations import related_to
from processes.reads.workbench.case_lines import status_name
from processes.reads.workbench.legal import case_types
from processes.storage.services import Services
from processes.storage.tables import Case
from processes.storage.words import CaseState, Relation

KINDS: Mapping[str, str] = {  # what the other case is for this one
    Relation.HOOFDZAAK: "Hoofdzaak",
    Relation.NEVENZAAK: "Hoort bij deze zaak",
    Relation.VERVOLG: "Volgt op deze zaak",
    Relation.VOORGANGER: "Ging vooraf aan deze zaak",
    Relation.ONDERWERP: "Gaat over hetzelfde",
    Relation.GEVOEGD: "Wordt samen behandeld",
}


@dataclass(frozen=True, slots=True)
class RelatedCase:
    number: str
    title: str
    subject: str
    kind: str
    status: str
    running: bool


def relations_of(session: Session, services: Services, actor: Actor, case: Case) -> tuple[RelatedCase, ...]:
    """Oldest relation first. A committee member sees only those that are on the agenda, too."""
    found = session.execute(related_to(case.id).where(seen_cases(actor)))
    return tuple(
        RelatedCase(
            other.number, other.title, other.subject, KINDS[relation.kind], status_name(session, services, other),
            other.state == CaseState.RUNNING,
        )
        for relation, other in found
    )  # fmt: skip


def advice_types(session: Session, services: Services) -> tuple[tuple[str, str], ...]:
    """Code and title of every case type by which advice is asked beside another case (O46), by title."""
    kinds = [deployed.model.case_type for deployed in case_types(session, services)]
    return tuple(
        (kind.identification, kind.title)
        for kind in kinds
        if kind and kind.procedure == Procedure.ADVIES and kind.main_case != MainCaseRule.NONE
    )


def belonging_types(session: Session, services: Services) -> tuple[tuple[str, str], ...]:
    """Code and title of every case type that can or must belong to another case, by title."""
    kinds = [deployed.model.case_type for deployed in case_types(session, services)]
    return tuple((kind.identification, kind.title) for kind in kinds if kind and kind.main_case != MainCaseRule.NONE)
