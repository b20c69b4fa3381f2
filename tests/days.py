"""`make days`: the tests that compute with dates, as if it were each of these days, in each of these zones.

In Amsterdam everything runs that counts from the day on which business time begins. In the other zones only what asks the
machine for its zone can differ, so there a part of each layer runs: the calendar, the engine, a term of a case, pages and
post, the end of retention. What names all its dates itself runs once. PostgreSQL is left out: the program asks it for no time, and on it the same tests run twice
as long. Left out as well are tests with other processes (outbox, faults, browser): those live in the machine's own time.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

HOME = Path(__file__).parent

DAYS = {
    "2028-02-29T10:00": "the day that is there once in four years",
    "2027-12-31T10:00": "the last day of a year",
    "2028-01-01T10:00": "the first day of a year, a holiday",
    "2027-03-26T10:00": "Good Friday",
    "2027-05-05T10:00": "5 May, a holiday, the day before another one",
    "2027-03-27T10:00": "the day before the clocks go forward, a Saturday",
    "2027-10-30T10:00": "the day before the clocks go back, a Saturday",
    "2027-12-23T10:00": "two days before Christmas",
    "2027-06-13T23:30": "a Sunday, half an hour before Monday",
    "2027-06-09T00:30": "an ordinary day that has just begun, which is the day before in the zones west of it",
}

EVERYWHERE = (
    "unit/days/test_the_day.py",
    "unit/expressions", "unit/post", "unit/deadlines/test_deadline_objection.py",
    "unit/deadlines/test_deadline_suspending.py", "unit/deadlines/test_deadline_warning_days.py",
    "unit/portal_base/test_forms.py", "unit/portal_base/test_sessions.py", "unit/engine_run/test_engine_events.py",
    "integration/execution/test_terms_by_hand.py", "integration/workbench/test_workbench_terms.py",
    "integration/retention/test_retention_reads.py",
)  # fmt: skip
IN_AMSTERDAM = (
    *EVERYWHERE, "integration/execution/test_correcting.py", "integration/execution/test_penalties.py",
    "integration/execution/test_warnings.py", "integration/citizen/test_citizen_words.py",
    "integration/retention/test_destruction_list.py", "integration/workbench/test_workbench_registering.py",
)  # fmt: skip
ZONES = {"Europe/Amsterdam": IN_AMSTERDAM, "UTC": EVERYWHERE, "America/New_York": EVERYWHERE}
ONCE = {  # these name all their dates: one odd hour, far away, shows that they ask the machine for none
    ("2027-06-13T23:30", "America/New_York"): (
        "unit/deadlines", "unit/lint/test_law_rules.py", "unit/engine_run", "rehearsals", "integration/law",
        "integration/execution/test_court.py", "integration/citizen/test_citizen_cases.py", "integration/verify",
        "integration/woo/test_woo_sight.py", "integration/relations/test_following.py",
        "integration/admin/test_admin_law.py", "integration/admin/test_admin_pages.py",
    ),
}  # fmt: skip
OPTIONS = ("-q", "--no-header", "-p", "no:cacheprovider", "-k", "not postgres")


def run(day: str, zone: str, tests: Iterable[str], *more: str) -> subprocess.CompletedProcess[str]:
    """These tests as if it were that moment in that zone; `more` are options of pytest."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--as-if", day, *OPTIONS, *more, *(str(HOME / one) for one in tests)],
        env={**os.environ, "TZ": zone}, cwd=HOME.parent, text=True, capture_output=True, check=False,
    )  # fmt: skip


def plan() -> Iterator[tuple[str, str, Iterable[str]]]:
    """Every day in every zone with its tests."""
    yield from ((day, zone, tests) for zone, tests in ZONES.items() for day in DAYS)
    yield from ((day, zone, tests) for (day, zone), tests in ONCE.items())


def failures() -> Iterator[str]:
    """Run everything and tell how it goes; each day and zone in which a test failed."""
    for day, zone, tests in plan():
        begin = time.monotonic()
        done = run(day, zone, tests, "-n", "2", "--dist", "loadfile")
        last = (done.stdout.strip().splitlines() or ["nothing was said"])[-1]
        sys.stdout.write(f"{day} {zone} ({DAYS[day]}): {last} [{time.monotonic() - begin:.0f} s]\n")
        sys.stdout.flush()
        if done.returncode:
            sys.stdout.write(done.stdout + done.stderr)
            yield f"{day} {zone}"


if __name__ == "__main__":
    failed = list(failures())
    sys.exit(f"Not on every day: {', '.join(failed)}" if failed else 0)
