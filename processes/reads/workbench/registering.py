"""The page on which a worker registers a case: the case types, and for one of them its start form and choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine import CaseType, DocumentType
from engine.words import MainCaseRule
from processes.access.clearance import TYPE_ABOVE, may_see_level
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotAllowed, NotFound
from processes.execution.forms import FormPage, choosable_departments, formats_of, start_form
from processes.execution.out_of_use import EndOfUse, end_of_use, ends_of_use
from processes.reads.case_type_choice import CaseTypeChoice
from processes.reads.opening import reading
from processes.reads.workbench.legal import case_types
from processes.reads.workbench.main_case import MainCase, main_case
from processes.reads.workbench.words import role_in_words
from processes.storage import staff
from processes.storage.services import Services


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """`roles` are the roles that a party may have: first the one that files, then representative and third party.

    `main_asked` (none, optional, required): whether the new case belongs to another; `main` is that case when it is known.
    `end`: when the case type goes, or went, out of use. `kinds` are the document types by code.
    """

    case_type: str
    title: str
    today: date
    form: FormPage | None
    roles: tuple[tuple[str, str], ...]
    departments: tuple[tuple[str, str], ...]
    document_types: tuple[tuple[str, str], ...]
    formats: tuple[str, ...]
    staff: tuple[tuple[str, str], ...]
    main_asked: str
    main: MainCase | None
    end: EndOfUse | None
    kinds: Mapping[str, DocumentType]


def read_case_types(services: Services, actor: Actor) -> tuple[CaseTypeChoice, ...]:
    """Every case type that is in use, by title; those that are out of use too, for what was received before."""
    only_staff(actor, system=False)
    with reading(services) as (session, now):
        kinds = [deployed.model.case_type for deployed in case_types(session, services)]
        ends, today = ends_of_use(session), local_date(now)
    return tuple(_choice(kind, ends.get(kind.identification), today) for kind in kinds if kind)


def _choice(kind: CaseType, end: EndOfUse | None, today: date) -> CaseTypeChoice:
    out = end is not None and today >= end.days.from_on
    return CaseTypeChoice(kind.identification, kind.title, kind.synonyms, end, out)


def read_registering(services: Services, actor: Actor, case_type: str, main: str = "") -> RegisterPage:
    """`main` is the number of the case that it belongs to. Raises NotFound for a case type that is not in use, NotAllowed for one
    above the clearance.
    """
    only_staff(actor, system=False)
    with reading(services) as (session, now):
        found = [d for d in case_types(session, services) if d.model.case_type and d.process == case_type]
        if not found:
            raise NotFound("Dit zaaktype is niet in gebruik.")
        model = found[0].model
        if model.case_type and not may_see_level(actor, model.case_type.confidentiality):
            raise NotAllowed(TYPE_ABOVE)
        asked = model.case_type.main_case if model.case_type else "none"
        known = main_case(session, services, actor, main, model) if main and asked != MainCaseRule.NONE else None
        there = [party.role for party in known.parties] if known else []
        roles = dict.fromkeys([*model.party_roles(), *there])
        return RegisterPage(
            case_type=case_type, title=model.case_type.title if model.case_type else model.name,
            today=local_date(now), form=start_form(session, found[0]),
            roles=tuple((role, role_in_words(role, model)) for role in roles), departments=choosable_departments(session),
            document_types=tuple((kind.code, kind.name) for kind in model.document_types.values()),
            formats=formats_of(model),
            staff=tuple(staff.with_role(session, (StaffRole.WORKER, StaffRole.DECIDER, StaffRole.COMMITTEE))),
            main_asked=asked, main=known, end=end_of_use(session, case_type), kinds=model.document_types,
        )  # fmt: skip
