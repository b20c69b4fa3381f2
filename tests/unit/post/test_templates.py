"""The template language: what it can, and what it refuses."""

from datetime import UTC, date, datetime

import pytest

from processes.post.templates import TemplateError, names_in, parse_template, render, texts_with_facts

FACTS: dict[str, object] = {
    "name": "Tess", "empty": "", "none": None, "day": date(2027, 2, 14), "iso": "2027-02-14", "yes": True, "no": False,
    "moment": datetime(2027, 7, 1, 22, 30, tzinfo=UTC), "clock": datetime(2027, 7, 1, 22, 30),  # noqa: DTZ001
    "number": 12, "part": 2.5, "list": ["a", "b", "c"], "one": ("a",), "case.number": "BZW-2027-00001",
    "evil": "{{ name }}{% if name %}", "object": object(), "nested": [["a"], object()],
}  # fmt: skip

FILLED = {
    "Beste {{ name }},": "Beste Tess,",
    "{{name}} {{ case.number }}": "Tess BZW-2027-00001",
    "{{ day }}": "14 februari 2027",
    "{{ day|date }}": "14 februari 2027",
    "{{ day|datetime }}": "14 februari 2027",
    "{{ day|promise }}": "14 februari 2027",
    "{% documents advice %}a {% documents advice report %}b": "a b",
    "a\n{% documents advice %}\nb": "a\nb",
    "{{ iso|date }}": "14 februari 2027",
    "{{ moment }}": "2 juli 2027 om 0.30 uur",
    "{{ moment|date }}": "2 juli 2027",
    "{{ clock|datetime }}": "1 juli 2027 om 22.30 uur",
    "{{ name | upper }}{{ name|lower }}": "TESStess",
    "{{ day | date | upper }}": "14 FEBRUARI 2027",
    "{{ none }}{{ none|date }}{{ empty|datetime }}": "",
    "{{ yes }} {{ no }} {{ number }} {{ part }}": "ja nee 12 2,5",
    "{{ list }}; {{ one }}": "a, b en c; a",
    "{% if name %}ja{% else %}nee{% endif %}": "ja",
    "{% if none %}ja{% else %}nee{% endif %}": "nee",
    "{% if no %}ja{% endif %}": "",
    "{% if name %}{% if empty %}a{% else %}b{% endif %}{% endif %}": "b",
    "a\n{% if name %}\nb\n{% else %}\nc\n{% endif %}\nd": "a\nb\nd",
    "a {% if name %}x{% endif %}\nb": "a x\nb",
    "{% if name %}x{% endif %}\nb": "x\nb",
    "{{ evil }}": "{{ name }}{% if name %}",
    "100% { } { name }": "100% { } { name }",
}


@pytest.mark.parametrize("text", FILLED)
def test_filled(text: str) -> None:
    assert parse_template(text).fill(FACTS) == FILLED[text]


REFUSED = {
    "{{ name": "niet afgemaakt",
    "{% if name %}": "hoort een {% endif %}",
    "{% endif %}": "eerdere",
    "{% else %}": "eerdere",
    "{% if name %}{% else %}{% else %}{% endif %}": "hoort een {% endif %}",
    "{% if not name %}{% endif %}": "kan niet",
    "{% if name == 'x' %}{% endif %}": "kan niet",
    "{% documents %}": "kan niet",
    "{% documents Advies! %}": "kan niet",
    "{% for x in range(9**9) %}{% endfor %}": "kan niet",
    "{% include '/etc/passwd' %}": "kan niet",
    "{{ name.upper() }}": "kan niet",
    "{{ ''.__class__.__mro__ }}": "kan niet",
    "{{ name|attr('x') }}": "kan niet",
    "{{ name|safe }}": "filter 'safe' bestaat niet",
    "{{ 9**9**9 }}": "kan niet",
    "{{ }}": "kan niet",
    "{% if name %}" * 12 + "{% endif %}" * 12: "hoogstens 10",
    "x" * 60_000: "te lang",
}


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_refused_when_read(text: str) -> None:
    with pytest.raises(TemplateError, match=REFUSED[text]):
        parse_template(text)


WRONG = {
    "{{ unknown }}": "'unknown' bestaat niet",
    "{% if unknown %}{% endif %}": "'unknown' bestaat niet",
    "{{ name.__class__ }}": "bestaat niet",
    "{{ object }}": "'object' kan niet",
    "{{ nested }}": "'nested' kan niet",
    "{{ number|date }}": "geen datum",
    "{{ name|date }}": "geen datum",
}


@pytest.mark.parametrize("text", WRONG)
def test_refused_when_filled(text: str) -> None:
    with pytest.raises(TemplateError, match=WRONG[text]):
        parse_template(text).fill(FACTS)


def test_the_output_is_bounded() -> None:
    with pytest.raises(TemplateError, match="te lang"):
        parse_template("{{ long }}" * 4000).fill({"long": "x" * 100_000})


def test_names_in_finds_names_on_both_sides_of_an_if() -> None:
    assert names_in("{{ a }}{% if b %}{{ c|date }}{% else %}{{ d.e }}{% endif %}") == {"a", "b", "c", "d.e"}


def test_a_mail_has_a_subject_and_a_text() -> None:
    made = render(b"\xef\xbb\xbfOnderwerp: Zaak {{ case.number }}\r\n\r\nBeste {{ name }},\r\n\r\nDag\r\n", FACTS)
    assert (made.subject, made.body) == ("Zaak BZW-2027-00001", "Beste Tess,\n\nDag\n")


SUBJECTS = {
    b"Zomaar tekst": "eerste regel",
    b"Onderwerp:\n\nx": "eerste regel",
    b"Onderwerp: \xff\n\nx": "UTF-8",
}


@pytest.mark.parametrize("template", SUBJECTS)
def test_a_subject_that_is_refused(template: bytes) -> None:
    with pytest.raises(TemplateError, match=SUBJECTS[template]):
        render(template, {})


@pytest.mark.parametrize(
    "sign", ["\n", "\r\n", "\x00", "\x0b", "\x0c", "\x1c", "\x7f", "\x85", "\u2028", "\u2029", "\ud800"]
)
def test_what_would_break_a_subject_becomes_a_space(sign: str) -> None:
    made = render(b"Onderwerp: Over {{ what }} nu\n\nx", {"what": f"horeca{sign}Bcc: x@y.example{sign}"})
    assert made.subject == "Over horeca Bcc: x@y.example nu"


def test_a_status_text_leaves_what_is_unknown_empty() -> None:
    assert texts_with_facts("Uiterlijk {{ deadline.decide }}{{ x|date }}.", {}) == "Uiterlijk ."
    assert (
        texts_with_facts("Uiterlijk {{ deadline.decide }}.", {"deadline.decide": date(2027, 3, 1)})
        == "Uiterlijk 1 maart 2027."
    )
