"""Counting what somebody does, on each kind of database: one row, one statement, and every process sees it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from kit.cases import rows
from kit.statements import statements
from limits import parse, parse_many
from limits.strategies import FixedWindowRateLimiter

from portal.security.limits import Limits, limits_of
from processes.base.limit_kinds import LIMITS, LimitKind
from processes.base.settings import read_settings
from processes.jobs.clock_process import sweep_rates
from processes.storage.rates import RateStorage
from processes.storage.services import Services
from processes.storage.tables import RateRow

THREE = parse("3/10minutes")


def later(minutes: float) -> time_machine.travel:
    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes), tick=True)


def test_t1_the_fourth_of_three_is_refused_until_the_window_is_over(services: Services) -> None:
    limiter = FixedWindowRateLimiter(RateStorage(services))
    assert [limiter.hit(THREE, "tess") for _ in range(5)] == [True] * 3 + [False] * 2
    assert limiter.hit(THREE, "ilse")
    end, left = limiter.get_window_stats(THREE, "tess")
    assert (left, 590 < end - datetime.now(UTC).timestamp() <= 600) == (0, True)
    with later(9):
        assert not limiter.hit(THREE, "tess")
    with later(11):
        assert limiter.test(THREE, "tess")
        assert limiter.hit(THREE, "tess")
        assert limiter.get_window_stats(THREE, "tess").remaining == 2


def test_t1_counting_is_one_statement(services: Services) -> None:
    limiter = FixedWindowRateLimiter(RateStorage(services))
    limiter.hit(THREE, "tess")
    with statements(services) as done:
        limiter.hit(THREE, "tess")
    assert len([one for one in done if "rate" in one]) == 1


def test_t1_those_who_come_at_one_moment_are_each_counted(services: Services) -> None:
    limiter, many = FixedWindowRateLimiter(RateStorage(services)), parse("12/10minutes")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: limiter.hit(many, "tess"), range(40)))
    assert answers.count(True) == 12
    assert [row.count for row in rows(services, RateRow)] == [40]


def test_t1_two_processes_count_together_and_each_remembers_a_refusal(services: Services) -> None:
    one, other = Limits(services), Limits(services)
    answers = [limits.count(LimitKind.MESSAGE, "tess") for limits in (one, other) * 12]
    assert answers.count(None) == 20
    assert len({answer for answer in answers if answer}) == 1  # both say the same moment
    assert rows(services, RateRow)[0].count == 22
    with later(11):
        assert one.count(LimitKind.MESSAGE, "tess") is None


@pytest.mark.parametrize("given", ["", *(f"{kind}={text}" for kind, text in LIMITS.items())])
def test_t1_what_may_be_set_is_what_the_library_reads(given: str) -> None:
    settings = read_settings({"ZAAKSPOOR_LIMITS": f"message=7/2hours;9/day {given}"})
    read = limits_of(settings)
    assert set(read) == set(LimitKind)
    kind, _, text = given.rpartition("=")
    assert read[LimitKind(kind or "message")] == parse_many(text or "7/2hours;9/day")


def test_t1_the_sweep_takes_what_is_over_and_leaves_the_rest(services: Services) -> None:
    limiter = FixedWindowRateLimiter(RateStorage(services))
    limiter.hit(THREE, "tess")
    limiter.hit(parse("3/day"), "tess")
    with later(11):
        sweep_rates(services)
    assert len(rows(services, RateRow)) == 1


def test_t1_a_count_can_be_taken_back(services: Services) -> None:
    storage = RateStorage(services)
    limiter = FixedWindowRateLimiter(storage)
    for who in ("tess", "ilse"):
        limiter.hit(THREE, who)
    limiter.clear(THREE, "tess")
    assert len(rows(services, RateRow)) == 1
    assert storage.check()
    storage.reset()
    assert rows(services, RateRow) == []
