"""Whether a letter waits for somebody before it leaves, and who agrees to it: what the drawing asks, and the setting of its case type."""

from typing import Final

from engine.model import Mail
from processes.dated import letter_rule_on
from processes.dated.letter_rules import LetterRule
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork
from processes.post.letter_rows import LookedAt
from processes.post.wording import template_of
from processes.storage.tables import Case, Instance

DECIDED: Final = b"decided."  # the names of a template that say who took a decision (Awb 10:10)


def rule_of(work: UnitOfWork, case: Case) -> LetterRule:
    """The setting for the letters of this case, as it holds today."""
    return letter_rule_on(work.services.law.shelf(work.session), work.today, case.case_type)


def looked_at(run: CaseExecution, instance: Instance, mail: Mail) -> LookedAt | None:
    """The people who look at a letter of the drawing first; None when it leaves at once. The setting adds to what the drawing asks."""
    rule = rule_of(run.work, run.case)
    by_setting = mail.formal and rule.covers(decision=_is_decision(run, instance, mail))
    if not mail.drafted and not by_setting:
        return None
    if not by_setting:
        return LookedAt(mail.approve, mail.four_eyes)
    return LookedAt(mail.approve or rule.approve, mail.four_eyes or rule.four_eyes)


def _is_decision(run: CaseExecution, instance: Instance, mail: Mail) -> bool:
    return DECIDED in template_of(mail.template, run.work.deployed(instance.model_version_id), run.root)
