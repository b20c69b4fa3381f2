"""One of several who filed a case withdraws, and the case goes on for the others."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from engine import Fact
from engine.expressions import given_texts
from engine.words import Recipient
from processes.access.withdrawal import filers_left
from processes.base.dutch import enumeration
from processes.effects.each import leave
from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import ANSWERED, day_of
from processes.execution.facts import ANSWERS
from processes.execution.values import store_value
from processes.post.notices import send_standard
from processes.post.standard.citizens import ONE_WITHDREW
from processes.post.wording import Words
from processes.storage.tables import Party, TaskRow
from processes.storage.words import TaskState


def withdraw_parties(run: CaseExecution, leaving: Sequence[Party], days: Mapping[int, date]) -> None:
    """These parties withdraw, each on the day under the own id: what waited for them goes, and nothing more is asked of them or
    sent to them.
    """
    for party in leaving:
        party.withdrawn_on = days[party.id]
        leave(run, party)
    run.facts_changed = True


def tell_withdrawn(run: CaseExecution, leaving: Sequence[Party]) -> None:
    """A notice to each who withdrew, or who acts for them: the text of the drawing would say that the case has ended."""
    known = {"case.title": run.case.title, "case.subject": run.case.subject}
    for party in leaving:
        who: Words = {"withdrawn.name": party.name, "withdrawn.self": party.represented_by is None}
        words: Words = {**known, **who, "withdrawn.on": party.withdrawn_on}
        send_standard(run, "een-trekt-in", ONE_WITHDREW, words, Recipient.ITEM, party.id)


def withdraw_by_answer(run: CaseExecution, parameters: Mapping[str, Fact]) -> None:
    """Whoever gave the answer `choice` to `value` withdraws. When that is everybody who filed the case, the value `into` becomes
    yes and nothing else happens: then the drawing ends the case.
    """
    root, code = run.root_instance(), str(parameters["value"])
    given = run.data.values(root).get(ANSWERS + code) or {}
    filers = filers_left(run.work.session, run.case.id, run.root.model)
    leaving = [party for party in filers if given.get(str(party.id)) == parameters["choice"]]
    everybody = bool(leaving) and len(leaving) == len(filers)
    store_value(run, root, str(parameters["into"]), everybody)
    answers = _answers(run, code, [party.id for party in leaving])
    if everybody:
        run.ended_by = {ANSWERED: [task.id for task in answers.values()]}
        run.withdrawn_on = run.ended_on = day_of(run.work.session, run.ended_by)
    elif leaving:
        withdraw_parties(run, leaving, {party.id: _came_on(run, answers.get(party.id)) for party in leaving})
        tell_withdrawn(run, leaving)


def who_withdrew_by(run: CaseExecution, answer: TaskRow) -> Party | None:
    """The party that withdrew with this answer while others went on (`withdraw_by_answer`); None when nobody did."""
    party = run.work.session.get(Party, answer.party_id) if answer.party_id is not None else None
    if party is None or party.withdrawn_on is None or party.withdrawal_entered_on is not None:
        return None
    for element in run.root.model.elements.values():
        if element.service is None or element.service.operation != "withdraw_parties":
            continue
        for code in given_texts(element.service.parameters["value"]):
            said = (run.data.values(run.root_instance()).get(ANSWERS + code) or {}).get(str(party.id))
            chosen = said in given_texts(element.service.parameters["choice"])
            newest = _answers(run, code, [party.id]).get(party.id)
            if chosen and newest is not None and newest.id == answer.id:
                return party
    return None


def _answers(run: CaseExecution, code: str, parties: Sequence[int]) -> dict[int, TaskRow]:
    """The newest answer of each of these parties to a task that asks this value."""
    asking = [element for element, codes in run.root.asked_of_each.items() if code in codes]
    mine = (TaskRow.case_id == run.case.id, TaskRow.element.in_(asking), TaskRow.party_id.in_(parties))
    found = select(TaskRow).where(*mine, TaskRow.state == TaskState.DONE).order_by(TaskRow.done_at)
    return {task.party_id: task for task in run.work.session.scalars(found) if task.party_id is not None}


def _came_on(run: CaseExecution, answer: TaskRow | None) -> date:
    day = day_of(run.work.session, {ANSWERED: [answer.id]}) if answer else None
    return day or run.work.today


def names_of(parties: Sequence[Party]) -> str:
    """Their names in one line, without who is confidential."""
    return enumeration([party.name for party in parties if not party.confidential])
