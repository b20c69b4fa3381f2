"""When a question of a form counts, told to a script as the answers under which it does."""

from engine.model import Choice, Value
from engine.words import ValueType
from portal.forms.conditions import counts_when
from portal.forms.schema import Component, FormSchema

ROUTE = Value("route", "Route", ValueType.CHOICE, choices=(Choice("a", "A"), Choice("b", "B")))
SURE = Value("sure", "Zeker", ValueType.BOOLEAN)
TEXT = Value("story", "Verhaal", ValueType.TEXT)


def sets(hide: str) -> list[dict[str, str]] | None:
    asked = (
        Component("radio", "route", value=ROUTE), Component("checkbox", "ticked", value=SURE), Component("radio", "sure", value=SURE),
        Component("textarea", "story", value=TEXT), Component("textfield", "why", hide=hide),
    )  # fmt: skip
    return counts_when(
        asked[-1], FormSchema(asked, {"route": ROUTE, "sure": SURE, "ticked": SURE, "story": TEXT}), {"known": True}
    )


def test_b8_the_answers_stand_as_a_browser_sends_them() -> None:
    assert sets("route != 'a'") == [{"route": "a"}]
    assert sets("ticked") == [{"ticked": ""}]
    assert sets("not sure") == [{"sure": "ja"}]
    assert sets("route != 'a' or not ticked") == [{"route": "a", "ticked": "ja"}]


def test_b8_what_no_list_can_say_stays_on_the_page() -> None:
    assert sets("empty(story)") is None
    assert sets("") is None
