"""The reminders of the drawings that come along: on a day when people work, before the term those before it, after it the others."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from engine.expressions import is_working_day, parse_timer
from engine.expressions.calendar import AMSTERDAM
from engine.steps import CLOSED_DAYS
from processes.law import default_book

ROOT = Path(__file__).parents[3] / "bpmn"
TIMER = re.compile(
    r"<bpmn:(timeDate|timeCycle)[^>]*>([^<]*at\([^<]*(?:request\.due|deadline\.(?:reaction|view))[^<]*)<"
)
CLOSED = tuple(default_book().equalised)
DUE = [day for n in range(730) if is_working_day(day := date(2026, 1, 1) + timedelta(n), CLOSED)]
REMINDERS = [
    pytest.param(kind, unescape(text), id=f"{file.stem}-{number}")
    for file in sorted(ROOT.glob("*/*.bpmn"))
    for number, (kind, text) in enumerate(TIMER.findall(file.read_text()))
    if "asked_at" not in text
]


def moments(kind: str, text: str, due: date) -> list[date]:
    facts = {
        CLOSED_DAYS: CLOSED, "request.due": due, "request.refused": False, "deadline.reaction": due, "deadline.view": due
    }  # fmt: skip
    now = datetime(2025, 12, 1, 9, tzinfo=UTC)
    timer = parse_timer(text, kind)
    found = [timer.due(now, fired, facts, now) for fired in range(4 if kind == "timeCycle" else 1)]
    return [moment.astimezone(AMSTERDAM).date() for moment in found if moment]


def test_every_called_process_with_reminders_is_tried() -> None:
    assert {str(one.id).rsplit("-", 1)[0] for one in REMINDERS} == {
        "adviesreactie", "klacht", "stukkenverzoek", "stukkenverzoek-spoed", "zienswijze", "zoekvraag"
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), REMINDERS)
def test_j12_a_reminder_goes_on_a_day_when_people_work(kind: str, text: str) -> None:
    for due in DUE:
        days = moments(kind, text, due)
        assert days, due
        assert all(is_working_day(day, CLOSED) for day in days), (due, days)
        assert all(day < due for day in days) or all(day > due for day in days), (due, days)
        assert days == sorted(set(days))
