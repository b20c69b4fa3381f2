"""Whether an objection came in time: computed beside the choice of the worker, who decides; the term of a late one counts from its receipt."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.business_time import FixedClock
from kit.cases import do, open_task, register_bezwaar, rows, today
from kit.installation import installation
from kit.people import NOOR

from processes.actions import act
from processes.actions.correcting import CorrectDates
from processes.actions.registering import NewDecision
from processes.base.clock import AMSTERDAM
from processes.execution.dates import dates_of
from processes.law import DeadlineRequest, compute
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, NoticeRow

# announced on Thursday 2 April 2026: six weeks is Ascension, then an equalised Friday and the weekend: Monday 18 May
LAST = "18 mei 2026"
ANNOUNCED = date(2026, 4, 2)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 4, 3, 9, tzinfo=AMSTERDAM))


@pytest.fixture
def services(tmp_path: Path, clock: FixedClock, filling) -> Iterator[Services]:
    with installation(tmp_path, filling, clock=clock, faces=("workbench",)) as opened:
        yield opened


def go_to(services: Services, clock: FixedClock, day: date) -> None:
    clock.ahead += day - today(services)


def registered(services, received: date, postmark: date | None = None) -> str:
    return register_bezwaar(
        services, decisions=(NewDecision("Uitweg geweigerd", taken_on=ANNOUNCED, announced_on=ANNOUNCED, department="parkeren"),),
        received=received, postmark_on=postmark,
    )  # fmt: skip


def decide_by(services) -> date | None:
    return next(row.due for row in rows(services, DeadlineRow) if row.code == "decide")


@pytest.mark.parametrize(
    ("received", "postmark", "verdict", "step"),
    [
        (date(2026, 5, 18), None, "op tijd", "Dat is binnen de termijn"),
        (
            date(2026, 5, 26),
            date(2026, 5, 18),
            "op tijd",
            "binnen een week na de laatste dag",
        ),  # Whit Monday moves the week
        (date(2026, 5, 26), None, "te laat", "Kijk dan naar de datum van het poststempel"),
        (date(2026, 5, 27), date(2026, 5, 18), "te laat", "na de laatste dag"),
        (date(2026, 4, 1), None, "te vroeg, maar dat mag soms", "voordat de termijn begon"),
    ],
)
def test_j9_the_intake_says_whether_it_came_in_time_and_why(
    services, clock, noor: Browser, received, postmark, verdict, step
) -> None:
    go_to(services, clock, date(2026, 6, 8))
    registered(services, received, postmark)
    page = noor.get(f"/werk/taken/{open_task(services, 'Intake')}")
    assert f": {verdict}.</strong>" in page
    assert f"Laatste dag om bezwaar te maken: {LAST}" in page
    assert step in page
    assert "checked" not in page.partition('id="field-in_time"')[2].partition("</fieldset>")[0]  # the worker decides


@pytest.mark.parametrize(
    ("received", "postmark", "due"),
    [
        (date(2026, 5, 26), None, date(2026, 6, 29)),  # perhaps posted in time: six weeks after 18 May
        (date(2026, 5, 27), None, date(2026, 7, 8)),  # six weeks after the receipt
        (date(2026, 5, 26), date(2026, 5, 19), date(2026, 7, 7)),
        (date(2026, 9, 7), None, date(2026, 10, 19)),  # not 29 June, which is long past
    ],
)
def test_j9_the_term_of_a_late_objection_counts_from_its_receipt(services, clock, received, postmark, due) -> None:
    go_to(services, clock, received)
    registered(services, received, postmark)
    assert decide_by(services) == due
    (receipt,) = [row for row in rows(services, NoticeRow) if row.template == "ontvangstbevestiging"]
    assert (due > received, f"{due.day} " in receipt.body) == (True, True)


def test_j9_a_date_that_is_corrected_moves_the_term_with_it(services, clock) -> None:
    go_to(services, clock, date(2026, 5, 27))
    number = registered(services, date(2026, 5, 27))
    assert decide_by(services) == date(2026, 7, 8)
    with services.sessions() as session:
        was = dates_of(session, session.query(Case).one())
    new = replace(was, received_on=date(2026, 5, 26), postmark_on=date(2026, 5, 18))
    act(services, NOOR, CorrectDates(number, new, "De stempel stond op de achterkant.", was.seen))
    assert decide_by(services) == date(2026, 6, 29)


def test_j9_who_is_late_has_fourteen_days_to_explain(services, clock) -> None:
    go_to(services, clock, date(2026, 6, 8))
    registered(services, date(2026, 6, 8))
    do(
        services,
        "Intake",
        in_time="te_laat",
        interested=True,
        objectable=True,
        right_body=True,
        complete=True,
        route="ambtelijk",
        department="parkeren",
    )
    explain = next(row for row in rows(services, DeadlineRow) if row.code == "late_reason")
    assert explain.due == date(2026, 6, 22)


@pytest.mark.parametrize(("variant", "due"), [("late", date(2026, 7, 6)), ("late-committee", date(2026, 8, 17))])
def test_j9_what_the_law_book_says_of_a_late_objection(variant: str, due: date) -> None:
    assert compute(DeadlineRequest(date(2026, 5, 25), "awb-7-10", variant)).due == due
