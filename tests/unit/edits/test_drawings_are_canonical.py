"""Every drawing of bpmn/ is written in its canonical form, so that a change by a page or an editor is the line that changed."""

from pathlib import Path

import pytest

from engine.canonical import canonical

DRAWINGS = sorted((Path(__file__).parents[3] / "bpmn").glob("*/*.bpmn"))


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_s2_every_drawing_is_in_canonical_form(drawing):
    assert canonical(drawing.read_bytes()) == drawing.read_bytes(), f"zaakspoor format bpmn/{drawing.stem}"
