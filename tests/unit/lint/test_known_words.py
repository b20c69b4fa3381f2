"""Settings that take any text, of which the case work knows some words only."""

import pytest
from kit.sketches import ACCEPTED

from engine import lint

ASKING = '<case:documentRequest department="department" term="P10D" mail="vraag"'
START = '<case:deadlineAction deadline="decide" action="start"/>'
SUSPEND = '<case:deadlineAction deadline="decide" action="suspend" ground="%s"/>'


def codes_of(sketch) -> set[tuple[str, str, str]]:
    return {(one.element, one.severity, one.code) for one in lint(sketch.folder())}


NEWS = {"unknown-party-field", "unknown-ground"}


@pytest.mark.parametrize("part", ["body", "settings"])
@pytest.mark.parametrize(
    ("fields", "found"),
    [("name", False), ("name address email phone", False), ("", False), ("name bsn", True), ("Name", True)],
)
def test_a_request_shows_only_what_a_department_may_see(part, fields, found):
    sketch = ACCEPTED.changed(part, ASKING, f'{ASKING} partyFields="{fields}"')
    place = "Ask" if part == "body" else "proef"
    assert ((place, "error", "unknown-party-field") in codes_of(sketch)) is found


@pytest.mark.parametrize(
    ("ground", "found"),
    [("awb-6-6", False), ("woo-4-4", False), ("awb-6-7", True), ("ziekte", True)],
)
def test_a_ground_without_words_is_told(ground, found):
    sketch = ACCEPTED.changed("body", START, START + SUSPEND % ground)
    assert (("Begin", "warning", "unknown-ground") in codes_of(sketch)) is found


def test_the_accepted_drawing_has_neither():
    assert {code for _, _, code in codes_of(ACCEPTED)} & NEWS == set()
