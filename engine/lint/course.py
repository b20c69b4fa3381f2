"""The course of a case: statuses go forward, ends have a result, formal steps are told, reminders escalate."""

import heapq
from datetime import date, datetime

from engine.drawing import DrawnNode
from engine.errors import ExpressionError
from engine.expressions import AMSTERDAM, parse_timer
from engine.lint.subject import WAITS, Findings, Subject, called_by, error, reach, warning
from engine.model import Element
from engine.steps import Facts
from engine.words import DeadlineVerb, ElementKind, EventKind, FixedRole, MainCaseRule, Procedure, Recipient

ARRIVED = datetime(2026, 6, 1, 12, tzinfo=AMSTERDAM)  # an invented request, to see whether a timer is after its term
TERM = date(2026, 6, 15)
ASKED: Facts = {
    "request.due": TERM,
    "request.department": "afdeling",
    "request.delivered": False,
    "request.refused": False,
}
LENGTHENS = frozenset({DeadlineVerb.SUSPEND, DeadlineVerb.EXTEND, DeadlineVerb.CONSENT})
# the court tells the parties of an appeal; an advice has none
DECIDED_ELSEWHERE = frozenset({Procedure.BEROEP, Procedure.VOORLOPIGE_VOORZIENING, Procedure.ADVIES})


def status_order(subject: Subject) -> Findings:
    """Backwards on every path: even on the best way to this status a later one was reached before."""
    best = _lowest_peak(subject)
    for element in subject.elements():
        if element.status and best.get(element.id, element.status.order) > element.status.order:
            message = f"Status '{element.status.name}' komt altijd na een status met een hogere volgorde."
            yield warning(element.id, "status-order", f"{message} Verbeter de nummers in `order`.")


def ends(subject: Subject) -> Findings:
    """Every end of a case type by which the case itself ends has a result."""
    if subject.model.case_type is None:
        return
    finals = [node for node in subject.of_kind(ElementKind.END_EVENT) if node.scope == subject.drawing.process]
    with_result = {node.id for node in finals if subject.model.elements[node.id].result}
    main = _main_course(subject)
    for node in finals:
        failed = any(event.kind == EventKind.ERROR for event in node.events)
        if node.id in with_result or failed or node.id not in main or _beside(node, subject, with_result):
            continue
        message = f"Bij einde {called_by(node)} heeft de zaak geen resultaat. Voeg case:result toe."
        yield error(node.id, "end-without-result", message)


def filed_together(subject: Subject) -> Findings:
    """Others are named by who files: only on the portal, where somebody files it themselves."""
    case_type = subject.model.case_type
    if case_type is None or not case_type.filed_together:
        return
    if case_type.portal and case_type.main_case != MainCaseRule.REQUIRED:
        return
    message = "Samen indienen kan alleen waar een burger de zaak zelf begint, en dat kan bij dit zaaktype niet."
    yield warning(
        subject.drawing.process, "together-by-nobody", f'{message} Zet portal="true", of laat filedTogether weg.'
    )


def formal_steps(subject: Subject) -> Findings:
    """A suspension, extension, consent or decision that no formal notice tells all parties about."""
    procedure = subject.model.case_type.procedure if subject.model.case_type else None
    if procedure in DECIDED_ELSEWHERE:
        return
    for element in subject.elements():
        touches = any(action.action in LENGTHENS for action in element.deadline_actions)
        if (touches or element.result) and not _all_told(subject, _same_stretch(subject, element.id)):
            message = "Deze stap verandert iets voor de partijen, maar niet iedereen krijgt daarover een formele brief."
            yield warning(
                element.id, "formal-step-without-notice", f'{message} Zet er een verzendtaak met to="parties" bij.'
            )


def withdrawals(subject: Subject) -> Findings:
    """Warns of a withdrawal that is possible after the decision was sent: nothing is left to withdraw (Awb 6:21)."""
    withdrawal, case_type = subject.model.withdrawal, subject.model.case_type
    if withdrawal is None or case_type is None or case_type.procedure in DECIDED_ELSEWHERE:
        return  # an appeal may be withdrawn until the court rules; what is sent before that decides nothing
    decided = {element.id for element in subject.elements() if decides(element, subject)}
    later = reach([target for node in decided for target in subject.onward.get(node, ())], subject.onward)
    if withdrawal.until in later - decided:
        message = f"Intrekken kan tot `{withdrawal.until[:60]}`, maar dan is de beslissing al verstuurd."
        yield warning(
            subject.model.process, "withdrawal-after-decision", f"{message} Noem in `until` een eerdere stap."
        )


