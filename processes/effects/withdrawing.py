"""One of several who filed a case withdraws, and the case goes on for the others."""

from collections.abc import Mapping, Sequence

from engine import Fact
from engine.words import Recipient
from processes.access.withdrawal import filers_left
from processes.base.dutch import enumeration
from processes.effects.each import leave
from processes.execution.case_execution import CaseExecution
from processes.execution.facts import ANSWERS
from processes.execution.values import store_value
from processes.post.notices import send_standard
from processes.post.standard import ONE_WITHDREW
from processes.post.wording import Words
from processes.storage.tables import Party


def withdraw_parties(run: CaseExecution, leaving: Sequence[Party]) -> None:
    """These parties withdraw today: what waited for them goes, and nothing more is asked of them or sent to them."""
    for party in leaving:
        party.withdrawn_on = run.work.today
        leave(run, party)
    run.facts_changed = True


def tell_withdrawn(run: CaseExecution, leaving: Sequence[Party]) -> None:
    """A notice to each who withdrew, or who acts for them: the text of the drawing would say that the case has ended."""
    known = {"case.title": run.case.title, "case.subject": run.case.subject}
    for party in leaving:
        words: Words = {**known, "withdrawn.name": party.name, "withdrawn.self": party.represented_by is None}
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
    if leaving and not everybody:
        withdraw_parties(run, leaving)
        tell_withdrawn(run, leaving)


def names_of(parties: Sequence[Party]) -> str:
    """Their names in one line, without who is confidential."""
    return enumeration([party.name for party in parties if not party.confidential])
