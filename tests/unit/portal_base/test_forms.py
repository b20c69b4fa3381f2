"""Forms of a drawing: what is shown, what is read, and the sentence for every mistake."""

from datetime import date, datetime
from pathlib import Path

import orjson
import pytest

from engine import read_folder, read_model
from engine.model import Choice, Value
from portal.forms import FormSchema, ReadDecision, TypedJudgement, UnknownForm, fields_for, read_form
from portal.received import Received
from processes.base.clock import AMSTERDAM
from processes.base.errors import Invalid
from processes.base.typed_values import read_date, read_moment, read_number
from processes.base.uploads import Upload

FORMS = sorted(Path("bpmn").glob("*/forms/*.json"))
VALUES = {
    "route": Value("route", "Route", "choice", choices=(Choice("commissie", "Met commissie"), Choice("ambtelijk", "Zonder"))),
    "heard": Value("heard", "Gehoord", "boolean"),
    "agreed": Value("agreed", "Eens", "boolean"),
    "topics": Value("topics", "Onderwerpen", "choice", list=True, choices=(Choice("a", "A"), Choice("b", "B"))),
    "names": Value("names", "Namen", "text", list=True),
}  # fmt: skip


def schema(*components: dict) -> FormSchema:
    return FormSchema.parse(orjson.dumps({"type": "default", "components": list(components)}), VALUES)


def part(kind: str, key: str = "x", required: bool = False, **more) -> dict:
    return {"type": kind, "key": key, "label": "Vraag", "validate": {"required": required}, **more}


def sent(**fields: str | list[str]) -> Received:
    return Received({name: [value] if isinstance(value, str) else value for name, value in fields.items()})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-02-14", date(2026, 2, 14)), ("14-2-2026", date(2026, 2, 14)), ("14/02/2026", date(2026, 2, 14)),
     (" 14  februari 2026 ", date(2026, 2, 14)), ("1 mrt 2026", date(2026, 3, 1)), ("1 maa 2026", date(2026, 3, 1)),
     ("29-2-2024", date(2024, 2, 29)), ("29-2-2026", None), ("31-4-2026", None), ("2-14-2026", None),
     ("14-2-26", date(2026, 2, 14)), ("gisteren", None), ("14-2-9999", None)],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, expected: date | None) -> None:
    if expected:
        assert read_date(text) == expected
    else:
        with pytest.raises(ValueError, match=r"[a-z]"):
            read_date(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", 12), ("3,5", 3.5), ("1.250", 1250), ("€ 1.250,75", 1250.75), ("-4", -4), ("1.2.3", None), ("1e9", None),
     ("12,", None), ("nan", None), ("9" * 400, None), ("1.25", None)],
)  # fmt: skip
def test_numbers_with_a_comma(text: str, expected: float | None) -> None:
    if expected is not None:
        assert read_number(text) == expected
    else:
        with pytest.raises(ValueError, match="Schrijf een getal"):
            read_number(text)


@pytest.mark.parametrize("text", ["2026-02-14T09:05", "14-2-2026 9.05", "14 februari 2026 om 9:05 uur"])
def test_moments_are_in_amsterdam(text: str) -> None:
    assert read_moment(text) == datetime(2026, 2, 14, 9, 5, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("component", "typed", "value"),
    [
        (part("textfield"), " hallo ", "hallo"),
        (part("textfield"), "", None),
        (part("textarea", "names"), "Jan\r\n\r\n Piet ", ["Jan", "Piet"]),
        (part("textfield"), "\u200b\u00a0hallo\ufeff", "hallo"),
        (part("textfield"), "\u200b\u00a0", None),
        (part("textfield"), "Vergunning\u000bhoreca\u2028Dorp", "Vergunning horeca Dorp"),
        (part("textarea"), "\ufeffEén\u00a0regel\r\n\r\nen nog een\u200b", "Eén\u00a0regel\r\n\r\nen nog een"),
        (part("textarea", "names"), "\u200bJan\u00a0\r\n\u200b\r\nPiet", ["Jan", "Piet"]),
        (part("number"), "€\u00a01.250,-", 1250),
        (part("number"), "\u200b", None),
        (part("datetime"), "1-feb-2026", date(2026, 2, 1)),
        (part("datetime"), "3\u00a0mrt\u00a02026", date(2026, 3, 3)),
        (part("number"), "3,5", 3.5),
        (part("number"), "", None),
        (part("datetime"), "14-2-2026", date(2026, 2, 14)),
        (part("checkbox"), "ja", True),
        (part("checkbox"), None, False),
        (part("radio", "route"), "ambtelijk", "ambtelijk"),
        (part("select", "route"), None, None),
        (part("radio", "heard"), "nee", False),
        (part("radio", "heard"), None, None),
        (part("checklist", "topics"), ["a", "b"], ["a", "b"]),
        (part("checklist", "topics"), None, []),
        (part("department"), "bouwen", "bouwen"),
    ],
)
def test_values_are_typed(component: dict, typed, value) -> None:
    fields = {} if typed is None else {component["key"]: typed}
    filled = read_form(schema(component), sent(**fields), departments=[("bouwen", "Bouwen")])
    assert filled.values == {component["key"]: value}


