"""A case that was reopened after its end (W14): it runs again, while its own drawing stays finished.

What is still to be done in it is done by hand and by the processes that a button starts; a worker closes it again.
"""

from typing import Final

from engine import Model, Status
from processes.storage.tables import Case, Instance
from processes.storage.words import CaseState, InstancePhase

# no drawing has this status: it comes after the end of every one of them
REOPENED: Final = Status(
    code="zaak-heropend",
    name="Heropend",
    order=0,
    notify=False,  # everybody gets a letter about it
    explanation="Deze zaak was afgerond. Wij werken er nu weer aan.",
    next="Wij kijken opnieuw naar uw zaak. In onze brief leest u waarom. U hoort van ons als de zaak weer is afgerond.",
)


def statuses_of(model: Model) -> tuple[Status, ...]:
    """The statuses that a case of this version can have."""
    return (*model.statuses(), REOPENED)


def is_reopened(case: Case, root: Instance) -> bool:
    """Whether the case runs although its own drawing has ended. One that is stuck has not ended."""
    return case.state == CaseState.RUNNING and root.phase == InstancePhase.FINISHED
