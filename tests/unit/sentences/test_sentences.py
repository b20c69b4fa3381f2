"""Conditions and timers as sentences: what an expression says in words, and the same bytes back."""

from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.cases import all_shipped

from engine import read_model
from engine.expressions import AMSTERDAM, compile_expression
from engine.sentences import (
    TODAY,
    VERBS,
    BeforeAfter,
    Condition,
    KnownName,
    NameKind,
    RowJoin,
    SentenceMoment,
    SentenceRow,
    Takes,
    TimerGate,
    TimerSentence,
    TimerShape,
    Unit,
    condition_in_words,
    first_dates,
    known_names,
    read_condition,
    read_timer,
    timer_in_words,
    verbs_of,
    write_condition,
    write_moment,
    write_timer,
)

ROUTES = (("commissie", "De commissie hoort"), ("zonder", "Zonder hoorzitting"))
NAMES = {
    one.name: one
    for one in (
        KnownName("route", "Wijze van behandelen", NameKind.CHOICE, ROUTES, titled=True),
        KnownName("place", "Plaats", NameKind.TEXT, titled=True),
        KnownName("late", "Te laat", NameKind.YES_NO, titled=True),
        KnownName("fee", "Leges", NameKind.NUMBER, titled=True),
        KnownName("hearing_on", "Dag van de zitting", NameKind.DAY, titled=True),
        KnownName("people", "Derden", NameKind.LIST, titled=True),
        KnownName("answers.again", "de antwoorden van allen op 'Opnieuw'", NameKind.ANSWERS, (("true", "ja"),)),
        KnownName("request.due", "de termijn van het verzoek", NameKind.DAY),
        KnownName("letter", "Brief", NameKind.OTHER, titled=True),
        KnownName(TODAY, "vandaag", NameKind.TODAY),
    )
}
MAY = datetime(2026, 5, 1, 9, tzinfo=AMSTERDAM)  # a Friday


@cache
def drawn() -> list[tuple[str, str, str, dict[str, KnownName]]]:
    """(drawing, kind or empty, text, names) of every condition and timer of our case types."""
    found = []
    for folder in all_shipped():
        reading = read_model(folder.drawing)
        assert reading.model
        assert reading.drawing
        names = known_names(reading.model)
        conditions = [flow.condition for flow in reading.drawing.flows.values() if flow.condition]
        found += [(folder.name, "", text, names) for text in conditions]
        events = [event for node in reading.drawing.nodes.values() for event in node.events if event.timer]
        found += [(folder.name, str(event.timer), event.text, names) for event in events]
    return found


def test_s4_every_condition_of_our_case_types_is_a_sentence_and_the_same_bytes_again() -> None:
    conditions = [(name, text, names) for name, kind, text, names in drawn() if not kind]
    assert len(conditions) > 100
    for name, text, names in conditions:
        sentence = read_condition(text, names)
        assert sentence is not None, (name, text)
        assert write_condition(sentence, text, names) == text
        assert read_condition(write_condition(sentence), names) == sentence, (name, text)
        assert not set(condition_in_words(sentence, names)) & set("=_<>"), "a sentence has no signs of the language"


def test_s4_every_timer_of_our_case_types_is_a_sentence_and_the_same_bytes_again() -> None:
    timers = [(kind, text, names) for _, kind, text, names in drawn() if kind]
    assert len(timers) > 30
    for kind, text, names in timers:
        sentence = read_timer(kind, text, names)
        assert sentence is not None, text
        assert write_timer(sentence, (kind, text), names) == (kind, text)
        assert read_timer(*write_timer(sentence), names) == sentence
        assert first_dates(kind, text, names, MAY), text
        assert not set(timer_in_words(sentence, names)) & set("=_<>"), "a sentence has no signs of the language"


