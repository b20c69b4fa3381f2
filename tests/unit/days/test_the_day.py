"""What day it is in tests: business time is fixed, no test asks the machine for it, and `--as-if` moves both."""

from datetime import UTC, datetime, timedelta

import pytest
from kit.business_time import ORDINARY, FixedClock, beginning

from processes.base.clock import Clock


def test_the_machine_lives_on_the_day_that_was_asked_for(request: pytest.FixtureRequest) -> None:
    asked = request.config.getoption("--as-if")
    if asked is None:
        assert beginning() == ORDINARY
        return
    moment = datetime.fromisoformat(asked).astimezone()
    assert timedelta(0) <= datetime.now(UTC) - moment < timedelta(hours=1)
    assert beginning() == moment


def test_business_time_stands_still_until_it_is_moved() -> None:
    clock = FixedClock()
    clock.ahead += timedelta(days=15)
    assert (clock.now(), clock.now(timedelta(1))) == (beginning() + timedelta(15), beginning() + timedelta(16))


def test_a_installation_without_a_clock_of_the_test_fails_it() -> None:
    with pytest.raises(AssertionError, match="FixedClock"):
        Clock().now()
