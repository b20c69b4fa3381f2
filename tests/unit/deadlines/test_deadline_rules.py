"""Law rules as records: what they refuse, which one holds on a date, and their dict form."""

import json
from dataclasses import replace
from datetime import date

import pytest

from processes.law import ClosedDay, DeadlineRequest, LawBook, LawRule, compute, default_book
from processes.law.errors import BadRecord, UnknownRule

OLD = LawRule("awb-7-10", "Beslissing", "Awb 7:10", 10, "weeks", date(1994, 1, 1), valid_until=date(2009, 9, 30))
NEW = LawRule("awb-7-10", "Beslissing", "Awb 7:10", 6, "weeks", date(2009, 10, 1))


@pytest.mark.parametrize(
    ("on", "amount"),
    [(date(1994, 1, 1), 10), (date(2009, 9, 30), 10), (date(2009, 10, 1), 6), (date(2026, 1, 1), 6)],
)
def test_the_rule_of_the_day_counts(on: date, amount: int) -> None:
    assert LawBook((NEW, OLD)).rule("awb-7-10", None, on).amount == amount


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(UnknownRule, match="geldt niet op 1993-12-31"):
        LawBook((NEW, OLD)).rule("awb-7-10", "standard", date(1993, 12, 31))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": 0}, "langer zijn dan 0"),
        ({"amount": 1.5}, "heel getal"),
        ({"amount": True}, "heel getal"),
        ({"extension": 0}, "verlenging"),
        ({"unit": "years"}, "years"),
        ({"code": ""}, "verplicht"),
        ({"after": "awb-7-10"}, "op zichzelf"),
        ({"valid_until": date(2009, 1, 1)}, "einddatum"),
        ({"backwards": True, "extension": 1}, "termijn terug"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(changes: dict, words: str) -> None:
    with pytest.raises(BadRecord, match=words):
        replace(NEW, **changes)


def test_two_versions_may_not_hold_at_once() -> None:
    with pytest.raises(BadRecord, match="twee versies tegelijk"):
        LawBook((replace(OLD, valid_until=None), NEW))


def test_terms_may_not_wait_for_each_other() -> None:
    first = replace(NEW, code="a", after="b")
    second = replace(NEW, code="b", after="a")
    with pytest.raises(BadRecord, match="niet voor een andere"):
        compute(DeadlineRequest(start=date(2026, 6, 1), rule="a"), LawBook((first, second)))


def test_the_book_survives_its_dict_form() -> None:
    book = default_book()
    assert LawBook.from_dict(json.loads(json.dumps(book.to_dict()))) == book


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"code": "a"}, "a: "),
        ({**NEW.to_dict(), "amuont": 5}, "onbekende velden: amuont"),
        ({**NEW.to_dict(), "valid_from": "gisteren"}, "awb-7-10"),
        ({**NEW.to_dict(), "amount": "6"}, "heel getal"),
    ],
)
def test_a_record_that_cannot_be_read_is_refused(record: dict, words: str) -> None:
    with pytest.raises(BadRecord, match=words):
        LawRule.from_dict(record)


def test_an_equalised_day_is_data() -> None:
    """Monday 1 June 2026 + 2 weeks = Monday 15 June; a decree closes that day."""
    rule = replace(NEW, amount=2)
    asked = DeadlineRequest(start=date(2026, 6, 1), rule="awb-7-10")
    assert compute(asked, LawBook((rule,))).due == date(2026, 6, 15)
    closed = LawBook((rule,), (ClosedDay(date(2026, 6, 15)),))
    assert compute(asked, closed).due == date(2026, 6, 16)


@pytest.mark.parametrize("rule", default_book().rules, ids=lambda rule: f"{rule.code}-{rule.variant}")
def test_every_built_in_rule_can_be_computed_and_is_accounted_for(rule: LawRule) -> None:
    asked = DeadlineRequest(start=date(2026, 11, 20), rule=rule.code, variant=rule.variant)
    assert rule in compute(asked).rules
    assert rule.source
    assert rule.checked_on
