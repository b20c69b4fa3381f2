"""The exception of one case in a step that is done in several: another outcome, with the rest of the form as it was filled in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import EngineError
from engine.expressions import compile_expression
from processes.base.errors import Invalid
from processes.execution.deciding_each import result_value
from processes.execution.facts import to_fact
from processes.execution.forms import component_of, components_of
from processes.storage.model_cache import Deployed

OUTCOMES = "outcomes"


def outcome_choices(deployed: Deployed, element: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The code of the value by which the form of an element asks the outcome, and its choices (code and title); none where it asks none."""
    asked = component_of(deployed, element, OUTCOMES)
    code = str(asked["key"]) if asked else result_value(deployed.model)
    on_form = {str(part.get("key")) for part in components_of(deployed, element)}
    if code is None or code not in on_form or code not in deployed.model.values:
        return "", ()
    return code, tuple((one.value, one.title) for one in deployed.model.values[code].choices)


def with_outcome(
    deployed: Deployed, element: str, answers: Mapping[str, Any], outcome: str, known: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The answers with this outcome. A question that does not count then loses its answer; one that now counts needs one.

    `answers` as they are stored, `known` what the case holds. Raises Invalid for an outcome that is none, and by question for an
    answer that lacks: then the form must be filled in for this case by itself.
    """
    code, choices = outcome_choices(deployed, element)
    if outcome not in dict(choices):
        raise Invalid({code: "Deze uitkomst kan hier niet."})
    given = {**answers, code: outcome}
    wrong: dict[str, str] = {}
    for part in components_of(deployed, element):
        key, hide = str(part.get("key") or ""), str((part.get("conditional") or {}).get("hide") or "")
        if not key or code not in (names := _names(hide)):
            continue
        if _holds(hide, {name: _fact(deployed, {**known, **given}, name) for name in names}, now):
            given[key] = None
        elif (part.get("validate") or {}).get("required") and given.get(key) in (None, "", []):
            wrong[key] = f"Bij de uitkomst '{dict(choices)[outcome]}' hoort een antwoord op '{part.get('label', key)}'."
    if wrong:
        raise Invalid(wrong)
    return given


def _names(hide: str) -> frozenset[str]:
    return frozenset(compile_expression(hide).names) if hide else frozenset()


def _fact(deployed: Deployed, stored: Mapping[str, Any], name: str) -> Any:
    declared = deployed.model.values
    return to_fact(declared[name], stored.get(name)) if name in declared else None


def _holds(hide: str, facts: Mapping[str, Any], now: datetime) -> bool:
    try:
        return bool(compile_expression(hide).evaluate(facts, now))
    except EngineError:
        return False
