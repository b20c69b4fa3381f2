"""Answers of several people to the same task: kept for each of them apart, and together for who reads one value.

The instance of a person holds the own values. The instance that asked holds `answers.CODE`, by the id of the party, which
expressions read as a list; and under CODE itself what all agree on, so that a letter to one of one reads as before.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.words import ValueType
from processes.execution.case_execution import CaseExecution
from processes.execution.facts import ANSWERS
from processes.storage.tables import Instance, Party

NOBODY = "0"  # an answer for the role, from before anybody had it


def keep_answers(run: CaseExecution, child: Instance, parent: Instance) -> None:
    """Take the answers of one person over to the instance that asked."""
    codes = run.work.deployed(child.model_version_id).asked_of_each.get(str(child.element), frozenset())
    own, held = run.data.values(child), run.data.values(parent)
    by = str(child.party_id) if child.party_id else NOBODY
    for code in sorted(codes & own.keys()):
        given = {**(held.get(ANSWERS + code) or {}), by: own[code]}
        run.data.store(parent, {ANSWERS + code: given, code: _together(run, parent, code, given)})
    run.facts_changed = True


def forget_answers(run: CaseExecution, parent: Instance, element: str) -> None:
    """Begin with no answers: the task is asked anew."""
    codes = run.work.deployed(parent.model_version_id).asked_of_each.get(element, frozenset())
    held = run.data.values(parent)
    old: dict[str, Any] = {ANSWERS + code: {} for code in sorted(codes) if held.get(ANSWERS + code)}
    if old:
        run.data.store(parent, old)
        run.facts_changed = True


def _together(run: CaseExecution, parent: Instance, code: str, given: Mapping[str, Any]) -> Any:
    """One value for all answers: the same one, all items of lists, texts under the name of who wrote; else none."""
    declared = run.work.deployed(parent.model_version_id).model.values[code]
    answers = list(given.values())
    if declared.list:
        return list(dict.fromkeys(item for answer in answers for item in answer or ()))
    if all(answer == answers[0] for answer in answers):
        return answers[0]
    if declared.type != ValueType.TEXT:
        return None
    names = _names(run, given)
    return "\n\n".join(f"{names[by]}: {answer}" for by, answer in given.items() if answer)


def _names(run: CaseExecution, given: Mapping[str, Any]) -> dict[str, str]:
    """The name of each who answered; of who is confidential only that somebody did."""
    ids = [int(by) for by in given]
    rows = run.work.session.scalars(select(Party).where(Party.id.in_(ids)))
    known = {str(row.id): "Betrokkene" if row.confidential else row.name for row in rows}
    return {by: known.get(by, "Betrokkene") for by in given}
