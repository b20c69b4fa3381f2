"""The answers of a task's form about documents: the inventory of what becomes public, redacted versions, what lies
open to parties, and what is for the court alone.
"""

from collections.abc import Mapping

from processes.actions.filing import NewDocument
from processes.actions.redacting import redact
from processes.base.errors import NotFound
from processes.execution.assessing import Assessment, assess
from processes.execution.case_execution import CaseExecution
from processes.execution.court_only import COURT_ONLY, choose_court_only
from processes.execution.forms import component_of, document_types_of
from processes.execution.inspecting import InspectionChoice, choose_inspection
from processes.storage.model_cache import Deployed


def disclose(
    run: CaseExecution,
    deployed: Deployed,
    element: str,
    assessments: Mapping[str, Assessment],
    redactions: Mapping[str, NewDocument],
    inspection: Mapping[str, InspectionChoice],
) -> dict[str, str]:
    """Store what was said, where the form asks it; the answer is the value of the inventory, of the inspection, or of what is for the court alone.

    Raises Invalid per document, and NotFound for an answer to what the form does not ask.
    """
    inventory = component_of(deployed, element, "inventory")
    redacting = component_of(deployed, element, "redactions")
    inspecting = component_of(deployed, element, "inspection")
    for_court = component_of(deployed, element, COURT_ONLY)
    unasked = (assessments and inventory is None) or (redactions and redacting is None)
    if unasked or (inspection and inspecting is None and for_court is None):
        raise NotFound("Deze taak vraagt hier niet om.")
    values = {}
    if inventory is not None:
        values[str(inventory["key"])] = assess(run, document_types_of(inventory), assessments)
    if redacting is not None:
        kind = str(redacting["documentType"])
        redact(run, {one: NewDocument(new.upload, kind, field=new.field) for one, new in redactions.items()})
    if inspecting is not None:
        values[str(inspecting["key"])] = choose_inspection(run, document_types_of(inspecting), inspection)
    elif for_court is not None:
        values[str(for_court["key"])] = choose_court_only(run, for_court, inspection)
    return values
