"""A few of the days of `make days`, with tests of each layer that are quick; and that its lists are in order."""

import pytest
from days import DAYS, EVERYWHERE, HOME, IN_AMSTERDAM, ONCE, run

QUICK = (
    "unit/days/test_the_day.py",
    "unit/expressions/test_expression_timers.py",
    "unit/deadlines/test_deadline_warning_days.py",
    "unit/post",
)
FEW = (
    ("2028-02-29T10:00", "Europe/Amsterdam"),
    ("2027-10-30T10:00", "UTC"),
    ("2027-06-13T23:30", "America/New_York"),
)


@pytest.mark.parametrize(("day", "zone"), FEW, ids=lambda one: one)
def test_what_computes_with_dates_holds_on_other_days_and_in_other_zones(day: str, zone: str) -> None:
    done = run(day, zone, QUICK)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_fails_on_a_day_is_told(tmp_path) -> None:
    """The same way of running fails where a test holds on no other day than this one."""
    wrong = tmp_path / "test_wrong.py"
    wrong.write_text("from datetime import date\n\ndef test_it():\n    assert date.today().year == 2000\n")
    done = run("2028-02-29T10:00", "UTC", ["unit/days/test_the_day.py", str(wrong)])
    assert done.returncode == 1, done.stdout + done.stderr
    assert "assert 2028 == 2000" in done.stdout


def test_every_list_names_what_is_there() -> None:
    named = {*EVERYWHERE, *IN_AMSTERDAM, *(one for tests in ONCE.values() for one in tests)}
    assert [one for one in named if not (HOME / one).exists()] == []
    assert {day for day, _ in (*FEW, *ONCE)} <= set(DAYS)