def test_s4_six_timers_of_our_case_types_say_when_there_is_none() -> None:
    found = [read_timer(kind, text, names) for _, kind, text, names in drawn() if kind]
    assert sum(one is not None and one.gate is not None for one in found) == 6


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("route == 'commissie'", "'Wijze van behandelen' is 'De commissie hoort'"),
        ('route == "commissie"', "'Wijze van behandelen' is 'De commissie hoort'"),
        ("not (route == 'zonder')", "'Wijze van behandelen' is niet 'Zonder hoorzitting'"),
        ("route in ['commissie','zonder']", "'Wijze van behandelen' is een van 'De commissie hoort' of 'Zonder hoorzitting'"),
        ("late", "'Te laat' is ja"),
        ("late == true", "'Te laat' is ja"),
        ("not late", "'Te laat' is niet ja (nee of niet ingevuld)"),
        ("late == false", "'Te laat' is nee"),
        ("not empty(place)", "'Plaats' is ingevuld"),
        ("place", "'Plaats' is ingevuld"),
        ("fee >= 12.5", "'Leges' is ten minste 12,5"),
        ("fee != -3", "'Leges' is niet gelijk aan -3"),
        ("hearing_on < today() + days(17)", "'Dag van de zitting' is vóór 17 dagen na vandaag"),
        ("hearing_on >= date(2026, 5, 1)", "'Dag van de zitting' is op of na 1-5-2026"),
        ("'tess' in people", "'Derden' bevat 'tess'"),
        ("any_of(answers.again, true)", "de antwoorden van allen op 'Opnieuw' zijn minstens één keer 'ja'"),
        ("empty(letter)", "'Brief' is niet ingevuld"),
        ("late and (fee > 0 or empty(fee))", "'Te laat' is ja en ('Leges' is meer dan 0 of 'Leges' is niet ingevuld)"),
        ("late and fee > 0 or empty(fee)", "('Te laat' is ja en 'Leges' is meer dan 0) of 'Leges' is niet ingevuld"),
        ("(late and fee > 0) and not late", "'Te laat' is ja en 'Leges' is meer dan 0 en 'Te laat' is niet ja (nee of niet ingevuld)"),
    ],
)  # fmt: skip
def test_s4_a_condition_reads_as_a_sentence(expression: str, words: str) -> None:
    sentence = read_condition(expression, NAMES)
    assert sentence is not None
    assert condition_in_words(sentence, NAMES) == words
    assert write_condition(sentence, expression, NAMES) == expression


@pytest.mark.parametrize(
    "expression",
    [
        "", "route ==", "unknown == 'x'", "fee", "fee + 1 > 2", "len(people) > 2", "not (fee > 3)", "1 < fee < 3", "route == place",
        "late if fee > 1 else false", "(late or (fee > 1 and (late or fee < 3)))", "hearing_on > request.due + (days(1) + days(2))", "true",
    ],
)  # fmt: skip
def test_s4_what_no_sentence_can_say_is_none(expression: str) -> None:
    assert read_condition(expression, NAMES) is None


def test_s4_a_row_that_did_not_change_keeps_its_bytes() -> None:
    before = "not (late == false) and route in [ 'commissie', 'zonder' ]"
    sentence = read_condition(before, NAMES)
    assert sentence is not None
    more = Condition(RowJoin.AND, (*sentence.groups, (SentenceRow("fee", "more", ("0",)),)))
    assert write_condition(more, before, NAMES) == f"{before} and fee > 0"


@pytest.mark.parametrize("text", ["twee ' en \" soorten", "a\\b", "regel\nregel"])
def test_s4_a_text_that_no_expression_can_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="aanhalingstekens"):
        write_condition(Condition(RowJoin.AND, ((SentenceRow("place", "is", (text,)),),)))


@pytest.mark.parametrize(
    ("kind", "text", "words", "dates"),
    [
        ("timeDuration", "P14D", "na 14 dagen", ["2026-05-15 09"]),
        ("timeDuration", "PT1H", "na 1 uur", ["2026-05-01 10"]),
        ("timeDuration", "working_days(1)", "na 1 werkdag", ["2026-05-04 09"]),
        ("timeDate", "hearing_on", "'Dag van de zitting'", ["2026-05-01 00"]),
        ("timeDate", "2026-06-01T09:00", "1-6-2026, om 9 uur", ["2026-06-01 09"]),
        ("timeDate", "at(working_day_or_before(request.due - days(2)), 8)",
         "2 dagen vóór de termijn van het verzoek, of anders de werkdag ervoor, om 8 uur", ["2026-04-29 08"]),
        ("timeCycle", "R3/P1W", "elke week, 3 keer", ["2026-05-08 09", "2026-05-15 09", "2026-05-22 09"]),
        ("timeCycle", "repeat(request.due + days(1), days(7), 2)",
         "elke 7 dagen, voor het eerst: 1 dag na de termijn van het verzoek, 2 keer", ["2026-05-02 00", "2026-05-09 00"]),
        ("timeDate", "none if empty(people) and today() > request.due - days(2) else at(request.due - days(2), 8)",
         "geen timer als 'Derden' is niet ingevuld en vandaag is na 2 dagen vóór de termijn van het verzoek; anders: 2 dagen vóór de termijn van het verzoek, om 8 uur",
         ["2026-04-29 08"]),
        ("timeDuration", "working_days(2) if late or fee > 3 else none",
         "alleen als 'Te laat' is ja of 'Leges' is meer dan 3: na 2 werkdagen; anders geen timer", ["2026-05-06 09"]),  # the fifth is a closed day
    ],
)  # fmt: skip
def test_s4_a_timer_reads_as_a_sentence_with_its_first_dates(
    kind: str, text: str, words: str, dates: list[str]
) -> None:
    sentence = read_timer(kind, text, NAMES)
    assert sentence is not None
    assert timer_in_words(sentence, NAMES) == words
    assert write_timer(sentence) == (kind, text)
    assert [f"{one.astimezone(AMSTERDAM):%Y-%m-%d %H}" for one in first_dates(kind, text, NAMES, MAY)] == dates


