"""What a letter reads, points to and promises, against what happens on every way to it (J3)."""

import itertools

import pytest
from kit.sketches import Sketch, form

from engine.lint import lint
from engine.lint.template_reading import Pointed, Shown, read_template

SETTINGS = """
<case:caseType identification="proef" title="Proef" prefix="PRF" publishedFrom="Begin"/>
<case:party code="objector" title="Indiener" initiator="true"/><case:party code="court" title="Rechtbank"/>
<case:value code="must" title="Verplicht" type="text"/><case:value code="may" title="Vrij" type="text"/>
<case:value code="other" title="Anders" type="text"/>
<case:deadline code="reply" title="Antwoord" duration="P14D" from="today()"/>
<case:documentType code="advice" name="Advies" seenBy="parties"/><case:documentType code="inside" name="Intern"/>
<case:resultType code="klaar" description="Klaar" retention="13.1"/>
"""
FORMS = {
    "must.json": form({"type": "textfield", "key": "must", "label": "Verplicht", "validate": {"required": True}}),
    "may.json": form({"type": "textfield", "key": "may", "label": "Vrij"}),
    "other.json": form({"type": "textfield", "key": "other", "label": "Anders", "validate": {"required": True}}),
}
TASK = 'userTask {0} :: <case:form schema="{1}.json"/>'
SHOW = 'serviceTask Show :: <case:service operation="publish"><case:parameter name="documentType" value="\'{0}\'"/></case:service>'
TELL = 'sendTask Tell :: <case:mail template="brief" to="{0}" formal="true" documentType="advice"/>'
END = 'endEvent Done :: <case:result type="klaar"/>\nTell > Done'


def straight(*steps: str, to: str = "objector") -> str:
    """A drawing in which each step follows the one before it, to a letter."""
    names = ["Begin", *(step.split()[1] for step in steps), "Tell"]
    flows = "\n".join(f"{a} > {b}" for a, b in itertools.pairwise(names))
    return "\n".join(["startEvent Begin", *steps, TELL.format(to), END, flows])


MUST, MAY, OTHER = TASK.format("Must", "must"), TASK.format("May", "may"), TASK.format("Other", "other")
CHOICE = f"""startEvent Begin\nexclusiveGateway Choose\n{MUST}\n{OTHER}\nexclusiveGateway Merge\n{TELL.format("objector")}\n{END}
Begin > Choose\nChoose > Must ? empty(other)\nChoose >> Other\nMust > Merge\nOther > Merge\nMerge > Tell"""
BOTH = CHOICE.replace("exclusiveGateway Choose", "parallelGateway Choose").replace(
    "exclusiveGateway Merge", "parallelGateway Merge"
)
BOTH = BOTH.replace(" ? empty(other)", "").replace("Choose >> Other", "Choose > Other")
LAPSED = straight(MUST).replace("Must > Tell", (
    'boundaryEvent Late attachedToRef="Must" ;; <bpmn:timerEventDefinition><bpmn:timeDuration>P14D</bpmn:timeDuration>'
    "</bpmn:timerEventDefinition>\nexclusiveGateway Merge\nMust > Merge\nLate > Merge\nMerge > Tell"
))  # fmt: skip
STARTS = MUST + '<case:deadlineAction deadline="reply" action="start" at="enter"/>'

READS = {  # a drawing, the text, and whether the letter may be empty
    "required before it": (straight(MUST), "{{ must }}", False),
    "not required": (straight(MAY), "{{ may }}", True),
    "not required, but asked for": (straight(MAY), "{% if may %}{{ may }}{% endif %}", False),
    "shown where it is empty": (straight(MAY), "{% if may %}x{% else %}{{ may }}{% endif %}", True),
    "on one of two ways": (CHOICE, "{{ must }}", True),
    "in one of two branches that are joined": (BOTH, "{{ must }}", False),
    "the task may lapse": (LAPSED, "{{ must }}", True),
    "a term that started": (straight(STARTS), "{{ deadline.reply | date }}", False),
    "a term that started at a task that lapsed": (LAPSED.replace(MUST, STARTS), "{{ deadline.reply | date }}", False),
    "a term that never starts": (straight(MUST), "{{ deadline.reply | date }}", True),
}


def codes(body: str, text: str) -> set[str]:
    mails = {"brief.txt": f"Onderwerp: Brief\n\n{text}\n"}
    sketch = Sketch(SETTINGS, body, '<case:role side="worker"/>', "", FORMS, mails)
    return {finding.code for finding in lint(sketch.folder()) if finding.element in {"Tell", "mails/brief.txt"}}


@pytest.mark.parametrize("name", READS)
def test_j3_a_value_that_may_be_empty_in_a_letter_is_found_beforehand(name):
    body, text, found = READS[name]
    assert ("letter-may-be-empty" in codes(body, text)) is found


