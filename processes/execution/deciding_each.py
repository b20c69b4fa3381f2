"""The outcome of each contested decision of a case, where a form asks it: kept with the decision, and one outcome for all together."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from engine import Model
from processes.base.errors import Invalid, NotFound
from processes.execution.case_execution import CaseExecution
from processes.law.outcomes import together
from processes.storage.tables import Decision


def decisions_in(case_id: Any) -> Select[Decision]:
    """The contested decisions in the order in which they were registered."""
    return select(Decision).where(Decision.case_id == case_id).order_by(Decision.id)


def result_value(model: Model) -> str | None:
    """The value that names the result of a case, where its drawing takes the result from a value."""
    return next((one.result.value for one in model.elements.values() if one.result and one.result.value), None)


def outcome_names(model: Model, rows: Sequence[Decision]) -> list[str]:
    """The outcome of each of several decisions, in the words of the drawing; none while one of them is undecided."""
    asked = result_value(model)
    codes = [str((row.outcomes or {}).get(asked or "") or "") for row in rows]
    if asked is None or not rows[1:] or not all(codes):
        return []
    titles = {choice.value: choice.title for choice in model.values[asked].choices}
    return [titles.get(code, code) for code in codes]


def decide_each(
    run: CaseExecution, code: str, choices: Sequence[str], given: Mapping[int, str], said: Any
) -> str | None:
    """Keep the outcome of each decision under the code of the value; the answer is what they come to together.

    Where nothing is given per decision, what is `said` of the whole holds for each. Raises Invalid under `outcome-<id>`, NotFound
    for a decision of another case.
    """
    rows = run.work.session.scalars(decisions_in(run.case.id)).all()
    if set(given) - {row.id for row in rows}:
        raise NotFound("Een van deze besluiten hoort niet bij deze zaak. Laad de pagina opnieuw.")
    chosen = {row.id: given.get(row.id) or (said if not given else None) for row in rows}
    if not rows or (not given and said is None):
        return str(said) if said is not None else None
    wrong = {
        f"outcome-{row.id}": f"Kies de uitkomst voor '{row.subject}'." for row in rows if chosen[row.id] not in choices
    }
    if wrong:
        raise Invalid(wrong)
    for row in rows:
        row.outcomes = {**(row.outcomes or {}), code: chosen[row.id]}
    return together(str(one) for one in chosen.values())