def reminders(subject: Subject) -> Findings:
    """Reminders after the term need somebody above the department who hears of it."""
    told = {element.mail.to for element in subject.elements() if element.mail}
    if "department_manager" in told:
        return
    for node in subject.of_kind(ElementKind.BOUNDARY_EVENT):
        mails = [subject.model.elements[at].mail for at in reach([node.id], subject.onward)]
        if _after_term(node) and any(mail and mail.to == Recipient.DEPARTMENT for mail in mails):
            message = "Na de termijn krijgt alleen de afdeling een herinnering. Stuur er ook een naar haar manager."
            yield warning(node.id, "reminder-without-escalation", message)


def _all_told(subject: Subject, stretch: set[str]) -> bool:
    """Whether formal mails in this stretch reach everyone; a Woo request concerns only who made it (Woo 4.4)."""
    mails = [subject.model.elements[node].mail for node in stretch]
    told = {mail.to for mail in mails if mail and mail.formal}
    case_type, initiators = subject.model.case_type, set(subject.model.initiators())
    reached = told | (initiators if "initiator" in told else set())
    # a representative gets the mail of the party for whom he speaks; another organisation is no interested party
    everyone = set(subject.model.parties) - {FixedRole.REPRESENTATIVE, FixedRole.OTHER_BODY}
    if case_type and case_type.procedure == Procedure.WOO:
        everyone = initiators
    return "parties" in told or (bool(everyone) and everyone <= reached)


def decides(element: Element, subject: Subject) -> bool:
    """The formal notice by which the term of the law is met."""
    legal = {deadline.code for deadline in subject.model.deadlines.values() if deadline.rule}
    meets = any(action.action == DeadlineVerb.MEET and action.deadline in legal for action in element.deadline_actions)
    asks = any(action.action == DeadlineVerb.SUSPEND for action in element.deadline_actions)  # it waits for an answer
    return meets and not asks and element.mail is not None and element.mail.formal


def _lowest_peak(subject: Subject) -> dict[str, int]:
    """For each node, over all ways to it: the lowest value of the highest status order before it (-1 for none)."""
    best: dict[str, int] = {}
    queue = [(-1, node) for node in subject.begins()]
    while queue:
        peak, node = heapq.heappop(queue)
        if node in best:
            continue
        best[node] = peak
        status = subject.model.elements[node].status
        after = max(peak, status.order) if status else peak
        for target in subject.onward.get(node, ()):
            heapq.heappush(queue, (after, target))
    return best


def _main_course(subject: Subject) -> set[str]:
    """The nodes reached without a branch that runs beside the case (a boundary event that does not interrupt)."""
    beside = {node.id for node in subject.of_kind(ElementKind.BOUNDARY_EVENT) if not node.interrupting}
    return reach(subject.begins(), subject.onward, stop=lambda node: node in beside)


def _beside(end: DrawnNode, subject: Subject, with_result: set[str]) -> bool:
    """It ends one branch of a split whose other branch comes to a result."""
    for split in subject.splits():
        branches = [reach([flow.target], subject.onward) for flow in subject.outgoing[split.id]]
        apart = any(end.id not in branch and branch & with_result for branch in branches)
        if apart and any(end.id in branch for branch in branches):
            return True
    return False


def _same_stretch(subject: Subject, element: str) -> set[str]:
    """The nodes that happen in one go with this element: up to the wait before it and the wait after it."""

    def waits(node: str) -> bool:
        return node != element and subject.nodes[node].kind in WAITS

    forward = reach([element], subject.onward, stop=waits)
    return forward | reach([element], subject.before, stop=waits)


def _after_term(node: DrawnNode) -> bool:
    for event in node.events:
        if event.kind != EventKind.TIMER or event.timer is None:
            continue
        try:
            rule = parse_timer(event.text, event.timer)
            due = rule.due(ARRIVED, 0, ASKED, ARRIVED) if "request.due" in rule.names else None
        except ExpressionError:
            continue
        if due is not None and due.date() > TERM:
            return True
    return False
