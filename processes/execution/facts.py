"""The flat, read-only snapshot that conditions, timers and texts read. Names stand in docs/bpmn-profile.md."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from engine import CLOSED_DAYS, Fact, Value
from engine.words import ValueType
from processes.base.clock import AMSTERDAM, local_date
from processes.execution.case_data import CaseData, FactMap
from processes.law import objection_in_time
from processes.storage.law_cache import LawCache
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, Instance

LATE: Final = "decision.late"
SHORTEST_PERIOD: Final = timedelta(weeks=1)  # no law has a shorter one: within it the dates need not be computed

__all__ = ["FactMap", "facts_from", "facts_of", "to_fact"]


def facts_of(
    session: Session, case: Case, instance: Instance, deployed: Deployed, root: Deployed, law: LawCache
) -> FactMap:
    """Everything that the drawing of this instance may read, with None for what is not known yet."""
    return facts_from(CaseData(session, case, law), case, instance, deployed, root)


def facts_from(known: CaseData, case: Case, instance: Instance, deployed: Deployed, root: Deployed) -> FactMap:
    """The facts as `facts_of` gives them, from case data that was read already."""
    declared = {**deployed.model.inputs, **deployed.model.outputs, **deployed.model.values}
    held, rows = known.values(instance), known.deadlines()
    return {
        **_case_facts(case),
        **known.decision(),
        LATE: _is_late(case, known),
        **{f"deadline.{code}": rows[code].due if code in rows else None for code in root.model.deadlines},
        **known.request(instance),
        CLOSED_DAYS: tuple(known.book().equalised),
        **{code: to_fact(value, held.get(code)) for code, value in declared.items()},
    }


def to_fact(setting: Value, stored: Any) -> Fact:
    """A stored JSON value in the type that its model declares."""
    if stored is None or isinstance(stored, dict):
        return None
    if isinstance(stored, list):
        return tuple(_scalar(setting, item) for item in stored)
    scalar: Fact = _scalar(setting, stored)
    return scalar


def _scalar(setting: Value, stored: Any) -> Any:
    if setting.type == ValueType.DATE:
        return date.fromisoformat(stored)
    if setting.type == ValueType.DATETIME:
        moment = datetime.fromisoformat(stored)
        return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
    return stored


def _is_late(case: Case, known: CaseData) -> bool:
    """Whether the objection came after the time for the decision that was announced first, as far as the dates tell.

    One without a postmark that came within the week of 6:9 may have been posted in time: its term then begins the earliest.
    """
    announced = known.decision()["decision.announced_on"]
    if not isinstance(announced, date) or case.received_on - announced <= SHORTEST_PERIOD:
        return False
    return (
        objection_in_time(announced, case.received_on, case.postmark_on or announced, known.book()).verdict == "te_laat"
    )


def _case_facts(case: Case) -> FactMap:
    return {
        "case.number": case.number,
        "case.type": case.case_type,
        "case.received_on": case.received_on,
        "case.registered_on": local_date(case.registered_at),
        "case.channel": case.channel,
    }