POINTS = {  # a drawing, and whether the pointer to an advice is a finding
    "shown before it": (straight(SHOW.format("advice")), False),
    "shown with others": (straight(SHOW.format("inside advice")), False),
    "not shown": (straight(MUST), True),
    "another type is shown": (straight(SHOW.format("inside")), True),
    "to a court, on paper": (straight(MUST, to="court"), False),
}


@pytest.mark.parametrize("name", POINTS)
def test_j3_a_text_that_points_to_what_no_step_shows_is_found_beforehand(name):
    body, found = POINTS[name]
    assert ("letter-points-nowhere" in codes(body, "{% documents advice %}Zie Documenten.")) is found


WORDS = {
    "U vindt het bij Documenten.": {"pointer-without-mark"},
    "U vindt het bij de stukken.": {"pointer-without-mark"},
    "Het besluit hoort bij deze brief.": {"pointer-without-mark"},
    "{% if sees.advice %}U vindt het bij Documenten.{% endif %}": set(),
    "Stuur het bij voorkeur per post.": set(),
}


@pytest.mark.parametrize("text", WORDS)
def test_j3_words_that_point_to_documents_ask_for_the_mark(text):
    assert codes(straight(MUST), text) == WORDS[text]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Uiterlijk op {{ deadline.reply | date }}.", True),
        ("graag uiterlijk {{ deadline.reply | date }}", True),
        ("Uiterlijk op {{ deadline.reply | promise }}.", False),
        ("De termijn was {{ deadline.reply | date }}.", False),
    ],
)
def test_j3_a_last_day_is_printed_as_a_promise(text, found):
    assert ("promise-without-mark" in codes(straight(STARTS), text)) is found


def test_what_stands_in_a_template_with_the_conditions_around_it():
    text = "a {{ x | date }}{% if y %}{% documents p q %}{% if z %}{{ y }}{% else %}{{ z }}{% endif %}{% endif %}"
    assert list(read_template(text)) == [
        Shown("x", frozenset({"date"}), frozenset(), "a "),
        Pointed(("p", "q"), frozenset({"y"})),
        Shown("y", frozenset(), frozenset({"y", "z"}), text[: text.index("{{ y")][-60:]),
        Shown("z", frozenset(), frozenset({"y"}), text[: text.index("{{ z")][-60:]),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "{{ must | date }}",
            "Regel 4: `date` kan niet achter `must`, want dat is geen datum. Hier past: lower, upper.",
        ),
        ("{{ must | datum }}", "Regel 4: het filter `datum` achter `must` bestaat niet. Hier past: lower, upper."),
        (
            "{{ deadline.reply | kort }}",
            "Regel 4: het filter `kort` achter `deadline.reply` bestaat niet. Hier past: date, datetime, promise.",
        ),
        (
            "{{ deadline.reply | upper | date }}",
            "Regel 4: `date` achter `deadline.reply` kan niet na een ander filter, want daar staat al tekst. Kies er een: date, datetime, promise.",
        ),
    ],
)
def test_j3_a_filter_that_would_stop_the_letter_is_named_with_its_line_and_what_fits(text: str, sentence: str) -> None:
    mails = {"brief.txt": f"Onderwerp: Brief\n\nBeste lezer,\n{text}\n"}
    found = lint(Sketch(SETTINGS, straight(STARTS), '<case:role side="worker"/>', "", FORMS, mails).folder())
    assert [(one.element, one.message) for one in found if one.code.startswith("template-filter")] == [
        ("mails/brief.txt", sentence)
    ]


@pytest.mark.parametrize(
    "text", ["{{ deadline.reply | date | upper }}", "{{ case.received_on | datetime }}", "{{ must | lower | upper }}"]
)
def test_j3_a_filter_that_fits_is_no_finding(text: str) -> None:
    mails = {"brief.txt": f"Onderwerp: Brief\n\n{text}\n"}
    found = lint(Sketch(SETTINGS, straight(STARTS), '<case:role side="worker"/>', "", FORMS, mails).folder())
    assert [one.code for one in found if one.code.startswith("template")] == []


def test_j3_a_word_that_is_another_day_for_a_later_reader_is_named_with_its_line() -> None:
    mails = {"brief.txt": "Onderwerp: Brief\n\n{{ must }}\nGoedemorgen, wij hebben gisteren {{ must }} gelezen.\n"}
    found = lint(Sketch(SETTINGS, straight(MUST), '<case:role side="worker"/>', "", FORMS, mails).folder())
    assert [one.message for one in found if one.code == "relative-day"] == [
        "Regel 4: 'gisteren' is een andere dag voor wie dit later leest. Noem de datum."
    ]
