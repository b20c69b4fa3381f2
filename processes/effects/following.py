"""A case ends with a result that another case follows: that one begins in the same transaction, or nothing happens.

So it begins exactly once, whatever is killed. The lock of the case that ends is enough: nobody can see the new one before
the commit, and its id is higher than that of any case that is locked.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select

from engine import EngineError, Fact, Model, ResultType, Value, compile_expression
from engine.words import FixedRole, FollowTo, ValueType
from processes.access.clearance import called_in
from processes.base.errors import Busy, NoRoom, ZaakspoorError
from processes.execution.alarms import cannot_follow
from processes.execution.case_execution import CaseExecution, GoesRound, Poisoned
from processes.execution.facts import FactMap
from processes.execution.identity import read_identity, seal_identity
from processes.execution.new_case import new_case
from processes.execution.relations import relate
from processes.execution.roles import role_there
from processes.execution.standing_aside import take_bars
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.values import store_values
from processes.law import DeadlineError
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, CaseRelation, Decision, ModelVersion, Party
from processes.storage.words import Relation

MOST_AT_ONCE = 20  # cases that follow each other without ever waiting for anybody go round in circles
PARTY: Final = (
    "kind", "name", "identity_index", "email", "email_unconfirmed", "phone", "address", "channel", "secret_address", "deceased",
    "electronic_since", "electronic_how", "needs", "language", "branch",
)  # fmt: skip
LONGEST_SUBJECT: Final = 300  # what the columns hold
DECISION: Final = ("number", "subject", "taken_on", "announced_on", "department", "missing", "woo", "taken_by")
OF_ITS_CASE: Final = frozenset(
    {ValueType.PARTY, ValueType.DECISION, ValueType.FILE}
)  # such a value means nothing in another case


class NoFollower(ZaakspoorError):
    """De zaak die hierop volgt, kan niet beginnen."""

    status = 409


def follow(run: CaseExecution, kind: ResultType, facts: FactMap) -> None:
    """Begin the case that follows on this result, unless a step of this one did so before. Raises Poisoned for the case that
    ends when that cannot be.
    """
    if kind.follow is None or _followed_already(run, kind.follow):
        return
    try:
        run.work.followed += 1
        if run.work.followed > MOST_AT_ONCE:
            raise GoesRound
        _begin(run, kind, run.work.services.models.current(run.work.session, kind.follow), facts)
    except (Busy, NoRoom):
        raise
    except (ZaakspoorError, EngineError, DeadlineError) as cause:
        why = cause.__cause__ if isinstance(cause, Poisoned) else cause
        raise Poisoned(run.case.id) from NoFollower(cannot_follow(kind.follow, str(why)))


def _followed_already(run: CaseExecution, process: str) -> bool:
    kinds = run.work.session.scalars(
        select(ModelVersion.process)
        .join(Case, Case.model_version_id == ModelVersion.id)
        .join(CaseRelation, CaseRelation.other_id == Case.id)
        .where(CaseRelation.case_id == run.case.id, CaseRelation.kind == Relation.VERVOLG)
    )
    return process in set(kinds)


def _begin(run: CaseExecution, kind: ResultType, deployed: Deployed, facts: FactMap) -> None:
    work, before = run.work, run.case
    values, left = _mapped(kind, deployed.model, facts, work.now)
    places: dict[str, Any] = {place: values.pop(place) for place in FollowTo if place in values}
    after = new_case(
        work, deployed, channel=before.channel, received_on=places.get(FollowTo.RECEIVED_ON, work.today),
        subject=str(places.get(FollowTo.SUBJECT, before.subject))[:LONGEST_SUBJECT],
    )  # fmt: skip
    relate(work, before, after, Relation.VERVOLG)
    _take_parties(work, before, after, deployed.model)
    _take_decisions(work, before, after, places)
    _tell(work, before, after, left)
    work.session.flush()
    begun = CaseExecution.of(work, after, fresh=True)
    instance = begun.begin(deployed, is_root=True)
    store_values(begun, instance, values)
    work.audit(after.id, "register", case_type=after.case_type, version=deployed.version, follows=before.id)
    begun.launch(instance)
    begun.settle()


def _take_parties(work: UnitOfWork, before: Case, after: Case, there: Model) -> None:
    there_now = (Party.case_id == before.id, Party.left_on.is_(None), Party.withdrawn_on.is_(None))
    rows = work.session.scalars(select(Party).where(*there_now).order_by(Party.id)).all()
    taken = {row.id: _party(row, after, role, there) for row in rows if (role := role_there(row, there))}
    work.session.add_all(taken.values())
    work.session.flush()
    for row in rows:
        if row.id in taken:  # sealed for its own row, so sealed again for the new one
            seal_identity(work, taken[row.id], read_identity(work, row))
        representative = taken.get(row.represented_by or 0)
        if row.id in taken and representative:
            taken[row.id].represented_by = representative.id
    take_bars(work, before, after, taken)


def _party(row: Party, after: Case, role: str, there: Model) -> Party:
    declared = there.parties.get(role)
    return Party(
        case_id=after.id, role=role, filing=role in there.initiators(),
        confidential=row.confidential or (declared is not None and declared.confidential),
        by_mandate=row.by_mandate and role == FixedRole.REPRESENTATIVE,
        **{name: getattr(row, name) for name in PARTY},
    )  # fmt: skip


def _take_decisions(work: UnitOfWork, before: Case, after: Case, places: Mapping[str, Any]) -> None:
    """The decisions of the case that ended, and the one that its drawing names (`decision.subject` and so on)."""
    rows = work.session.scalars(select(Decision).where(Decision.case_id == before.id).order_by(Decision.id)).all()
    work.session.add_all(Decision(case_id=after.id, **{name: getattr(row, name) for name in DECISION}) for row in rows)
    named = {place.partition(".")[2]: value for place, value in places.items() if place != FollowTo.RECEIVED_ON}
    if "subject" in named:
        named["subject"] = named["subject"].strip()[:LONGEST_SUBJECT]
        work.session.add(Decision(case_id=after.id, **named))


def _mapped(kind: ResultType, there: Model, facts: FactMap, now: datetime) -> tuple[dict[str, Any], list[str]]:
    """The values that the new case gets, and the codes of those that it has no place for (any more)."""
    given: dict[str, Any] = {}
    left = []
    for one in kind.maps:
        fact = compile_expression(one.value).evaluate(facts, now)
        if fact is None:
            continue
        fits = one.to in there.values and _fits(there.values[one.to], fact)
        if fits or (one.to in set(FollowTo) and _suits(one.to, fact)):
            given[one.to] = fact
        else:
            left.append(one.to)
    return given, left


def _fits(setting: Value, fact: Fact) -> bool:
    if isinstance(fact, tuple) != setting.list or setting.type in OF_ITS_CASE:
        return False
    return all(_is(setting, item) for item in (fact if isinstance(fact, tuple) else (fact,)))


def _suits(place: str, fact: Fact) -> bool:
    """Whether a place of the new case that is no value can hold this: a date for `_on`, a text that is not empty for others."""
    if place.endswith("_on"):
        return isinstance(fact, date) and not isinstance(fact, datetime)
    return isinstance(fact, str) and bool(fact.strip())


def _is(setting: Value, item: object) -> bool:
    if setting.type == ValueType.BOOLEAN:
        return isinstance(item, bool)
    if setting.type == ValueType.NUMBER:
        return isinstance(item, int | float) and not isinstance(item, bool)
    if setting.type == ValueType.DATE:
        return isinstance(item, date) and not isinstance(item, datetime)
    if setting.type == ValueType.DATETIME:
        return isinstance(item, datetime)
    choices = {choice.value for choice in setting.choices}
    return isinstance(item, str) and (setting.type == ValueType.TEXT or item in choices)


def _tell(work: UnitOfWork, before: Case, after: Case, left: list[str]) -> None:
    lost = f" Niet overgenomen: {', '.join(left)}." if left else ""
    work.system_note(before.id, f"Op deze zaak volgt {called_in(work.session, before, after, title=True)}.{lost}")
    work.system_note(after.id, f"Deze zaak volgt op {called_in(work.session, after, before, title=True)}.{lost}")
