"""The answers of a task's form about documents: the inventory of what becomes public, redacted versions, what lies
open to parties, and what is for the court alone.
"""

from collections.abc import Collection, Mapping
from typing import Any

from processes.actions.filing import NewDocument
from processes.actions.redacting import redact
from processes.base.errors import NotFound
from processes.execution.asking_again import choose_again
from processes.execution.assessing import Assessment, assess, say_about
from processes.execution.case_execution import CaseExecution
from processes.execution.court_only import COURT_ONLY, choose_court_only
from processes.execution.forms import component_of, document_types_of
from processes.execution.inspecting import InspectionChoice, choose_inspection
from processes.execution.views import keep_answers
from processes.storage.model_cache import Deployed
from processes.storage.tables import Instance


def disclose(
    run: CaseExecution,
    instance: Instance,
    deployed: Deployed,
    element: str,
    assessments: Mapping[str, Assessment],
    redactions: Mapping[str, NewDocument],
    inspection: Mapping[str, InspectionChoice],
    concerns: Mapping[str, Collection[int]],
    view_answers: Mapping[int, str],
    asked_again: Collection[int],
) -> dict[str, Any]:
    """Store what was said, where the form asks it; the answer are the values of the inventory, the inspection, what is for the court
    alone, and whom it concerns.

    Raises Invalid per document, and NotFound for an answer to what the form does not ask.
    """
    inventory = component_of(deployed, element, "inventory")
    redacting = component_of(deployed, element, "redactions")
    inspecting = component_of(deployed, element, "inspection")
    for_court = component_of(deployed, element, COURT_ONLY)
    concerning = component_of(deployed, element, "concerns")
    unasked = (
        (concerns and concerning is None) or (assessments and inventory is None) or (redactions and redacting is None)
    )
    if unasked or (inspection and inspecting is None and for_court is None):
        raise NotFound("Deze taak vraagt hier niet om.")
    answering = component_of(deployed, element, "view-answers")
    again = component_of(deployed, element, "asked-again")
    if (view_answers and answering is None) or (asked_again and again is None):
        raise NotFound("Deze taak vraagt hier niet om.")
    part = run.part(instance)
    values: dict[str, Any] = {}
    if inventory is not None:
        values[str(inventory["key"])] = assess(run, document_types_of(inventory), assessments, part)
    if redacting is not None:
        kind = str(redacting["documentType"])
        redact(
            run,
            {one: NewDocument(new.upload, kind, field=new.field, looked=new.looked) for one, new in redactions.items()},
            part,
        )
    if concerning is not None:
        each = bool(concerning.get("validate", {}).get("required"))
        values[str(concerning["key"])] = say_about(run, document_types_of(concerning), concerns, part, each=each)
    if answering is not None:
        code, each = str(answering["key"]), bool(answering.get("validate", {}).get("required"))
        values[code] = keep_answers(run, instance, code, view_answers, each=each)
    if again is not None:
        values[str(again["key"])] = choose_again(run, asked_again)
    if inspecting is not None:
        values[str(inspecting["key"])] = choose_inspection(run, document_types_of(inspecting), inspection)
    elif for_court is not None:
        values[str(for_court["key"])] = choose_court_only(run, for_court, inspection)
    return values
