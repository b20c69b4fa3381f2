"""The outcome per contested decision that the form of a task asks, with what was chosen so far."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from processes.execution.deciding_each import decisions_in
from processes.execution.forms import component_of
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case


@dataclass(frozen=True, slots=True)
class OutcomeToChoose:
    """`chosen` is the code of a choice, or empty."""

    id: int
    subject: str
    number: str
    chosen: str


def outcomes_to_choose(session: Session, case: Case, deployed: Deployed, element: str) -> tuple[OutcomeToChoose, ...]:
    """Every decision of the case, when the form of this element asks an outcome for each; else none."""
    component = component_of(deployed, element, "outcomes")
    if component is None:
        return ()
    code = str(component["key"])
    return tuple(
        OutcomeToChoose(row.id, row.subject, row.number, (row.outcomes or {}).get(code, ""))
        for row in session.scalars(decisions_in(case.id))
    )
