"""The end of a process: its outputs go to the caller; an ended case closes with its retention, and the case that
follows on its result begins.
"""

from sqlalchemy import select

from engine import ResultType, add_duration, compile_expression
from engine.words import Counting
from processes.dated import link_terms_on
from processes.effects.children import stop
from processes.effects.following import follow
from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import MET, keep, waits_to_be_met
from processes.execution.facts import FactMap
from processes.execution.values import store_values
from processes.law.retention_classes import ends_on, longest
from processes.storage.tables import DocumentRequestRow, Instance
from processes.storage.words import CaseState, InstancePhase


def outputs_to_parent(run: CaseExecution, child: Instance, parent: Instance) -> None:
    """Copy the declared outputs of a called process to the values that its caller declares under the same code."""
    wanted = set(run.work.deployed(child.model_version_id).model.outputs)
    known = set(run.work.deployed(parent.model_version_id).model.values)
    handed = run.data.plain(child, wanted & known)
    if handed:
        store_values(run, parent, handed)


def case_ended(run: CaseExecution) -> None:
    """Close the case: departments keep their link for a set time, retention starts to count, what follows begins."""
    case, model = run.case, run.root.model
    if model.case_type is None:
        return
    case.state = CaseState.CLOSED
    case.closed_at = run.work.now
    wanted = add_duration(run.work.today, model.case_type.department_closes_after, Counting.CALENDAR)
    terms = link_terms_on(run.work.services.law.shelf(run.work.session), run.work.today)
    case.departments_until = terms.department_until(run.work.today, wanted)
    kind = model.result_types.get(case.result or "")
    facts = run.facts(run.root_instance()) if kind and (kind.retentions or kind.follow) else {}
    if kind:
        _keep(run, kind, facts)
    _close_deadlines(run)
    _stop_requests(run)
    if kind:
        follow(run, kind, facts)


def _keep(run: CaseExecution, kind: ResultType, facts: FactMap) -> None:
    """The longest of all classes that hold for this case; kept for ever is longer than any."""
    more = [one.rule for one in kind.retentions if compile_expression(one.when).evaluate(facts, run.work.now)]
    today = run.work.today
    book = run.work.services.law.book(run.work.session)
    rule = longest(book.retention_rule(number, today, today) for number in (kind.retention, *more))
    run.case.retention_class = rule.number
    run.case.destroy_from = ends_on(rule, today)


def _close_deadlines(run: CaseExecution) -> None:
    """No deadline outlives its case: an open one would stand before all others in every list for ever. One that is met by
    a letter which was not sent yet runs on until it is. A case that was withdrawn ended for its terms when that came in.
    """
    ended_on = run.ended_on or run.work.today
    for row in run.data.deadlines().values():
        row.warn_on = None
        if row.met_on is None and not waits_to_be_met(row):
            row.met_on = ended_on
            keep(row, MET, run.ended_by)


def _stop_requests(run: CaseExecution) -> None:
    if not any(not instance.is_root for instance in run.living()):
        return
    open_requests = (
        select(Instance)
        .join(DocumentRequestRow, DocumentRequestRow.instance_id == Instance.id)
        .where(Instance.case_id == run.case.id, Instance.phase == InstancePhase.RUNNING)
    )
    for instance in run.work.session.scalars(open_requests).all():
        stop(run, instance)
