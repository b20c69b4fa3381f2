"""The typed store of case values: what forms fill and expressions read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from processes.execution.case_execution import CaseExecution
from processes.storage.tables import Instance


def store_value(run: CaseExecution, instance: Instance, code: str, value: Any) -> None:
    """Set one value of an instance; dates and moments are kept as ISO 8601 text."""
    _store(run, instance, {code: value})


def store_values(run: CaseExecution, instance: Instance, values: Mapping[str, Any]) -> None:
    """Set what a form filled. Codes that the model does not declare are the form's mistake: KeyError."""
    model = run.work.deployed(instance.model_version_id).model
    declared = {**model.values, **model.inputs, **model.outputs}
    for code in values:
        declared[code]
    if values:
        _store(run, instance, values)


def _store(run: CaseExecution, instance: Instance, values: Mapping[str, Any]) -> None:
    run.data.store(instance, {code: as_stored(value) for code, value in values.items()})
    run.facts_changed = True


def as_stored(value: Any) -> Any:
    """A value of a form as the database keeps it: days and moments as ISO 8601 text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_stored(item) for item in value]
    return value
