"""What the linter knows of the law, beyond one text that changes: parties, variants, standstill, whom a step concerns."""

from dataclasses import replace
from pathlib import Path

import pytest
from kit.sketches import ACCEPTED, Sketch
from test_rules import CONSENT, LIBRARY, RETENTION, SUSPEND, check

from engine import read_folder
from engine.lint import lint
from engine.model import LegalTerm

BPMN = Path(__file__).parents[3] / "bpmn"
PARTIES = '<case:party code="objector" title="Indiener" initiator="true"/><case:party code="representative" title="G"/>'
LISTS = """<case:value code="others" title="Anderen" type="party" list="true"/>"""
LIST = """serviceTask Publish :: <case:service operation="list_parties"><case:parameter name="role" value="'objector'"/><case:parameter name="into" value="'others'"/></case:service>"""
PUBLISH = next(line for line in ACCEPTED.body.splitlines() if line.startswith("serviceTask Publish"))


def with_parties(sketch: Sketch) -> Sketch:
    """Parties that are declared, and a service that lists one kind of them."""
    sketch = sketch.changed("settings", "<case:documentType", f"{PARTIES}{LISTS}<case:documentType")
    return sketch.changed("body", PUBLISH, LIST).changed("lane", "/>", ' party="objector"/>')


# code, element, part of the sketch with parties, text, its replacement
WITH_PARTIES = [
    ("unknown-recipient", "Receipt", "body", 'to="parties"', 'to="third_party"'),
    ("unknown-party", "Lane", "lane", 'party="objector"', 'party="neighbour"'),
    ("unknown-party", "Publish", "body", "'objector'", "'neighbour'"),
    ("unknown-value", "Publish", "body", "'others'", "'people'"),
]


def test_each_declared_party_told_apart_is_everyone():
    sketch = with_parties(ACCEPTED)
    assert check(sketch) == []
    assert check(sketch.changed("body", 'to="parties"', 'to="initiator"')) == []


@pytest.mark.parametrize(("code", "element", "part", "old", "new"), WITH_PARTIES)
def test_a_finding_about_parties(code, element, part, old, new):
    found = {(finding.element, finding.code) for finding in check(with_parties(ACCEPTED).changed(part, old, new))}
    assert (element, code) in found


def test_any_variant_with_a_committee_needs_its_lane():
    law = {"awb-7-10": LegalTerm(("bezwaar",), ("standard", "no-decision-committee"), extends=True)}
    sketch = ACCEPTED.changed("settings", "'committee' if", "'no-decision-committee' if")
    assert lint(sketch.folder(), LIBRARY, law_rules=law, retention_rules=RETENTION) == []
    findings = lint(sketch.changed("lane", "committee", "worker").folder(), LIBRARY, law_rules=law)
    assert [finding.code for finding in findings] == ["committee-without-lane"]


def test_j7_a_variant_that_only_running_cases_have_is_refused():
    law = {"awb-7-10": LegalTerm(("bezwaar",), ("standard", "no-decision"), ("no-decision",), extends=True)}
    sketch = ACCEPTED.changed("settings", "'committee' if", "'no-decision' if")
    (finding,) = lint(sketch.folder(), LIBRARY, law_rules=law, retention_rules=RETENTION)
    assert (finding.code, finding.severity) == ("retired-variant", "error")
    assert "stelt de gemeente in gebreke" in finding.message


def test_j7_a_bezwaar_that_offers_a_failure_to_decide_is_refused():
    folder = read_folder(BPMN / "bezwaar")
    assert "no-decision-offered" not in {finding.code for finding in lint(folder, {})}
    offered = folder.forms["start.json"].replace(b'"missing": false,', b"")
    found = lint(replace(folder, forms={**folder.forms, "start.json": offered}), {})
    assert [finding.element for finding in found if finding.code == "no-decision-offered"] == ["forms/start.json"]


def test_j6_what_goes_round_in_a_subprocess_ends_by_an_event_on_its_border():
    folder = read_folder(BPMN / "beroep")
    assert "no-way-to-end" not in {finding.code for finding in lint(folder, {})}
    beside = folder.drawing.replace(b'attachedToRef="Course"', b'attachedToRef="Course" cancelActivity="false"')
    assert "no-way-to-end" in {finding.code for finding in lint(replace(folder, drawing=beside), {})}


