"""Small case types that follow on each other, and the people who play in them."""

from dataclasses import replace
from typing import Any

from engine import Folder
from kit import people
from kit.cases import add_departments, days_ago, put_in_use, rows, today
from kit.people import NOOR
from kit.sketches import Sketch, form
from processes.actions import act
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.storage.services import Services
from processes.storage.tables import Case, TaskRow

TESS = replace(people.TESS, phone="0612345678")
LANE = '<case:role side="worker"/>'
FORMS = {
    "start.json": form({"type": "textarea", "key": "grounds", "label": "Redenen"}),
    "work.json": form(
        {"type": "radio", "key": "dictum", "label": "Uitkomst"},
        {"type": "number", "key": "amount", "label": "Bedrag"},
        {"type": "checkbox", "key": "kept", "label": "Raakt een zaak die bewaard blijft"},
    ),
}
VALUES = """
<case:value code="grounds" title="Redenen" type="text"/>
<case:value code="dictum" title="Uitkomst" type="choice">
 <case:choice value="klaar" title="Klaar"/><case:choice value="verder" title="Verder"/>
</case:value>
<case:value code="amount" title="Bedrag" type="number"/>
<case:value code="kept" title="Bewaard" type="boolean"/>
"""
RESULTS = """
<case:resultType code="klaar" description="Klaar" retention="13.2">
 <case:retention rule="13.1" when="empty(amount) or amount == 0"/>
 <case:retention rule="13.1.1" when="amount > 0"/>
 <case:retention rule="13.1.3" when="kept"/>
</case:resultType>
<case:resultType code="verder" description="Verder" retention="13.1" follow="tweede">
 <case:map value="grounds" to="earlier"/>
 <case:map value="amount + 1" to="sum"/>
 <case:map value="case.received_on" to="since"/>
 <case:map value="today()" to="label"/>
</case:resultType>
"""
WORK = """
startEvent Begin :: <case:form schema="start.json"/><case:status code="begun" name="Begonnen" order="10"/>
userTask Work :: <case:form schema="work.json"/>
endEvent Done :: <case:result value="dictum"/>
Begin > Work
Work > Done
"""
FIRST_TYPE = '<case:caseType identification="eerste" title="Eerste zaak" prefix="EEN" publishedFrom="Begin"/>'
FIRST = Sketch(
    FIRST_TYPE + VALUES + RESULTS, WORK, LANE, "", FORMS, {}, 'id="eerste" name="Eerste" isExecutable="true"'
)

SECOND_VALUES = """
<case:party code="appellant" title="Eiser" initiator="true"/>
<case:party code="expert" title="Deskundige"/>
<case:value code="earlier" title="Eerdere redenen" type="text"/>
<case:value code="sum" title="Som" type="number"/>
<case:value code="since" title="Sinds" type="date"/>
<case:value code="label" title="Label" type="text"/>
<case:resultType code="weg" description="Weg" retention="26.1"/>
"""
SECOND = Sketch(
    '<case:caseType identification="tweede" title="Tweede zaak" prefix="TWE" mainCase="optional"/>' + SECOND_VALUES,
    'startEvent Begin\nuserTask Look :: <case:form schema="look.json"/>\nendEvent Done :: <case:result type="weg"/>\n'
    "Begin > Look\nLook > Done",
    LANE, "", {"look.json": form()}, {}, 'id="tweede" name="Tweede" isExecutable="true"',
)  # fmt: skip

SIDE = Sketch(
    '<case:caseType identification="zijzaak" title="Zijzaak" prefix="ZIJ" mainCase="required"/>'
    '<case:value code="measure" title="Maatregel" type="text"/><case:resultType code="weg" description="Weg" retention="13.1"/>',
    'startEvent Begin\nuserTask Rule :: <case:form schema="rule.json"/>\n'
    'serviceTask Tell :: <case:service operation="tell_related"><case:parameter name="kind" value="\'hoofdzaak\'"/>'
    '<case:parameter name="text" value="measure"/></case:service>\nendEvent Done :: <case:result type="weg"/>\n'
    "Begin > Rule\nRule > Tell\nTell > Done",
    LANE, "", {"rule.json": form({"type": "textfield", "key": "measure", "label": "Maatregel"})}, {},
    'id="zijzaak" name="Zijzaak" isExecutable="true"',
)  # fmt: skip


def folder(sketch: Sketch, name: str) -> Folder:
    return replace(sketch.folder(), name=name)


def deploy(services: Services, sketch: Sketch, name: str) -> None:
    put_in_use(services, folder(sketch, name))


def furnish(services: Services) -> None:
    """The three case types and the department Wonen."""
    add_departments(services, "wonen")
    for sketch, name in ((SECOND, "tweede"), (FIRST, "eerste"), (SIDE, "zijzaak")):
        deploy(services, sketch, name)


def register(
    services: Services, case_type: str = "eerste", parties: tuple[NewParty, ...] = (TESS,), **changes: Any
) -> str:
    decision = NewDecision("Kapvergunning", "KAP-1", days_ago(services, 12), days_ago(services, 10), "wonen", woo=True)
    given = {"decisions": (decision,), "values": {"grounds": "De boom is oud"} if case_type == "eerste" else {}}
    return act(services, NOOR, RegisterCase(case_type, "letter", today(services), parties, **{**given, **changes}))


def case_of(services: Services, number: str) -> Case:
    (case,) = rows(services, Case, number=number)
    return case


def end(services: Services, number: str, **values: Any) -> None:
    """Do the one task of the case."""
    (task,) = rows(services, TaskRow, case_id=case_of(services, number).id, state="open")
    act(services, NOOR, CompleteTask(task.id, values))
