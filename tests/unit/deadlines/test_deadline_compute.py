"""The dates of the law, each worked out by hand. Weekdays stand in the comments."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from processes.law import (
    BadRequest,
    DeadlineError,
    DeadlineRequest,
    Extension,
    ExtensionRefused,
    LawBook,
    Suspension,
    UnknownRule,
    check_extension,
    compute,
    default_book,
)


def d(text: str) -> date:
    return date.fromisoformat(text)


def request(rule: str, start: str, variant: str = "standard", **more) -> DeadlineRequest:
    return DeadlineRequest(start=d(start), rule=rule, variant=variant, **more)


def objection(*suspensions: Suspension, extensions: tuple[Extension, ...] = ()) -> DeadlineRequest:
    """Announced Monday 1 June 2026; objections until Monday 13 July; six weeks: Monday 24 August."""
    return request("awb-7-10", "2026-06-01", suspensions=suspensions, extensions=extensions)


@pytest.mark.parametrize(
    ("rule", "variant", "start", "due"),
    [
        # Monday + 6 weeks = Monday 13 July
        ("awb-6-7", "standard", "2026-06-01", "2026-07-13"),
        # Saturday + 6 weeks = Saturday 18 July -> Monday
        ("awb-6-7", "standard", "2026-06-06", "2026-07-20"),
        # Thursday 2 April + 6 weeks = Ascension 14 May; the 15th is equalised -> Monday 18 May
        ("awb-6-7", "standard", "2026-04-02", "2026-05-18"),
        # Friday 13 November + 6 weeks = Christmas Day, a Friday; Saturday, Sunday -> Monday 28 December
        ("awb-6-7", "standard", "2026-11-13", "2026-12-28"),
        # objections until Monday 13 July; + 6 weeks = Monday 24 August
        ("awb-7-10", "standard", "2026-06-01", "2026-08-24"),
        # objections until Monday 13 July; + 12 weeks = Monday 5 October
        ("awb-7-10", "committee", "2026-06-01", "2026-10-05"),
        # the objection period counts as moved: Monday 18 May, + 6 weeks = Monday 29 June (from the 14th: 25 June)
        ("awb-7-10", "standard", "2026-04-02", "2026-06-29"),
        # exactly 12 weeks moves: objections until Friday 2 October; + 12 weeks = Christmas Day -> Monday 28 December
        ("awb-7-10", "committee", "2026-08-21", "2026-12-28"),
        # no decision in time: from receipt, no objection period; Monday + 6 weeks, Monday + 12 weeks
        ("awb-7-10", "no-decision", "2026-06-01", "2026-07-13"),
        ("awb-7-10", "no-decision-committee", "2026-06-01", "2026-08-24"),
        # complaint: Tuesday 10 March + 6 weeks = Tuesday 21 April; + 10 weeks = Tuesday 19 May
        ("awb-9-11", "standard", "2026-03-10", "2026-04-21"),
        ("awb-9-11", "committee", "2026-03-10", "2026-05-19"),
        # Monday 9 March + 4 weeks = Easter Monday -> Tuesday 7 April
        ("awb-8-42", "standard", "2026-03-09", "2026-04-07"),
        ("woo-4-4", "standard", "2026-03-09", "2026-04-07"),
        # Thursday 2 April + 4 weeks = Thursday 30 April
        ("woo-4-4", "standard", "2026-04-02", "2026-04-30"),
        # Saturday 7 March + 4 weeks = Saturday 4 April; Easter -> Tuesday 7 April
        ("woo-4-4", "standard", "2026-03-07", "2026-04-07"),
        # penalty: notice on Saturday 6 June, two weeks' grace until Saturday 20 June, not moved
        ("awb-4-17", "standard", "2026-06-06", "2026-06-20"),
        # 42 days from Sunday 21 June: the last is Saturday 1 August
        ("awb-4-17-days", "standard", "2026-06-06", "2026-08-01"),
        # two weeks after Saturday 1 August = Saturday 15 August -> Monday 17 August
        ("awb-4-18", "standard", "2026-06-06", "2026-08-17"),
        # before a hearing on Tuesday 23 June: the eleventh day before is Friday 12 June (ABRvS 24 May 2006, AX4384)
        ("awb-7-4", "standard", "2026-06-23", "2026-06-12"),
        # and before a session on Wednesday 24 June: Saturday 13 June, which is not moved
        ("awb-8-58", "standard", "2026-06-24", "2026-06-13"),
        # the file lies open from a week before: Tuesday 16 June
        ("awb-7-4-inspection", "standard", "2026-06-23", "2026-06-16"),
        ("awb-8-56", "standard", "2026-06-23", "2026-06-02"),
        ("awb-8-83", "standard", "2026-06-22", "2026-06-21"),
    ],
)
def test_b4_terms_of_the_law(rule: str, variant: str, start: str, due: str) -> None:
    outcome = compute(request(rule, start, variant))
    assert (outcome.due, outcome.original, outcome.earliest) == (d(due), d(due), d(due))
    assert outcome.steps[-1].date == d(due)


@pytest.mark.parametrize(
    ("suspensions", "due"),
    [
        # asked Tuesday 4 August, repaired Friday 14 August: the 5th up to the 13th, 9 days; Monday 24 Aug -> 2 Sep
        ([("2026-08-04", "2026-08-14")], "2026-09-02"),
        # asked and repaired the same day, or the day after: nothing stood still
        ([("2026-08-04", "2026-08-04")], "2026-08-24"),
        ([("2026-08-04", "2026-08-05")], "2026-08-24"),
        # one day
        ([("2026-08-04", "2026-08-06")], "2026-08-25"),
        # 12 days: Saturday 5 September -> Monday 7 September, moved after adding
        ([("2026-08-04", "2026-08-17")], "2026-09-07"),
        # overlapping: 5 to 13 and 10 to 19 August are 15 days, not 19; Tuesday 8 September
        ([("2026-08-04", "2026-08-14"), ("2026-08-09", "2026-08-20")], "2026-09-08"),
        # one inside the other
        ([("2026-08-04", "2026-08-14"), ("2026-08-06", "2026-08-08")], "2026-09-02"),
        # apart: 9 days and 4 days; Sunday 6 September -> Monday 7 September
        ([("2026-08-20", "2026-08-25"), ("2026-08-04", "2026-08-14")], "2026-09-07"),
        # while objections could still be made (until 13 July): the term to decide did not run yet
        ([("2026-06-20", "2026-07-04")], "2026-08-24"),
        # begun then, ended after: 14 up to 19 July, 6 days; Sunday 30 August -> Monday 31 August
        ([("2026-07-04", "2026-07-20")], "2026-08-31"),
        # after the end
        ([("2026-08-24", "2026-09-24")], "2026-08-24"),
        # asked on the last day but one: the last day comes after the standstill
        ([("2026-08-23", "2026-09-23")], "2026-09-23"),
    ],
)
def test_b4_standstill(suspensions: list[tuple[str, str]], due: str) -> None:
    stretches = [Suspension(d(begin), d(end), "awb-6-6") for begin, end in suspensions]
    outcome = compute(objection(*stretches))
    assert (outcome.due, outcome.original) == (d(due), d("2026-08-24"))


def test_b4_standstill_in_the_days_that_the_termijnenwet_added() -> None:
    """Six weeks from Saturday 6 June end on Saturday 18 July; it runs until Monday 20 July. Asked on that Saturday, mended
    on Thursday 23 July: the day that was left comes then."""
    asked = Suspension(d("2026-07-18"), d("2026-07-23"))
    assert compute(request("awb-7-10", "2026-06-06", "no-decision", suspensions=(asked,))).due == d("2026-07-23")


def test_b4_open_standstill_has_no_date() -> None:
    outcome = compute(objection(Suspension(d("2026-08-04"), None, "awb-6-6")))
    assert outcome.due is None
    assert outcome.suspended_since == d("2026-08-05")
    assert outcome.earliest == d("2026-08-24")
    assert outcome.extension_ends is None
    assert outcome.may_extend_on(d("2026-12-01"))
    assert outcome.steps[-1].sentence == (
        "De termijn staat stil vanaf woensdag 5 augustus 2026: wachten op een aanvulling van het bezwaar."
    )


@pytest.mark.parametrize(
    ("extension", "due"),
    [
        # Monday 24 August + 6 weeks = Monday 5 October
        (Extension(d("2026-08-20")), "2026-10-05"),
        # on the last day
        (Extension(d("2026-08-24")), "2026-10-05"),
        # until a chosen day within the six weeks; a Saturday that the municipality named stays
        (Extension(d("2026-08-20"), d("2026-09-19")), "2026-09-19"),
        # not further than the law allows
        (Extension(d("2026-08-20"), d("2026-12-01")), "2026-10-05"),
        # everybody agreed to Friday 1 January 2027: the date that they set
        (Extension(d("2026-08-20"), d("2027-01-01"), consent=True), "2027-01-01"),
    ],
)
def test_b4_extension(extension: Extension, due: str) -> None:
    outcome = check_extension(objection(), extension)
    assert (outcome.due, outcome.original, outcome.refused) == (d(due), d("2026-08-24"), ())


@pytest.mark.parametrize(
    ("rule", "start", "ends"),
    [
        ("awb-7-10", "2026-06-01", "2026-10-05"),  # Monday 24 August + 6 weeks
        ("woo-4-4", "2026-04-02", "2026-05-18"),  # Thursday 30 April + 2 weeks = Ascension -> Monday 18 May
        ("awb-9-11", "2026-03-10", "2026-05-19"),  # Tuesday 21 April + 4 weeks
        ("awb-8-42", "2026-04-02", None),  # only the court gives more time
        ("awb-6-7", "2026-06-01", None),
    ],
)
def test_b4_what_an_extension_would_give(rule: str, start: str, ends: str | None) -> None:
    outcome = compute(request(rule, start))
    assert outcome.extension_ends == (d(ends) if ends else None)
    assert outcome.can_extend is bool(ends)
    if ends:
        assert outcome.due is not None
        assert compute(replace(outcome.request, extensions=(Extension(outcome.due),))).due == d(ends)


@pytest.mark.parametrize(
    ("asked", "extension", "reason"),
    [
        (objection(), Extension(d("2026-08-25")), "al voorbij"),
        (objection(extensions=(Extension(d("2026-08-20")),)), Extension(d("2026-08-21")), "maar één keer"),
        (objection(), Extension(d("2026-08-20"), d("2026-08-24")), "niet later"),
        (request("awb-6-7", "2026-06-01"), Extension(d("2026-06-02")), "geen verlenging"),
        (request("awb-6-7", "2026-06-01"), Extension(d("2026-06-02"), d("2026-09-01"), consent=True), "geen uitstel"),
        (DeadlineRequest(start=d("2026-06-01"), duration="P10D"), Extension(d("2026-06-02")), "Geef de nieuwe datum"),
        (objection(), Extension(d("2026-08-20"), d("2026-08-01"), consent=True), "niet later"),
    ],
)
def test_b4_an_extension_that_may_not_be_given(asked: DeadlineRequest, extension: Extension, reason: str) -> None:
    with pytest.raises(ExtensionRefused, match=reason):
        check_extension(asked, extension)
    with_it = compute(replace(asked, extensions=(*asked.extensions, extension)))
    assert with_it.due == compute(asked).due
    assert len(with_it.refused) == 1


def test_b4_the_last_moment_to_extend_moves_with_the_term() -> None:
    """Six weeks from Saturday 6 June run until Monday 20 July; standing still makes it later again."""
    outcome = compute(request("awb-7-10", "2026-06-06", "no-decision"))
    assert outcome.may_extend_on(d("2026-07-20"))
    assert not outcome.may_extend_on(d("2026-07-21"))
    assert check_extension(outcome.request, Extension(d("2026-07-20"))).due == d("2026-08-31")
    with pytest.raises(ExtensionRefused, match="al voorbij"):
        check_extension(outcome.request, Extension(d("2026-07-21")))
    # From Saturday 18 July, not from the Monday: + 6 weeks = Saturday 29 August -> Monday 31 August
    assert outcome.extension_ends == d("2026-08-31")


def test_b4_standstill_after_a_date_that_was_set_lengthens_that_date() -> None:
    # set to Friday 18 September; 2 up to 10 September stand still, 9 days: Sunday 27 -> Monday 28 September
    set_date = Extension(d("2026-08-20"), d("2026-09-18"))
    outcome = compute(objection(Suspension(d("2026-09-01"), d("2026-09-11")), extensions=(set_date,)))
    assert outcome.due == d("2026-09-28")


def test_b4_the_day_on_which_a_date_is_set_is_in_that_date() -> None:
    # asked 19 August, so 20 and 21 August stand still; set on the 20th: only the 21st is added to Monday 21 September
    set_date = Extension(d("2026-08-20"), d("2026-09-21"))
    outcome = compute(objection(Suspension(d("2026-08-19"), d("2026-08-22")), extensions=(set_date,)))
    assert outcome.due == d("2026-09-22")


def test_b4_open_standstill_keeps_its_first_day_when_an_extension_is_decided_meanwhile() -> None:
    still = Suspension(d("2026-08-04"), None, "awb-6-6")
    outcome = check_extension(objection(still), Extension(d("2026-09-15")))
    assert outcome.due is None
    assert outcome.suspended_since == d("2026-08-05")
    assert not outcome.can_extend


@pytest.mark.parametrize("asked_on", ["2026-07-01", "2026-07-02", "2026-07-03"])
def test_b4_a_set_date_that_standstill_overtakes_still_counts(asked_on: str) -> None:
    """Thursday 28 May + 6 weeks = Thursday 9 July; on 3 July set to Sunday 12 July. Two days more of standstill before that
    day make the term end on Saturday 11 July; later standstill is added to the 12th all the same, never to less."""
    set_date = Extension(d("2026-07-03"), d("2026-07-12"))
    still = (Suspension(d(asked_on), d("2026-07-10")), Suspension(d("2026-07-12"), d("2026-07-20")))
    # 6 days (4 up to 9 July) and 7 days (13 up to 19 July) after Sunday 12 July: Saturday 25 -> Monday 27 July
    asked = request("awb-7-10", "2026-05-28", "no-decision", suspensions=still, extensions=(set_date,))
    assert compute(asked).due == d("2026-07-27")


@pytest.mark.parametrize(
    ("start", "duration", "calendar", "due"),
    [
        ("2026-06-01", "P10D", "working", "2026-06-15"),  # Monday, two plain weeks
        ("2026-04-02", "P10D", "working", "2026-04-20"),  # Thursday; Good Friday and Easter Monday do not count
        ("2026-12-24", "P5D", "working", "2027-01-04"),  # 28 to 31 December are four; then Monday 4 January
        ("2026-06-01", "P12D", "calendar", "2026-06-13"),  # a Saturday, and no law moves it
        ("2026-01-31", "P1M", "calendar", "2026-02-28"),
    ],
)
def test_b4_internal_terms_are_not_moved(start: str, duration: str, calendar: str, due: str) -> None:
    assert compute(DeadlineRequest(start=d(start), duration=duration, calendar=calendar)).due == d(due)


def test_b4_standstill_of_a_term_in_working_days_counts_working_days() -> None:
    # Monday 1 June, 10 working days: Monday 15 June; Thursday 4 up to Tuesday 9 June holds 3 working days
    asked = DeadlineRequest(start=d("2026-06-01"), duration="P10D", calendar="working")
    still = Suspension(d("2026-06-03"), d("2026-06-09"))
    assert compute(replace(asked, suspensions=(still,))).due == d("2026-06-18")


def test_b4_an_agreement_gets_more_time_once() -> None:
    asked = DeadlineRequest(start=d("2026-06-01"), duration="P10D", calendar="working", title="Stukken")
    once = check_extension(asked, Extension(d("2026-06-10"), d("2026-06-20")))  # a Saturday that both chose
    assert once.due == d("2026-06-20")
    with pytest.raises(ExtensionRefused):
        check_extension(once.request, Extension(d("2026-06-11"), d("2026-06-30")))


def test_b4_nothing_happens_to_a_term_before_a_hearing() -> None:
    still = Suspension(d("2026-06-01"), d("2026-06-10"))
    assert compute(request("awb-7-4", "2026-06-23", suspensions=(still,))).due == d("2026-06-12")


@pytest.mark.parametrize(
    ("amount", "unit", "due"), [(12, "weeks", 4), (13, "weeks", 11), (90, "days", 9), (91, "days", 8)]
)
def test_b4_the_termijnenwet_stops_at_twelve_weeks(amount: int, unit: str, due: int) -> None:
    """Article 4. 12 weeks from Saturday 11 April 2026 are Saturday 4 July."""
    rule = replace(default_book().rule("awb-6-7", None, d("2026-01-01")), amount=amount, unit=unit)
    # the start is chosen so that the plain end is a Saturday in July 2026: 4 or 11 July
    start = {
        (12, "weeks"): "2026-04-11",
        (13, "weeks"): "2026-04-11",
        (90, "days"): "2026-04-12",
        (91, "days"): "2026-04-11",
    }
    saturday = {12: d("2026-07-04"), 13: d("2026-07-11"), 90: d("2026-07-11"), 91: d("2026-07-11")}[amount]
    moves = (amount, unit) in {(12, "weeks"), (90, "days")}
    outcome = compute(request("awb-6-7", start[amount, unit]), LawBook((rule,))).due
    assert saturday.weekday() == 5
    assert outcome == (d(f"2026-07-{saturday.day + 2:02}") if moves else saturday)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: DeadlineRequest(start=d("2026-06-01")), "wettelijke termijn of een duur"),
        (lambda: DeadlineRequest(start=d("2026-06-01"), rule="awb-6-7", duration="P1D"), "niet allebei"),
        (lambda: DeadlineRequest(start=datetime(2026, 6, 1, 23), rule="awb-6-7"), "zonder tijdstip"),  # noqa: DTZ001
        (lambda: DeadlineRequest(start=d("0206-06-01"), rule="awb-6-7"), "ligt niet tussen"),
        (lambda: DeadlineRequest(start=d("2026-06-01"), duration="P1D", calendar="lunar"), "lunar"),
        (lambda: Suspension(d("2026-06-02"), d("2026-06-01")), "stilstaan"),
        (lambda: Extension(d("2026-06-02"), consent=True), "datum nodig"),
        (lambda: Suspension.from_dict({"from": "gisteren"}), "geen datum"),
    ],
)
def test_nonsense_is_refused_when_made(wrong, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        wrong()


@pytest.mark.parametrize(
    ("rule", "variant", "start", "words"),
    [
        ("awb-99", "standard", "2026-06-01", "staat niet in de lijst"),
        (
            "awb-7-10",
            "snel",
            "2026-06-01",
            "committee, court, late, late-committee, no-decision, no-decision-committee, standard",
        ),
        ("woo-4-4", "standard", "2022-04-30", "geldt niet op 2022-04-30"),  # the Woo began on 1 May 2022
    ],
)
def test_a_rule_that_is_not_there_says_so(rule: str, variant: str, start: str, words: str) -> None:
    with pytest.raises(UnknownRule, match=words) as raised:
        compute(request(rule, start, variant))
    assert isinstance(raised.value, DeadlineError)


def test_b4_each_step_shows_its_date_and_article() -> None:
    outcome = compute(objection(Suspension(d("2026-08-04"), d("2026-08-17"), "awb-6-6")))
    assert [(step.date.isoformat(), step.article, step.added) for step in outcome.steps] == [
        ("2026-06-01", "", 0),
        ("2026-07-13", "Awb 6:7 en 6:8", 42),
        ("2026-08-24", "Awb 7:10, lid 1", 42),
        ("2026-09-05", "Awb 7:10, lid 2", 12),
        ("2026-09-07", "Algemene termijnenwet art. 1", 2),
    ]
    still, moved = [step.sentence for step in outcome.steps][3:]
    assert still == (
        "De termijn stond 12 dagen stil, van woensdag 5 augustus 2026 tot maandag 17 augustus 2026: wachten op een "
        "aanvulling van het bezwaar. De laatste dag wordt zaterdag 5 september 2026."
    )
    assert moved == (
        "Zaterdag 5 september 2026 is weekend. De termijn loopt door tot en met de eerste gewone dag: "
        "maandag 7 september 2026."
    )
