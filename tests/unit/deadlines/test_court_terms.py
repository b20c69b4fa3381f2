"""J6: the term that a court set is the term of the new decision, counted from the day on which the ruling was sent. Worked out by hand."""

from datetime import date

import pytest

from processes.law import BadDuration, DeadlineRequest, Extension, ExtensionRefused, check_extension, compute
from processes.law.default_book import default_book

D = date.fromisoformat


@pytest.mark.parametrize(
    ("rule", "variant", "length", "sent", "due"),
    [
        # nine weeks from Tuesday 1 September 2026: Tuesday 3 November
        ("awb-7-10", "court", "P63D", "2026-09-01", "2026-11-03"),
        # a term of a court is no term in a law, so a holiday does not move it: six weeks from Friday 13 November is Christmas Day
        ("awb-7-10", "court", "P42D", "2026-11-13", "2026-12-25"),
        # the court set none: the six weeks of 7:10 from the ruling, a term of a law: Christmas and the weekend pass, Monday 28 December
        ("awb-7-10", "court", None, "2026-11-13", "2026-12-28"),
        # ten days, which are no whole weeks
        ("awb-7-10", "court", "P10D", "2026-09-01", "2026-09-11"),
        # 8:55d: two weeks from Friday 1 May 2026 is Friday 15 May, which a decree closed: Monday 18 May
        ("awb-8-55d", "standard", None, "2026-05-01", "2026-05-18"),
        # the court gives twelve weeks instead: Friday 24 July
        ("awb-8-55d", "standard", "P84D", "2026-05-01", "2026-07-24"),
        # opposition against a ruling without session: six weeks from Monday 16 March is King's Day, so Tuesday 28 April
        ("awb-8-55", "standard", None, "2026-03-16", "2026-04-28"),
        # what another law says of a request is a term of a law: four weeks from Thursday 5 March is 2 April; from Friday 6 March it is
        # Good Friday 3 April, so Tuesday 7 April, for Monday is Easter
        ("awb-4-13", "standard", "P28D", "2026-03-05", "2026-04-02"),
        ("awb-4-13", "standard", "P28D", "2026-03-06", "2026-04-07"),
    ],
)
def test_j6_a_court_sets_the_length_of_a_term(rule, variant, length, sent, due):
    request = DeadlineRequest(start=D(sent), rule=rule, variant=variant, length=length)
    assert compute(request).due == D(due)
    assert DeadlineRequest.from_dict(request.to_dict()) == request


def test_j6_the_explanation_names_the_ruling_and_the_weeks_of_the_court():
    told = compute(DeadlineRequest(start=D("2026-09-01"), rule="awb-7-10", variant="court", length="P63D")).steps
    assert "de dag waarop de uitspraak is verzonden: dinsdag 1 september 2026" in told[0].sentence
    assert ("9 weken" in told[1].sentence, told[1].article) == (True, "Awb 8:72, lid 4, en 7:10, lid 1")


def test_j6_what_a_court_set_the_municipality_does_not_extend():
    asked = DeadlineRequest(start=D("2026-09-01"), rule="awb-7-10", variant="court", length="P63D")
    with pytest.raises(ExtensionRefused):
        check_extension(asked, Extension(D("2026-09-02")))


def test_j6_a_length_of_nothing_is_no_term():
    with pytest.raises(BadDuration):
        compute(DeadlineRequest(start=D("2026-09-01"), rule="awb-7-10", variant="court", length="P0D"))


@pytest.mark.parametrize("rule", ["awb-7-4", "awb-8-58"])
@pytest.mark.parametrize(
    ("hearing", "last"),
    [
        (
            "2026-06-10",
            "2026-05-30",
        ),  # Wednesday; the eleventh day before is a Saturday, and counting back moves nothing
        ("2026-06-23", "2026-06-12"),
        ("2026-01-12", "2026-01-01"),  # New Year's Day
    ],
)
def test_j6_documents_come_in_on_the_eleventh_day_before_at_the_latest(rule, hearing, last):
    assert compute(DeadlineRequest(start=D(hearing), rule=rule)).due == D(last)


def test_j6_where_the_eleventh_day_comes_from_stands_with_the_rule():
    rule = default_book().rule("awb-8-58", None, D("2026-06-01"))
    assert "AX4384" in rule.source
    assert (rule.certainty, rule.checked_on) == ("sure", D("2026-11-28"))