def test_a_consent_that_the_article_does_not_know():
    sketch = ACCEPTED.changed("settings", "awb-7-10", "awb-8-83").changed("settings", "'committee' if", "'standard' if")
    findings = check(sketch.changed("body", "userTask Work ::", f"userTask Work :: {CONSENT}"))
    assert ("Work", "consent-unknown") in {(finding.element, finding.code) for finding in findings}


SUSPENDED = SUSPEND.replace("/>", ' on="sent"/>')


def test_a_suspension_that_a_later_step_ends_is_fine():
    resumed = '<case:deadlineAction deadline="decide" action="resume"/>'
    stretch = (
        f'sendTask Stop :: {SUSPENDED}<case:mail template="brief" to="parties" formal="true" documentType="letter"/>\n'
    )
    sketch = ACCEPTED.changed("body", "Begin > Receipt", f"{stretch}Begin > Stop\nStop > Receipt")
    assert check(sketch.changed("body", "userTask Work ::", f"userTask Work :: {resumed}")) == []


@pytest.mark.parametrize("procedure", ["beroep", "voorlopige_voorziening", "advies"])
def test_the_ruling_of_a_court_and_an_advice_need_no_notice_of_ours(procedure):
    sketch = ACCEPTED.changed("settings", 'procedure="bezwaar"', f'procedure="{procedure}"')
    codes = {finding.code for finding in check(sketch.changed("body", 'formal="true"', 'formal="false"'))}
    assert "formal-step-without-notice" not in codes


def test_a_woo_request_concerns_who_made_it():
    sketch = with_parties(ACCEPTED).changed("settings", 'procedure="bezwaar"', 'procedure="woo"')
    other = sketch.changed("settings", 'title="G"/>', 'title="G"/><case:party code="other" title="Ander"/>')
    told = other.changed("body", 'to="parties"', 'to="objector"')
    assert "formal-step-without-notice" not in {finding.code for finding in check(told)}


def test_a_button_that_may_be_pressed_again_and_again_is_no_dead_end():
    """A branch beside the case that waits for a message each time, for as long as the case runs."""
    side = 'parallelGateway Side\nexclusiveGateway Wait\nintermediateCatchEvent Heard ;; <bpmn:messageEventDefinition messageRef="M1"/>\n'
    side += "Begin > Side\nSide > Wait\nWait > Heard\nHeard > Wait\nSide > Receipt"
    again = ACCEPTED.changed("body", "Begin > Receipt", side)
    assert [finding.code for finding in check(again)] == ["no-way-to-end"]
    done = 'order="30"/>'
    assert check(again.changed("body", done, f"{done} ;; <bpmn:terminateEventDefinition/>")) == []


STUKKENVERZOEK = read_folder(Path(__file__).parents[3] / "bpmn" / "stukkenverzoek")


def test_the_request_for_documents_needs_its_escalation():
    without = STUKKENVERZOEK.drawing.replace(b'to="department_manager"', b'to="department"')
    findings = lint(replace(STUKKENVERZOEK, drawing=without))
    assert {(finding.element, finding.code) for finding in findings} == {
        ("TermExpired", "reminder-without-escalation"),
        ("WeekAfter", "reminder-without-escalation"),
    }


# a value that nothing fills before it is read, wherever it is read
UNFILLED = [
    ("Pause", "body", "P14D", "later", "timeDate"),
    ("Extend", "body", 'action="extend"', 'action="extend" until="later"', ""),
    ("Publish", "body", "'letter'", "later", ""),
]


@pytest.mark.parametrize(("element", "part", "old", "new", "timer"), UNFILLED)
def test_a_value_that_no_form_fills(element, part, old, new, timer):
    declared = '<case:value code="later" title="Later" type="date"/>'
    sketch = ACCEPTED.changed("settings", "<case:documentType", f"{declared}<case:documentType").changed(part, old, new)
    if timer:
        sketch = sketch.changed("body", "timeDuration", timer)
    assert (element, "value-never-filled") in {(finding.element, finding.code) for finding in check(sketch)}