@pytest.mark.parametrize(
    ("kind", "text"), [("timeDate", "today() + days(1)"), ("timeDate", "fee"), ("timeCycle", "P7D"), ("timeDate", "")]
)
def test_s4_a_timer_that_no_sentence_can_say_is_none(kind: str, text: str) -> None:
    assert read_timer(kind, text, NAMES) is None


def test_s4_of_a_timer_with_a_condition_the_part_that_did_not_change_keeps_its_bytes() -> None:
    before = "none  if empty( people ) and today() > request.due else at( request.due,8 )"
    sentence = read_timer("timeDate", before, NAMES)
    assert sentence is not None
    assert sentence.condition is not None
    later = replace(sentence, moment=SentenceMoment("request.due", 1))
    assert write_timer(later, ("timeDate", before), NAMES)[1] == (
        "none if empty( people ) and today() > request.due else request.due + days(1)"
    )
    other = replace(sentence, condition=Condition(RowJoin.AND, ((SentenceRow("late", "yes"),),)))
    assert write_timer(other, ("timeDate", before), NAMES)[1] == "none if late else at( request.due,8 )"
    assert write_timer(sentence.always, ("timeDate", before), NAMES) == ("timeDate", "at(request.due, 8)")


@pytest.mark.parametrize(
    ("shape", "unit", "advice"),
    [(TimerShape.EVERY, Unit.DAYS, "niet steeds terugkomt"), (TimerShape.AFTER, "hours", "Kies bij een voorwaarde dagen")],
)  # fmt: skip
def test_s4_a_condition_is_refused_where_no_timer_can_have_one(shape: TimerShape, unit: str, advice: str) -> None:
    late = Condition(RowJoin.AND, ((SentenceRow("late", "yes"),),))
    with pytest.raises(ValueError, match=advice):
        TimerSentence(shape, 1, unit, gate=TimerGate.UNLESS, condition=late)


MOMENTS = st.builds(
    SentenceMoment,
    st.sampled_from(["hearing_on", "request.due", TODAY, "2026-05-01"]),
    st.integers(0, 400),
    st.sampled_from(Unit),
    st.sampled_from(BeforeAfter),
    st.none() | st.sampled_from(BeforeAfter),
    st.none() | st.integers(0, 23),
).map(lambda moment: moment.plain)
TEXTS = st.text(
    st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\\\"'"), min_size=1, max_size=20
).filter(str.isprintable)
VALUES = {
    Takes.NOTHING: st.just(()),
    Takes.ONE: TEXTS.map(lambda text: (text,)),
    Takes.SEVERAL: st.lists(TEXTS, min_size=2, max_size=3).map(tuple),
    Takes.NUMBER: st.integers(-(10**6), 10**6).map(lambda number: (str(number),)),
    Takes.MOMENT: MOMENTS.map(lambda moment: (write_moment(moment),)),
}


@st.composite
def rows(draw: st.DrawFn) -> SentenceRow:
    name = draw(st.sampled_from(sorted(NAMES)))
    verb = draw(st.sampled_from([one.code for one in verbs_of(NAMES[name].kind)]))
    return SentenceRow(name, verb, draw(VALUES[VERBS[verb].takes]))


CONDITIONS = st.builds(
    Condition,
    st.sampled_from(RowJoin),
    st.lists(st.lists(rows(), min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple),
).map(lambda condition: condition.plain)
LENGTHS = st.integers(1, 400), st.sampled_from([*Unit, "hours"])
TIMERS = (
    st.builds(TimerSentence, st.just(TimerShape.AFTER), *LENGTHS)
    | st.builds(
        TimerSentence, st.just(TimerShape.AFTER), st.integers(1, 400), st.sampled_from(Unit), st.none(), st.none(),
        st.sampled_from(TimerGate), CONDITIONS,
    )
    | st.builds(
        TimerSentence, st.just(TimerShape.AT), moment=MOMENTS.filter(lambda moment: moment.base != TODAY),
        gate=st.sampled_from(TimerGate), condition=CONDITIONS,
    )
    | st.builds(TimerSentence, st.just(TimerShape.AT), moment=MOMENTS.filter(lambda moment: moment.base != TODAY))
    | st.builds(
        TimerSentence, st.just(TimerShape.EVERY), LENGTHS[0], st.sampled_from(Unit), MOMENTS.filter(lambda moment: moment.base != TODAY),
        st.none() | st.integers(1, 9),
    )
)  # fmt: skip


@given(CONDITIONS)
def test_s4_a_sentence_becomes_an_expression_and_the_same_sentence_again(condition: Condition) -> None:
    text = write_condition(condition)
    compile_expression(text)
    assert read_condition(text, NAMES) == condition
    assert condition_in_words(condition, NAMES)


@given(TIMERS)
def test_s4_a_sentence_of_a_timer_becomes_a_timer_and_the_same_sentence_again(sentence: TimerSentence) -> None:
    kind, text = write_timer(sentence)
    assert read_timer(kind, text, NAMES) == sentence
    assert timer_in_words(sentence, NAMES)
