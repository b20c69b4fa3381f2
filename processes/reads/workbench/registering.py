"""The page on which a worker registers a case: the case types, and for one of them its start form and choices."""

from dataclasses import dataclass
from datetime import date

from engine.words import MainCaseRule
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.execution.forms import FormPage, departments, formats_of, start_form
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


def read_case_types(services: Services, actor: Actor) -> tuple[CaseTypeChoice, ...]:
    """Every case type that is in use, by title."""
    only_staff(actor, system=False)
    with reading(services) as (session, _):
        kinds = [deployed.model.case_type for deployed in case_types(session, services)]
    return tuple(CaseTypeChoice(kind.identification, kind.title, kind.synonyms) for kind in kinds if kind)


def read_registering(services: Services, actor: Actor, case_type: str, main: str = "") -> RegisterPage:
    """`main` is the number of the case that it belongs to. Raises NotFound for a case type that is not in use."""
    only_staff(actor, system=False)
    with reading(services) as (session, now):
        found = [d for d in case_types(session, services) if d.model.case_type and d.process == case_type]
        if not found:
            raise NotFound("Dit zaaktype is niet in gebruik.")
        model = found[0].model
        asked = model.case_type.main_case if model.case_type else "none"
        known = main_case(session, services, actor, main, model) if main and asked != MainCaseRule.NONE else None
        there = [party.role for party in known.parties] if known else []
        roles = dict.fromkeys([*model.party_roles(), *there])
        return RegisterPage(
            case_type=case_type, title=model.case_type.title if model.case_type else model.name,
            today=local_date(now), form=start_form(session, found[0]),
            roles=tuple((role, role_in_words(role, model)) for role in roles), departments=departments(session),
            document_types=tuple((kind.code, kind.name) for kind in model.document_types.values()),
            formats=formats_of(model),
            staff=tuple(staff.with_role(session, (StaffRole.WORKER, StaffRole.DECIDER, StaffRole.COMMITTEE))),
            main_asked=asked, main=known,
        )  # fmt: skip
