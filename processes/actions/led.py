"""A head of a team hands out a case of the team, with a reason, to somebody of the team or to nobody."""

from processes.access.guards import reason_wrong
from processes.access.leading import led_by
from processes.access.staff_scope import HANDLES
from processes.base.errors import Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import staff
from processes.storage.tables import Case

ONLY_OF_TEAM = "Kies een collega uit uw team die zaken behandelt."


def lock_led(work: UnitOfWork, number: str, reason: str, field: str, handler: str | None = None) -> Case:
    """The running case, locked. `field`: how the form calls the reason. Raises NotFound for a case of another team and one that the head may not see,
    CaseClosed, and Invalid without a reason or for somebody of another team.
    """
    led = led_by(work.services.law.shelf(work.session), work.actor, work.today)
    case = work.lock_case(number, running=True)
    if not led.has(work.deployed(case.model_version_id).process, case.handler):
        raise NotFound
    why = reason_wrong(reason)
    wrong = {field: why["reason"]} if why else {}
    if handler is not None and handler not in led.members & {one for one, _ in staff.with_role(work.session, HANDLES)}:
        wrong["handler"] = ONLY_OF_TEAM
    if wrong:
        raise Invalid(wrong)
    return case
