"""The needs of each party at a hearing (W8): an interpreter with the language, a hearing loop, a wheelchair, large print.

A party says so in an answer (`needs` of `case:session` names the values), or to staff, who write it at the party. Both count.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import SessionPlan, Value
from processes.execution.facts import ITEM, to_fact
from processes.execution.hearings import plans_of
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, CaseValue, Instance, Party

Drawn = tuple[Case, Deployed]
Said = dict[tuple[int, str], Any]


def plan_of(deployed: Deployed) -> SessionPlan | None:
    """The words of the drawing on a session, at the first task that one may plan; None where a session plans nothing."""
    return next(iter(plans_of(deployed).values()), None)


def needs_of(session: Session, cases: Sequence[Drawn], said: Said | None = None) -> dict[int, str]:
    """By the id of each party in these cases that needs something, what that is in words: `gewenste tolk: Turks, ringleiding`.

    `said`: the answers of `said_of`, where they were read already. Two statements, however many cases there are.
    """
    told = said_of(session, cases) if said is None else said
    drawn = {case.id: deployed for case, deployed in cases}
    there = select(Party.id, Party.case_id, Party.needs).where(Party.case_id.in_(drawn), Party.left_on.is_(None))
    found = {}
    for party_id, case_id, noted in session.execute(there.order_by(Party.id)):
        plan, values = plan_of(drawn[case_id]), drawn[case_id].model.values
        codes = [code for code in plan.needs if code in values] if plan else []
        asked = [word for code in codes for word in _in_words(values[code], told.get((party_id, code)))]
        if words := ", ".join([*asked, *filter(None, [noted])]):
            found[party_id] = words
    return found


def said_of(session: Session, cases: Sequence[Drawn]) -> Said:
    """The answers of each party about coming and needs, as stored, by party and code; the last answer counts."""
    plans = [plan for _, deployed in cases if (plan := plan_of(deployed))]
    codes = {code for plan in plans for code in (plan.coming, *plan.needs) if code}
    if not codes:
        return {}
    ids = [case.id for case, _ in cases]
    of_cases = (CaseValue.case_id.in_(ids), CaseValue.code.in_([ITEM, *codes]), Instance.is_root.is_(False))
    answered = select(CaseValue.code, CaseValue.value, Instance.id, Instance.party_id).join(
        Instance, Instance.id == CaseValue.instance_id
    )
    rows = session.execute(answered.where(*of_cases).order_by(CaseValue.id)).all()
    called = {instance: value for code, value, instance, _ in rows if code == ITEM}
    return {(party or called.get(instance) or 0, code): value for code, value, instance, party in rows if code != ITEM}


def _in_words(value: Value, stored: Any) -> Iterator[str]:
    fact = to_fact(value, stored)
    if fact in (None, "", ()):
        return
    if not value.choices:
        yield f"{value.title.lower()}: {fact}"
        return
    titles = {choice.value: choice.title for choice in value.choices}
    yield from (titles.get(str(one), str(one)).lower() for one in (fact if isinstance(fact, tuple) else (fact,)))
