"""When a timer is due: ISO texts, expressions, cycles, summer time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ExpressionError
from engine.expressions import AMSTERDAM, add_duration, parse_timer

ANCHOR = datetime(2026, 3, 27, 10, 30, tzinfo=AMSTERDAM)  # the Friday before summer time
FACTS = {"request.due": date(2026, 5, 1), "deadline.decide": None, "term": "P2W"}


def local(*parts):
    return datetime(*parts, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("text", "kind", "fired", "due"),
    [
        ("P2D", "timeDuration", 0, local(2026, 3, 29, 10, 30)),  # wall time kept in the short night
        ("PT48H", "timeDuration", 0, local(2026, 3, 29, 11, 30)),  # real hours
        ("P1DT2H", "timeDuration", 0, local(2026, 3, 28, 12, 30)),
        ("P2W", "timeDuration", 0, local(2026, 4, 10, 10, 30)),
        ("P1M", "timeDuration", 0, local(2026, 4, 27, 10, 30)),
        ("P1Y", "timeDuration", 0, local(2027, 3, 27, 10, 30)),
        ("P2D", "timeDuration", 1, None),
        ("working_days(1)", "timeDuration", 0, local(2026, 3, 30, 10, 30)),
        ("2026-05-01", "timeDate", 0, local(2026, 5, 1)),
        ("2026-05-01T09:00", "timeDate", 0, local(2026, 5, 1, 9)),
        ("2026-05-01T09:00:00Z", "timeDate", 0, datetime(2026, 5, 1, 9, tzinfo=UTC)),
        ("2026-05-01T09:00+02:00", "timeDate", 0, local(2026, 5, 1, 9)),
        ("2026-12-01T09:00:00.000Z", "timeDate", 0, datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("2026-12-01T09:00:00,5Z", "timeDate", 0, datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("2026-12-01T09:00:00.123456789", "timeDate", 0, local(2026, 12, 1, 9)),
        ("2026-12-01 09:00", "timeDate", 0, local(2026, 12, 1, 9)),
        ("2026-12-01T09:00:00+0100", "timeDate", 0, local(2026, 12, 1, 9)),
        ("2026-12-01T09:00:00.000+0100", "timeDate", 0, local(2026, 12, 1, 9)),
        ("2026-12-01T09:00+01", "timeDate", 0, local(2026, 12, 1, 9)),
        ("2026-07-01T09:00:00[Europe/Amsterdam]", "timeDate", 0, local(2026, 7, 1, 9)),
        ("2026-07-01T09:00:00+02:00[Europe/Amsterdam]", "timeDate", 0, local(2026, 7, 1, 9)),
        ("2026-07-01T07:00Z[UTC]", "timeDate", 0, local(2026, 7, 1, 9)),
        ("2026-07-01T08:00[Europe/London]", "timeDate", 0, local(2026, 7, 1, 9)),
        ("R3/2026-07-01T09:00:00[Europe/Amsterdam]/P7D", "timeCycle", 1, local(2026, 7, 8, 9)),
        ("R/2026-07-01T09:00:00.000+0200/P7D", "timeCycle", 0, local(2026, 7, 1, 9)),
        ("request.due - days(2)", "timeDate", 0, local(2026, 4, 29)),
        ("= at(request.due, 9)", "timeDate", 0, local(2026, 5, 1, 9)),
        ("term", "timeDate", 0, local(2026, 4, 10, 10, 30)),
        ("deadline.decide", "timeDate", 0, None),
        ("deadline.decide + days(1)", "timeDate", 0, None),
        ("R/P7D", "timeCycle", 0, local(2026, 4, 3, 10, 30)),
        ("R/P7D", "timeCycle", 2, local(2026, 4, 17, 10, 30)),
        ("R/P1M", "timeCycle", 9, local(2027, 1, 27, 10, 30)),
        ("R2/P7D", "timeCycle", 1, local(2026, 4, 10, 10, 30)),
        ("R2/P7D", "timeCycle", 2, None),
        ("R3/2026-05-01/P7D", "timeCycle", 1, local(2026, 5, 8)),
        ("repeat(request.due + days(7), days(7))", "timeCycle", 0, local(2026, 5, 8)),
        ("repeat(request.due + days(7), days(7))", "timeCycle", 3, local(2026, 5, 29)),
        ("repeat(request.due, months(1), 2)", "timeCycle", 2, None),
        ("repeat(deadline.decide, days(7))", "timeCycle", 0, None),
    ],
)
def test_due(text, kind, fired, due):
    assert parse_timer(text, kind).due(ANCHOR, fired, FACTS, ANCHOR) == due


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "timeDate"),
        ("P", "timeDuration"),
        ("PT", "timeDuration"),
        ("P1.5D", "timeDuration"),
        ("P-2D", "timeDuration"),
        ("P99999999999D", "timeDuration"),
        ("P99999D", "timeDuration"),
        ("PT2D", "timeDuration"),
        ("2026-02-30", "timeDate"),
        ("2026-05-01T25:00", "timeDate"),
        ("R/P7D", "timeDuration"),
        ("repeat(today(), days(7))", "timeDate"),
        ("P7D", "timeCycle"),
        ("request.due", "timeCycle"),
        ("R0/P7D", "timeCycle"),
        ("R/PT1S", "timeCycle"),
        ("R/P0D", "timeCycle"),
        ("0 0 9-17 * * MON-FRI", "timeCycle"),
        ("__import__('os')", "timeDate"),
    ],
)
def test_refused_when_read(text, kind):
    with pytest.raises(ExpressionError):
        parse_timer(text, kind)


def test_an_expression_that_gives_no_date_is_refused_when_due():
    with pytest.raises(ExpressionError, match="datum of een duur"):
        parse_timer("1 + 1", "timeDate").due(ANCHOR, 0, FACTS, ANCHOR)


@pytest.mark.parametrize(
    ("text", "times"),
    [("R/P7D", None), ("R3/P7D", 3), ("repeat(request.due, days(7))", None), ("repeat(request.due, days(7), 4)", 4)],
)
def test_cyclic_and_times(text, times):
    rule = parse_timer(text, "timeCycle")
    assert (rule.cyclic, rule.times) == (True, times)


def test_names():
    assert parse_timer("repeat(request.due + days(n), days(7))", "timeCycle").names == {"request.due", "n"}


def test_d26_both_summer_time_nights_fire_once_and_never_early():
    for night in (date(2026, 3, 29), date(2026, 10, 25)):
        anchor = datetime.combine(night - timedelta(days=1), datetime.min.time(), AMSTERDAM).replace(hour=2, minute=30)
        due = parse_timer("P1D", "timeDuration").due(anchor, 0, {}, anchor)
        assert due.date() == night
        assert due - anchor.astimezone(UTC) >= timedelta(hours=23)


@pytest.mark.parametrize(
    ("text", "weeks_later", "count"),
    [("R/P7D", 3, 3), ("R/P7D", 0, 1), ("R2/P7D", 52, 2), ("R/PT1M", 4, 4 * 7 * 24 * 60), ("R/P1M", 53, 12)],
)
def test_what_was_missed_in_an_outage_goes_out_once(text, weeks_later, count):
    rule = parse_timer(text, "timeCycle")
    now = ANCHOR.astimezone(UTC) + timedelta(weeks=weeks_later, hours=1)
    fired = rule.fired_by(ANCHOR, 0, {}, now)
    assert abs(fired - count) <= (60 if "PT1M" in text else 0)
    due = rule.due(ANCHOR, fired, {}, now)
    assert due is None or due > now


@pytest.mark.parametrize(
    ("start", "iso", "counting", "end"),
    [
        (date(2026, 4, 24), "P10D", "calendar", date(2026, 5, 4)),
        (date(2026, 4, 24), "P10D", "working", date(2026, 5, 12)),
        (date(2026, 4, 24), "P2W", "working", date(2026, 5, 12)),
        (date(2024, 2, 29), "P1Y", "calendar", date(2025, 2, 28)),
        (date(2026, 8, 31), "P6M", "calendar", date(2027, 2, 28)),
    ],
)
def test_add_duration(start, iso, counting, end):
    assert add_duration(start, iso, counting) == end


@pytest.mark.parametrize("iso", ["PT4H", "2W", "P", "p2w", ""])
def test_add_duration_refuses(iso):
    with pytest.raises(ExpressionError):
        add_duration(date(2026, 1, 1), iso, "calendar")


@settings(max_examples=200, deadline=1000)
@given(
    st.one_of(st.text(max_size=40), st.from_regex(r"\AR?\d{0,4}/?P\d{0,6}[YMWDT]?\d{0,6}[HMS]?\Z")),
    st.sampled_from(["timeDate", "timeDuration", "timeCycle"]),
    st.integers(0, 100_000),
)
def test_fuzz_gives_a_moment_none_or_an_expression_error(text, kind, fired):
    try:
        due = parse_timer(text, kind).due(ANCHOR, fired, FACTS, ANCHOR)
        assert due is None or due.tzinfo
    except ExpressionError:
        pass


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-13-01", "geen dag of tijd die bestaat"),
        ("2026-02-30T09:00:00Z", "geen dag of tijd die bestaat"),
        ("2026-05-01T25:00", "geen dag of tijd die bestaat"),
        ("2026-05-01T9:00", "geen datum"),
        ("2026-5-1", "geen datum"),  # read as an expression it would be the number 2020
        ("01-05-2026", "geen datum"),
        ("1/5/2026", "geen datum"),
        ("20260501T090000", "geen datum"),
        ("2026-05-01T09:00 CET", "geen datum"),
        ("2026-05-01T09:00[Europe/Amsterdma]", "geen tijdzone `Europe/Amsterdma`"),
        ("2026-05-01T09:00[../../etc/passwd]", "geen tijdzone"),
        ("2026-05-01T09:00[Europe]", "geen tijdzone"),
    ],
)
def test_what_is_meant_as_a_date_and_is_none_says_so_in_words(text, words):
    with pytest.raises(ExpressionError, match=words) as refused:
        parse_timer(text, "timeDate")
    assert "Schrijf" in str(refused.value)
