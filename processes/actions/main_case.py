"""The case to which a new case belongs from its start (`mainCase`): found, locked, and told when it must be there."""

from sqlalchemy import select

from engine import CaseType
from engine.words import MainCaseRule
from processes.base.actor import ActorKind
from processes.base.errors import Invalid, NotAllowed
from processes.base.typed_values import case_number
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case


def main_case_of(work: UnitOfWork, kind: CaseType, number: str | None) -> Case | None:
    """The case with this number, locked before the new one gets its higher id. Raises Invalid for `main_case`."""
    wanted = case_number(number or "")
    if not wanted and kind.main_case == MainCaseRule.REQUIRED:
        raise Invalid(
            {
                "main_case": f"Vul in bij welke zaak dit hoort. Een zaak van de soort {kind.title} hoort altijd bij een andere zaak."
            }
        )
    if not wanted:
        return None
    if work.actor.kind == ActorKind.CITIZEN:
        raise NotAllowed
    if kind.main_case == MainCaseRule.NONE:
        raise Invalid({"main_case": f"Een zaak van de soort {kind.title} hoort niet bij een andere zaak."})
    main = work.session.scalar(select(Case).where(Case.number == wanted, work.open_to_actor()).with_for_update())
    if main is None:
        raise Invalid({"main_case": f"Er is geen zaak met het nummer {wanted[:40]}. Controleer het nummer."})
    return main
