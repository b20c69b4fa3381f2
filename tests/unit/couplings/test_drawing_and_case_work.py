"""What the check of a drawing takes is what the case work can do, word for word: each list that stands on both sides.

The engine knows no case work, so it holds lists of its own; here they are laid beside those of the program that acts.
"""

import ast
import inspect
import re
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest
from kit.sketches import ACCEPTED

from engine import DrawnDeadline, Element, compile_model, read_model
from engine.drawing import DrawnNode
from engine.kernel import compiling, tokens
from engine.kernel.reading.settings import MAKERS
from engine.lint import RULES, codes, course, elements, following, forms, known_words, subject, templates
from engine.lint.subject import Subject
from engine.steps import Effect
from engine.vocabulary import NODES, READ_AS, SHAPES
from engine.words import (
    Counting,
    DeadlineVerb,
    ElementKind,
    EventKind,
    FixedRole,
    PartyField,
    Recipient,
    SuspensionGround,
    ValueType,
)
from processes.effects import TABLE, children, deadlines, mails, operations
from processes.effects import following as case_following
from processes.execution import case_data, facts
from processes.execution.relations import OTHER_SIDE
from processes.law import GROUNDS
from processes.law.disclosure_grounds import InventoryOutcome
from processes.post import plain_text, wording
from processes.post.recipients import is_meant
from processes.reads import in_words
from processes.reads.admin.changed_steps import LABELS
from processes.reads.department.people import FIELDS
from processes.reads.workbench import answers
from processes.storage.words import Relation

HOME = Path(__file__).parents[3]
PROFILE = (HOME / "docs" / "bpmn-profile.md").read_text()
A_CASE = SimpleNamespace(
    number="BZW-2026-000001", case_type="bezwaar", received_on=date(2026, 5, 1), channel="portal",
    registered_at=datetime(2026, 5, 1, 9, tzinfo=UTC),
)  # fmt: skip


def section(heading: str) -> str:
    """The text under a heading of the profile."""
    return PROFILE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


# -- operations of service tasks ---------------------------------------------------------------------------------------


def test_the_check_knows_the_operations_that_can_be_carried_out():
    assert set(codes.PARAMETERS) == set(operations.OPERATIONS)


@pytest.mark.parametrize("name", operations.OPERATIONS)
def test_an_operation_reads_the_parameters_that_the_check_asks_for(name):
    tree = ast.parse(inspect.getsource(operations.OPERATIONS[name]))
    read = {
        node.slice.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "parameters"
    }
    assert read == codes.PARAMETERS[name]


@pytest.mark.parametrize("name", operations.OPERATIONS)
def test_the_profile_tells_of_an_operation_with_its_parameters(name):
    told = section("On a flow node").partition(f"`{name}`")[2].partition(")")[0]
    assert told
    assert {one for one in codes.PARAMETERS[name] if f"`{one}`" not in told} == set()


def test_the_relations_that_can_be_told_are_those_that_cases_have():
    assert set(codes.RELATIONS) == set(Relation) == set(OTHER_SIDE) == set(OTHER_SIDE.values())
    assert f"`{' '.join(codes.RELATIONS)}`" in PROFILE


# -- facts -------------------------------------------------------------------------------------------------------------


def test_the_facts_of_a_case_have_the_names_that_the_check_knows():
    assert set(facts._case_facts(A_CASE)) == set(subject.CASE_FACTS)
    assert {*case_data.of_decisions([]), facts.LATE} == set(subject.DECISION_FACTS)
    assert set(case_data.NO_REQUEST) == set(subject.REQUEST_FACTS)


def test_no_other_fact_of_a_case_is_given_than_the_check_knows():
    """`facts_from` adds to these only the deadlines, the values and the closed days, which no drawing names."""
    given = ast.parse(inspect.getsource(facts.facts_from))
    added = [ast.unparse(one) for node in ast.walk(given) if isinstance(node, ast.Dict) for one in node.keys if one]
    assert added == ["LATE", "CLOSED_DAYS"]


