"""The drawings of the case types are what a person can read: a main line of a few named parts, each part on one screen."""

from pathlib import Path

import pytest

from engine.kernel.reading import read_model
from engine.words import ElementKind

HOME = Path(__file__).parents[3] / "bpmn"
DRAWN_IN_PARTS = ("beroep", "bezwaar", "klacht", "woo-verzoek")
WIDEST = 3_700  # points: what a screen of 1,900 shows at half its size
MOST_STEPS = 40


def drawing_of(name):
    return read_model((HOME / name / f"{name}.bpmn").read_bytes()).drawing


def parts_of(name):
    drawing = drawing_of(name)
    scopes = [drawing.process, *(node.id for node in drawing.nodes.values() if node.kind == ElementKind.SUB_PROCESS)]
    return {scope: [node for node in drawing.nodes.values() if node.scope == scope] for scope in scopes}


@pytest.mark.parametrize("name", DRAWN_IN_PARTS)
def test_s2_a_part_of_a_drawing_fits_one_screen(name):
    boxes = drawing_of(name).boxes
    for scope, nodes in parts_of(name).items():
        left = min(boxes[node.id].x for node in nodes)
        right = max(boxes[node.id].x + boxes[node.id].width for node in nodes)
        assert (scope, right - left <= WIDEST, len(nodes) <= MOST_STEPS) == (scope, True, True)


@pytest.mark.parametrize("name", DRAWN_IN_PARTS)
def test_s2_the_main_line_is_a_few_parts_with_a_name(name):
    parts = [node for node in drawing_of(name).nodes.values() if node.kind == ElementKind.SUB_PROCESS]
    assert 4 <= len(parts) <= 10
    assert all(part.name for part in parts)


@pytest.mark.parametrize("name", DRAWN_IN_PARTS)
def test_s2_a_gateway_without_a_name_has_a_use(name):
    """Ways that come together need no gateway, unless a split follows at once, or something is told there."""
    drawing = drawing_of(name)
    model = read_model((HOME / name / f"{name}.bpmn").read_bytes()).model
    waits = {ElementKind.PARALLEL_GATEWAY, ElementKind.INCLUSIVE_GATEWAY}
    for node in drawing.nodes.values():
        out = [flow for flow in drawing.flows.values() if flow.source == node.id]
        idle = node.kind == ElementKind.EXCLUSIVE_GATEWAY and not node.name and len(out) == 1
        element = model.elements[node.id]
        if idle and not element.deadline_actions and not element.status:
            assert drawing.nodes[out[0].target].kind in waits, node.id
