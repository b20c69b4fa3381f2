"""An installation with one small case type whose term is a term of the law, with a timer and a reminder that hang on it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kit.cases import add_departments, open_task, put_in_use
from kit.people import NOOR

from engine import Folder, read_folder
from processes.actions import act
from processes.actions.law import SaveLawRule
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.clock import Clock, local_date
from processes.law import default_book
from processes.law.typed_rules import TypedDay, TypedRule
from processes.storage.services import Services

HOME = Path(__file__).parents[3]

RONDJE = read_folder(HOME / "bench/drawings/rondje")
PLAIN = b'duration="P42D" calendar="calendar" from="case.received_on"'
REMINDER = """
<bpmn:boundaryEvent id="Reminder" name="Week ervoor" attachedToRef="Answer" cancelActivity="false">
  <bpmn:outgoing>Flow_Reminder_Sent</bpmn:outgoing>
  <bpmn:timerEventDefinition id="Reminder_definition"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression"
    >repeat(at(deadline.answer - working_days(5), 9), days(1), 2)</bpmn:timeCycle></bpmn:timerEventDefinition>
</bpmn:boundaryEvent>
<bpmn:sendTask id="Sent" name="Herinner de behandelaar">
  <bpmn:extensionElements><case:mail template="herinnering" to="handler" formal="false" documentType="correspondence"/>
  </bpmn:extensionElements>
  <bpmn:incoming>Flow_Reminder_Sent</bpmn:incoming><bpmn:outgoing>Flow_Sent_EndSent</bpmn:outgoing>
</bpmn:sendTask>
<bpmn:endEvent id="EndSent" name="Herinnerd"><bpmn:incoming>Flow_Sent_EndSent</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="Flow_Reminder_Sent" sourceRef="Reminder" targetRef="Sent"/>
<bpmn:sequenceFlow id="Flow_Sent_EndSent" sourceRef="Sent" targetRef="EndSent"/>
"""
BOX = '<bpmndi:BPMNShape bpmnElement="%s"><dc:Bounds x="%d" y="262" width="36" height="36"/></bpmndi:BPMNShape>'
LINE = (
    '<bpmndi:BPMNEdge bpmnElement="%s"><di:waypoint x="600" y="280"/><di:waypoint x="640" y="280"/></bpmndi:BPMNEdge>'
)
PLACES = "".join(BOX % one for one in (("Reminder", 690), ("Sent", 600), ("EndSent", 500)))
PICTURE = PLACES + "".join(LINE % one for one in ("Flow_Reminder_Sent", "Flow_Sent_EndSent"))
LANE = b"<bpmn:flowNodeRef>TooLong</bpmn:flowNodeRef>"
LANES = "".join(f"<bpmn:flowNodeRef>{one}</bpmn:flowNodeRef>" for one in ("TooLong", "Reminder", "Sent", "EndSent"))


def case_type(term: str) -> Folder:
    """`term` are the attributes of the deadline that say how long it is and from when it counts."""
    drawing = RONDJE.drawing.replace(PLAIN, term.encode()).replace(LANE, LANES.encode())
    for end, more in ((b"</bpmn:process>", REMINDER), (b"</bpmndi:BPMNPlane>", PICTURE)):
        drawing = drawing.replace(end, more.encode() + end)
    mail = b"Onderwerp: Denk aan de termijn\n\nDe termijn loopt bijna af.\n"
    return Folder("rondje", drawing, RONDJE.forms, {**RONDJE.mails, "herinnering.txt": mail})


COMPLAINT = case_type('rule="awb-9-11" from="case.received_on"')


class SetClock(Clock):
    """Stands still until it is set: half past eleven in the Netherlands."""

    def __init__(self, moment: datetime = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self, offset: timedelta = timedelta(0)) -> datetime:
        return self.moment + offset


def furnish(services: Services) -> None:
    """On the day of SetClock: the small case type with what it calls, and one department."""
    then = replace(services, clock=SetClock())
    add_departments(then, "parkeren")
    put_in_use(then, "nazending", "stukkenverzoek", COMPLAINT)


def register(services, *, answering=True):
    """A case that came in today, with the task before which the timers wait; its number."""
    today = local_date(services.clock.now())
    party = NewParty("objector", "Tess Testeling", identity="bsn:999993653", channel="portal", email="t@x.example")
    decision = NewDecision("Een verzonnen besluit", "PB-1", None, today - timedelta(days=10), "parkeren")
    number = act(
        services, NOOR, RegisterCase("rondje", "letter", today, (party,), (decision,), {"grounds": "Verzonnen"})
    )
    if answering:
        act(services, NOOR, CompleteTask(open_task(services, "Look", number), {"route": "verder"}))
    return number


def typed(code: str, variant: str = "standard", /, **changes) -> TypedRule:
    """A rule of the built-in book as an administrator would type it, with changes."""
    rule = default_book().versions(code, variant)[-1]
    given = {
        "code": rule.code, "variant": rule.variant, "valid_from": rule.valid_from.isoformat(), "title": rule.title,
        "article": rule.article, "amount": str(rule.amount), "unit": rule.unit, "after": rule.after or "",
        "counts_from": rule.counts_from, "extension": str(rule.extension or ""), "extension_unit": rule.extension_unit,
        "extension_article": rule.extension_article or "", "consent": rule.consent or "",
        "moved": rule.moved_by_termijnenwet, "backwards": rule.backwards, "source": rule.source,
        "checked_on": "2026-06-01", "certainty": rule.certainty,
    }  # fmt: skip
    return TypedRule(**{**given, **changes})


ONE_DAY = TypedDay("2026-07-13", "gelijkgesteld met een feestdag", "Een verzonnen besluit", "2026-06-01", "high")


def shorter(weeks: str = "4", since: str = "2026-01-01", **more):
    return SaveLawRule(typed("awb-9-11", amount=weeks, valid_from=since, **more))


def book_of(services):
    with services.sessions() as session:
        return services.law.book(session)