@pytest.mark.parametrize(
    ("component", "typed", "sentence"),
    [
        (part("textfield", required=True), "  ", "Vul 'Vraag' in."),
        (part("textfield", required=True), "\u200b\u00a0\ufeff", "Vul 'Vraag' in."),
        (part("textarea", required=True), None, "Vul 'Vraag' in."),
        (part("textfield"), "x" * 501, "Schrijf hoogstens 500 tekens."),
        (part("checkbox", required=True), None, "Zet een vinkje bij 'Vraag'."),
        (part("radio", "route", required=True), None, "Kies een antwoord bij 'Vraag'."),
        (part("radio", "route"), "verzonnen", "Kies bij 'Vraag' een van de mogelijkheden."),
        (part("checklist", "topics"), ["a", "z"], "Kies bij 'Vraag' een van de mogelijkheden."),
        (part("radio", "heard"), "misschien", "Kies bij 'Vraag' een van de mogelijkheden."),
        (part("department"), "onbekend", "Kies bij 'Vraag' een van de mogelijkheden."),
        (part("datetime"), "31-2-2026", "Deze datum bestaat niet. Controleer de dag en de maand."),
        (
            part("number"),
            "veel",
            "Schrijf een getal, met een komma voor de cijfers achter de komma. Bijvoorbeeld 1250,75.",
        ),
        (part("filepicker", required=True), None, "Kies een bestand bij 'Vraag'."),
    ],
)
def test_every_mistake_has_a_sentence(component: dict, typed, sentence: str) -> None:
    fields = {} if typed is None else {component["key"]: typed}
    with pytest.raises(Invalid) as error:
        read_form(schema(component), sent(**fields), departments=[("bouwen", "Bouwen")])
    assert error.value.fields == {component["key"]: sentence}


def test_files_decisions_judgements_and_explanation() -> None:
    form = schema(
        part("filepicker", "bijlage", documentType="submission", multiple=True), part("decisions", "decisions", required=True),
        part("delivery-judgement", "judgement"), part("result-explanation", "explanation"), {"type": "text", "text": "Lees dit."},
    )  # fmt: skip
    upload = Upload("a.pdf", "application/pdf", 3, "00", "aa/bb")
    received = Received(
        {
            "decision-0-subject": ["Parkeren"], "decision-0-announced_on": ["14-2-2026"], "decision-1-subject": [""],
            "decision-2-subject": ["Wob"], "decision-2-missing": ["ja"], "decision-2-taken_on": ["1-1-2026"],
            "judgement-12": ["refused"], "reason-12": ["Onleesbaar"], "judgement-13": ["accepted"], "portal-13": ["ja"],
            "judgement-14": ["anders"], "explanation": ["U krijgt gelijk."],
        },
        {"bijlage": [upload]},
    )  # fmt: skip
    filled = read_form(form, received)
    assert filled.files == (("bijlage", "submission", upload),)
    assert filled.decisions == (
        ReadDecision("Parkeren", announced_on=date(2026, 2, 14)), ReadDecision("Wob", missing=True),
    )  # fmt: skip
    assert filled.judgements == {12: TypedJudgement(False, "Onleesbaar"), 13: TypedJudgement(True, on_portal=True)}
    assert filled.explanation == "U krijgt gelijk."
    assert filled.values == {}


def test_a_required_decision_that_is_missing_is_named() -> None:
    with pytest.raises(Invalid) as error:
        read_form(schema(part("decisions", required=True)), sent(**{"decision-0-announced_on": "1-1-2026"}))
    assert error.value.fields == {"decision-0-subject": "Vul in waar het besluit over gaat."}


@pytest.mark.parametrize("source", [b"", b"[]", b"{}", b'{"components": [{"type": "script", "key": "x"}]}', b"null"])
def test_an_unknown_form_is_refused(source: bytes) -> None:
    with pytest.raises(UnknownForm):
        FormSchema.parse(source, {})


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parts[1]}/{path.name}")
def test_every_form_of_the_case_types_can_be_shown(path: Path, show) -> None:
    model = read_model(read_folder(path.parents[1]).drawing).model
    form = FormSchema.parse(path.read_bytes(), {**model.values, **model.inputs, **model.outputs})
    extras = {
        "department": [("bouwen", "Bouwen")], "decisions": [("bouwen", "Bouwen")], "documents-upload": ["Het besluit"],
        "delivery-judgement": [{"id": 12, "title": "Besluit", "href": "/x", "detail": "1 MB"}],
        "departments": [("bouwen", "Bouwen")],
    }  # fmt: skip
    errors = {component.key: "Dit klopt niet." for component in form.components if component.key}
    fields = fields_for(form, {}, errors, typed=sent(), extras=extras)
    page = show(fields)
    assert all(component.hide for component in form.components if component.key not in {one.name for one in fields})
    for field in fields:
        if field.name:
            assert f'id="field-{field.name}"' in page or field.kind in {"radio", "checklist"}


