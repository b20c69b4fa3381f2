"""Why a document may go out although the eye does not see all of it (W22). Nothing of it changes; the reason stays with it."""

from dataclasses import dataclass

from processes.access.guards import only_staff, reason_wrong
from processes.actions.documents import lock_document
from processes.base.errors import AlreadyDone, Invalid
from processes.execution.hidden import keep_as_it_is
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.words import HiddenState

WHY = "Schrijf waarom dit document zo naar buiten mag."


@dataclass(frozen=True, slots=True)
class KeepHidden:
    document: str
    reason: str


def keep_hidden(work: UnitOfWork, action: KeepHidden) -> str:
    """The answer is the number of the case. Raises NotFound, Invalid without a reason, AlreadyDone when there is nothing to explain (any more)."""
    only_staff(work.actor, system=False)
    document, case = lock_document(work, action.document)
    if document.hidden != HiddenState.FOUND:
        raise AlreadyDone("Over dit document hoeft u niets te schrijven: iemand deed dat al, of er is niets gevonden.")
    if wrong := reason_wrong(action.reason, WHY):
        raise Invalid(wrong)
    keep_as_it_is(work, document, action.reason)
    case.row_version += 1
    return case.number