def test_the_profile_names_the_facts_and_no_others():
    told = set(re.findall(r"\b(?:case|decision|request)\.\w+", section("Facts")))
    assert told == {*subject.CASE_FACTS, *subject.DECISION_FACTS, *subject.REQUEST_FACTS}


def test_what_the_check_says_of_the_type_of_a_fact_is_so():
    assert set(following.FACTS) == {*subject.CASE_FACTS, *subject.DECISION_FACTS}
    types = {str: ValueType.TEXT, date: ValueType.DATE, bool: ValueType.BOOLEAN}
    decision = case_data.CaseDataRow.decision(date(2026, 5, 1), date(2026, 4, 1), "parkeren", missing=False)
    for name, fact in {**facts._case_facts(A_CASE), **case_data.of_decisions([decision]), facts.LATE: True}.items():
        assert following.FACTS[name] == types[type(fact)], name


def test_an_invented_request_has_facts_that_there_are():
    assert set(course.ASKED) <= set(subject.REQUEST_FACTS)


def test_what_never_goes_along_to_another_case_is_the_same_on_both_sides():
    assert following.OF_ITS_CASE == case_following.OF_ITS_CASE == in_words.UNWRITTEN


# -- mails -------------------------------------------------------------------------------------------------------------


def test_the_filters_of_the_check_are_those_that_fill_a_template():
    told = set(re.findall(r"`(\w+)`", section("Mail templates").partition("the filters ")[2].partition(". ")[0]))
    assert templates.FILTERS == set(plain_text.FILTERS) == told


def test_the_names_that_a_mail_may_use_are_those_that_it_is_given():
    tree = ast.parse(inspect.getsource(wording.words_of))
    keys = [one for node in ast.walk(tree) if isinstance(node, ast.Dict) for one in node.keys if one is not None]
    given = {one.value if isinstance(one, ast.Constant) else getattr(wording, one.id) for one in keys}
    told = set(re.findall(r"`([\w.]+)`", section("Mail templates").partition("Names: ")[2]))
    assert given == templates.MAIL_NAMES == told - frozenset().union(*templates.FIXED_MAILS.values())


def test_a_mail_may_go_to_those_whom_the_case_work_can_reach():
    """A department, staff, everybody, who took it up, one of several: each has a way of its own, the rest are roles."""
    party = SimpleNamespace(role="", filing=True, confidential=False, withdrawn_on=None)
    notices = {Recipient.PARTIES, Recipient.INITIATOR}
    assert {one for one in Recipient if is_meant(party, one)} == notices
    reached = {*mails.DEPARTMENT, *mails.STAFF, *notices, Recipient.ITEM}
    assert reached == set(Recipient) == codes.FIXED | {Recipient.ITEM}
    assert {FixedRole.OBJECTOR, FixedRole.THIRD_PARTY} == codes.PARTIES


def test_the_profile_names_who_a_mail_may_go_to():
    told = section("On a flow node").partition("`to` of a mail: ")[2].partition("Operations of a service task")[0]
    assert {*Recipient, *codes.PARTIES} <= set(re.findall(r"`(\w+)`", told))


# -- forms, requests, terms --------------------------------------------------------------------------------------------


def test_what_an_inventory_comes_to_is_what_the_check_asks_choices_for():
    assert set(InventoryOutcome) == forms.ASSESSED


def test_what_a_request_may_show_of_a_party_is_what_the_department_sees():
    assert set(PartyField) == set(FIELDS)


def test_the_grounds_on_which_a_term_stands_still_have_words():
    assert set(SuspensionGround) <= set(GROUNDS)
    of_others = {"consent", "force-majeure"}  # by hand of a worker, not by a drawing
    assert set(GROUNDS) - set(SuspensionGround) == of_others


def test_every_verb_of_a_deadline_is_carried_out():
    assert {*deadlines.VERBS, DeadlineVerb.START} == set(DeadlineVerb)


# -- the engine itself -------------------------------------------------------------------------------------------------


def test_every_effect_of_the_engine_becomes_rows():
    assert set(TABLE) == set(get_args(Effect))