def test_what_was_typed_is_shown_again_and_escaped(show) -> None:
    form = schema(part("textfield"), part("radio", "route"))
    page = show(fields_for(form, {}, {"x": "Fout"}, typed=sent(x='<b>"hallo"', route="ambtelijk")))
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert 'value="ambtelijk" checked' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="error-x"' in page.replace("  ", " ")


@pytest.mark.parametrize(
    ("kind", "key", "known", "shown"),
    [("number", "x", 1250.5, 'value="1250,5"'), ("datetime", "x", date(2026, 2, 14), 'value="2026-02-14"'),
     ("checkbox", "x", True, "checked"), ("radio", "heard", False, 'value="nee" checked'),
     ("checklist", "topics", ["b"], 'value="b" checked'), ("textarea", "names", ["a", "b"], "a\nb")],
)  # fmt: skip
def test_known_values_are_shown(kind: str, key: str, known, shown: str, show) -> None:
    assert shown in show(fields_for(schema(part(kind, key)), {key: known}))


CONDITIONAL = schema(
    part("radio", "route", required=True),
    part("textarea", "why", required=True, conditional={"hide": "=route != 'commissie'"}),
    part("filepicker", "proof", required=True, conditional={"hide": "=route != 'commissie'"}),
    part("radio", "heard", required=True, conditional={"hide": "=not ('a' in topics)"}),
    {"type": "text", "text": "Over A", "conditional": {"hide": "=not ('a' in topics)"}},
)


def test_a_question_that_does_not_count_may_stay_empty_and_what_was_typed_there_is_dropped() -> None:
    filled = read_form(CONDITIONAL, sent(route="ambtelijk", why="zomaar"))
    assert filled.values == {"route": "ambtelijk", "why": None, "heard": None}


def test_a_question_that_counts_must_be_answered() -> None:
    with pytest.raises(Invalid) as wrong:
        read_form(CONDITIONAL, sent(route="commissie"), known={"topics": ["a"]})
    assert list(wrong.value.fields) == ["why", "proof", "heard"]


def test_a_question_about_another_answer_stays_and_one_about_the_case_only_when_it_counts() -> None:
    assert [field.name for field in fields_for(CONDITIONAL)] == ["route", "why", "proof"]
    assert [field.text or field.name for field in fields_for(CONDITIONAL, {"topics": ["a"]})][3:] == ["heard", "Over A"]


RULING = [  # what the case holds already, and whether the question may still count
    ({"kind": "bezwaar"}, True),
    ({"kind": "niet_tijdig"}, False),
    ({"kind": "hoger_beroep"}, False),
]


@pytest.mark.parametrize(("known", "shown"), RULING)
def test_j6_whether_a_higher_appeal_suspends_is_not_asked_where_the_law_says_it_does_not(known, shown) -> None:
    """Awb 8:104 and 8:106(2). What no answer on the form can change is left out, though the condition reads other answers too."""
    folder = Path("bpmn/beroep")
    values = read_model((folder / "beroep.bpmn").read_bytes()).model.values
    form = FormSchema.parse((folder / "forms/ruling.json").read_bytes(), values)
    assert ("appeal_suspends" in [field.name for field in fields_for(form, known)]) == shown
    why = [field for field in fields_for(form, known) if "8:106, tweede lid" in field.text]
    assert bool(why) == (known["kind"] == "niet_tijdig")


@pytest.mark.parametrize(
    ("dictum", "kind", "kept"),
    [("gegrond", "uitspraak", True), ("gegrond_alsnog", "uitspraak", None), ("gegrond", "vereenvoudigd", None)],
)
def test_j6_a_tick_that_the_law_does_not_allow_is_dropped(dictum, kind, kept) -> None:
    values = read_model(Path("bpmn/beroep/beroep.bpmn").read_bytes()).model.values
    form = FormSchema.parse(Path("bpmn/beroep/forms/ruling.json").read_bytes(), values)
    typed = sent(
        ruling_sent_on="2026-07-20", ruling_kind=kind, dictum=dictum, explanation="Uitleg", appeal_suspends="ja"
    )
    ruling = Received(typed.fields, {"ruling_file": [Upload("uitspraak.pdf", "application/pdf", 9, "0" * 64, "blob")]})
    assert read_form(form, ruling, known={"kind": "bezwaar"}).values["appeal_suspends"] is kept
