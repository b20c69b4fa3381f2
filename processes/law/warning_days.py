"""The day on which people are warned that a date comes near. Pure: dates and durations in, a date out."""

from collections.abc import Collection, Iterable
from datetime import date

from engine import nearest_working
from processes.law.counting import days_before, read_duration


def next_warning(
    due: date | None, before: Iterable[str], today: date, warned_for: date | None, closed: Collection[date] = ()
) -> date | None:
    """The day of the next warning; today or earlier when it must be given now, None when there is none to come.

    `before` are ISO durations such as `P14D`; `warned_for` is the date that the last warning was about. Of warnings for
    a new date that should have been given already, only the last is still worth a mail. One that falls on a day when nobody works
    (weekend, holiday, one of `closed`) is given on the last working day before it.
    """
    if due is None:
        return None
    days = sorted(nearest_working(days_before(due, read_duration(duration)), -1, closed) for duration in before)
    missed = [day for day in days if day <= today and warned_for != due]
    return missed[-1] if missed else next((day for day in days if day > today), None)