def test_every_setting_has_a_reader_and_every_child_is_a_setting():
    with_text = {name for name, shape in SHAPES.items() if shape.text}
    assert set(MAKERS) == set(SHAPES) - with_text
    assert {child for shape in SHAPES.values() for child in shape.children} <= set(SHAPES)


@pytest.mark.parametrize("name", [one for one in SHAPES if not SHAPES[one].text])
def test_the_profile_shows_every_setting_with_its_attributes(name):
    shown = " ".join(re.findall(rf"case:{name}\b([^>]*>.*)", PROFILE))
    told = {one for one in SHAPES[name].attributes if not re.search(rf"\b{one}\b", shown) and f"`{one}`" not in PROFILE}
    assert f"case:{name}" in PROFILE
    assert told - NOT_SHOWN.get(name, set()) == set()


NOT_SHOWN = {
    "input": {"list"}, "output": {"code", "title", "type", "list"},  # as `case:value`
}  # fmt: skip


def test_the_nodes_that_may_be_drawn_are_those_that_can_run():
    runs = {name.partition("}")[2] for name in compiling.Parser.PARSER_CLASSES}
    assert runs == {*NODES, *READ_AS}
    assert set(READ_AS.values()) <= NODES <= set(ElementKind)


def test_the_data_and_other_elements_that_code_tells_apart_are_refused_or_said_to_mean_nothing():
    others = set(ElementKind) - NODES - set(READ_AS)
    refused = {ElementKind.COMPLEX_GATEWAY, ElementKind.SCRIPT_TASK, ElementKind.BUSINESS_RULE_TASK}
    assert others == elements.DATA | refused | {ElementKind.TRANSACTION, ElementKind.AD_HOC_SUB_PROCESS}
    assert others - elements.DATA <= set(elements.INSTEAD)


def test_the_events_that_may_be_drawn_have_a_definition_that_runs():
    drawn = {kind for kinds in elements.EVENTS.values() for kind in kinds}
    known = {
        one.__name__.replace("EventDefinition", "").replace("ElementTimer", "Timer") for one in compiling.KNOWN_EVENTS
    }
    assert drawn == set(EventKind)
    assert {f"{kind}".capitalize() for kind in drawn} == known - {"None"}


def test_what_is_refused_is_not_what_runs():
    assert set(elements.INSTEAD) & {*NODES, *READ_AS, *elements.DATA} == set()


def test_defaults_of_settings_are_words_that_may_be_written():
    deadline = DrawnDeadline("d", "D")
    assert deadline.calendar in set(Counting)


def test_the_names_of_an_element_are_told_in_the_comparison_of_two_versions():
    known = {one.name for kind in (Element, DrawnNode) for one in fields(kind)}
    assert set(LABELS) <= known
    assert known - set(LABELS) == {"id", "event_subprocess", "loop"}


def test_every_fixed_word_rule_is_asked():
    asked = {rule for rule in RULES if rule.__module__ == known_words.__name__}
    made = {
        one for one in vars(known_words).values() if inspect.isfunction(one) and one.__module__ == known_words.__name__
    }
    assert asked == {one for one in made if not one.__name__.startswith("_")}
    assert all(next(iter(inspect.signature(one).parameters.values())).annotation is Subject for one in asked)


def test_what_one_of_several_is_for_has_one_name():
    names = {tokens.ITEM, subject.ITEM, children.ITEM, answers.ITEM}
    assert names == {Recipient.ITEM}


def test_ids_that_the_check_keeps_free_are_those_that_the_engine_gives_to_steps_of_its_own():
    """The accepted drawing has a boundary event, a subprocess and a step that is done several times."""
    drawing = ACCEPTED.drawing().encode()
    model = read_model(drawing).model
    compiled = compile_model(drawing, model)
    specs = [name for process in (compiled.spec, *compiled.subprocesses.values()) for name in process.task_specs]
    own = {name for name in specs if name not in model.elements and not name.endswith(" [child]")}
    free = {name for name in own if name in elements.RESERVED or name.endswith(elements.RESERVED_ENDINGS)}
    assert {"Work.BoundaryEventSplit", "Start"} <= own
    assert own - free == set()
