"""The flat, read-only snapshot that conditions, timers and texts read. Names stand in docs/bpmn-profile.md."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from engine import CLOSED_DAYS, Fact, Value
from engine.words import ValueType
from processes.base.clock import AMSTERDAM, local_date
from processes.execution.case_data import CaseData, FactMap
from processes.execution.parts import decides_part
from processes.law import DeadlineError, LawBook, objection_in_time
from processes.storage.law_cache import LawCache
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, Instance

LATE: Final = "decision.late"
ANNOUNCED: Final = "decision.announced_on"
SHORTEST_PERIOD: Final = timedelta(weeks=1)  # no law has a shorter one: within it the dates need not be computed
OPEN_PARTS: Final = "parts.open"
ANSWERS: Final = "answers."  # before a code: what everybody answered to it
ITEM: Final = "item"  # the input of a called process that says for which of several it runs

__all__ = ["ANSWERS", "ITEM", "FactMap", "facts_from", "facts_of", "to_answers", "to_fact"]


def facts_of(
    session: Session, case: Case, instance: Instance, deployed: Deployed, root: Deployed, law: LawCache
) -> FactMap:
    """Everything that the drawing of this instance may read, with None for what is not known yet."""
    return facts_from(CaseData(session, case, law), case, instance, deployed, root)


def facts_from(known: CaseData, case: Case, instance: Instance, deployed: Deployed, root: Deployed) -> FactMap:
    """The facts as `facts_of` gives them, from case data that was read already."""
    declared = {**deployed.model.inputs, **deployed.model.outputs, **deployed.model.values}
    held, rows = _held(known, instance, deployed), known.deadlines()
    return {
        **_case_facts(case),
        **known.decision_for(instance),
        LATE: is_late(known.decision()[ANNOUNCED], case.received_on, case.postmark_on, known.book()),
        **{f"deadline.{code}": rows[code].due if code in rows else None for code in root.model.deadlines},
        **known.request(instance),
        **_parts(known, instance, deployed),
        CLOSED_DAYS: tuple(known.book().equalised),
        **{code: to_fact(value, held.get(code)) for code, value in declared.items()},
        **_answers(deployed, held),
    }


def _parts(known: CaseData, instance: Instance, deployed: Deployed) -> FactMap:
    """The facts of the part decision that this process takes; for a drawing that waits for them, how many still go on."""
    if instance.is_root:
        return {OPEN_PARTS: known.open_parts()} if OPEN_PARTS.encode() in deployed.folder.drawing else {}
    return known.part(instance) if decides_part(deployed.model) else {}


def _held(known: CaseData, instance: Instance, deployed: Deployed) -> Mapping[str, Any]:
    """The values of an instance. One person of several has those of the case, without what others answered to the task."""
    own = known.values(instance)
    if instance.element is None:
        return own
    asked = deployed.asked_of_each.get(instance.element, frozenset())
    around = known.values_of_caller(instance).items()
    return {**{code: value for code, value in around if code.removeprefix(ANSWERS) not in asked}, **own}


def _answers(deployed: Deployed, held: Mapping[str, Any]) -> FactMap:
    """The answers of everybody to what a task asks of each, as a list without names."""
    codes = frozenset[str]().union(*deployed.asked_of_each.values())
    return {ANSWERS + code: to_answers(deployed.model.values[code], held.get(ANSWERS + code)) for code in codes}


def to_answers(setting: Value, stored: Any) -> tuple[Any, ...]:
    """The answers of several people, stored by the id of the party, as one list without names."""
    given = stored.values() if isinstance(stored, dict) else ()
    return tuple(item for answer in given for item in _listed(to_fact(setting, answer)))


def _listed(fact: Fact) -> tuple[Any, ...]:
    return fact if isinstance(fact, tuple) else (fact,)


def to_fact(setting: Value, stored: Any) -> Fact:
    """A stored JSON value in the type that its model declares."""
    if stored is None or isinstance(stored, dict):
        return None
    if isinstance(stored, list):
        return tuple(_scalar(setting, item) for item in stored)
    scalar = _scalar(setting, stored)
    fact: Fact = (scalar,) if setting.list else scalar  # of before the drawing let several be chosen
    return fact


def _scalar(setting: Value, stored: Any) -> Any:
    if setting.type == ValueType.DATE:
        return date.fromisoformat(stored)
    if setting.type == ValueType.DATETIME:
        moment = datetime.fromisoformat(stored)
        return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
    return stored


def is_late(announced: object, received_on: date, postmark_on: date | None, book: LawBook) -> bool:
    """Whether the objection came after the time for the decision that was announced first, as far as the dates tell.

    One without a postmark that came within the week of 6:9 may have been posted in time: its term then begins the earliest.
    """
    if not isinstance(announced, date) or received_on - announced <= SHORTEST_PERIOD:
        return False
    try:
        found = objection_in_time(announced, received_on, postmark_on or announced, book)
    except DeadlineError:  # a day from before the law, which somebody mistyped
        return False
    return found.verdict == "te_laat"


def _case_facts(case: Case) -> FactMap:
    return {
        "case.number": case.number,
        "case.type": case.case_type,
        "case.received_on": case.received_on,
        "case.registered_on": local_date(case.registered_at),
        "case.channel": case.channel,
    }
