"""A date comes near: handler and team are warned once for each warning, and no more after it was met."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from execution_kit import INTAKE, registration
from kit.business_time import FixedClock
from kit.cases import open_task
from kit.people import NOOR, PIET, known
from sqlalchemy import select, update

from processes.actions import act, warning
from processes.actions.course import PressButton
from processes.actions.tasks import CompleteTask
from processes.actions.withdrawing import Withdraw
from processes.base.clock import AMSTERDAM, local_date
from processes.base.dutch import date_in_words
from processes.execution.alarms import WARNING_FAILED
from processes.execution.parking import warn
from processes.jobs import warning_sweep
from processes.jobs.alarm_sweep import sweep_alarms
from processes.jobs.time_travel import travel
from processes.jobs.warning_sweep import next_warning_moment, sweep_warnings
from processes.storage.tables import Case, DeadlineRow, MailRow, NoteRow, StaffRow, Substitution

pytestmark = pytest.mark.both_ways

TEAM = "team@voorbeeldstad.example"
ADDRESS = "noor@voorbeeldstad.example"


@pytest.fixture
def moved(ready):
    """The installation with a clock that a test moves, a team address, and a handler who can be mailed."""
    clock = FixedClock()
    services = replace(ready, clock=clock, settings=replace(ready.settings, team_mailbox=TEAM))
    known(services, NOOR, ADDRESS)
    return services, clock


def decide(services) -> DeadlineRow:
    with services.sessions() as session:
        return session.scalars(select(DeadlineRow).where(DeadlineRow.code == "decide")).first()


def warnings(services) -> list[str]:
    with services.sessions() as session:
        mails = select(MailRow).where(MailRow.template == "deadline-warning").order_by(MailRow.id)
        return [mail.recipient for mail in session.scalars(mails)]


def notes(services) -> list[str]:
    with services.sessions() as session:
        return [note.text for note in session.scalars(select(NoteRow).order_by(NoteRow.id)) if "Let op" in note.text]


def go_to(clock, day: date) -> None:
    clock.ahead += day - local_date(clock.now())


def test_o44_handler_and_team_are_warned_once_for_each_warning(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services, handler="noor"))
    due = decide(services).due
    assert decide(services).warn_on == due - timedelta(14)
    for before, mails in ((15, 0), (14, 2), (13, 2), (8, 2), (7, 4), (6, 4), (-3, 4)):
        go_to(clock, due - timedelta(before))
        sweep_warnings(services)
        sweep_warnings(services)
        assert len(warnings(services)) == mails, before
    assert warnings(services)[:2] == [ADDRESS, TEAM]
    assert (
        notes(services)[0]
        == f"Let op: de termijn 'Beslissing op bezwaar' loopt af op {date_in_words(due)} (nog 14 dagen)."
    )
    with services.sessions() as session:
        note = session.scalars(select(NoteRow).where(NoteRow.text == notes(services)[0])).one()
        mail = session.scalars(select(MailRow).where(MailRow.template == "deadline-warning")).first()
    assert not note.read_by_handler
    assert mail.subject == f"Let op een termijn in zaak {number}"
    assert "Beslissing op bezwaar" in mail.body
    assert f"/werk/zaken/{number}" in mail.body
    assert not any(words in mail.body + mail.subject for words in ("Tess", "Parkeer", due.isoformat()))


BLOCKED, ROLELESS, AWAY = (
    {"blocked_at": datetime(2026, 3, 1, tzinfo=AMSTERDAM)},
    {"roles": []},
    "piet@voorbeeldstad.example",
)


@pytest.mark.parametrize(
    ("level", "noor", "piet", "told"),
    [
        ("zaakvertrouwelijk", {}, None, [ADDRESS, TEAM]),
        ("zaakvertrouwelijk", BLOCKED, None, [TEAM]),
        ("zaakvertrouwelijk", ROLELESS, None, [TEAM]),
        ("zaakvertrouwelijk", {}, frozenset({"worker"}), [ADDRESS, AWAY, TEAM]),
        ("geheim", {}, None, [ADDRESS]),
        ("geheim", BLOCKED, None, [TEAM]),
        ("geheim", {}, frozenset({"worker"}), [ADDRESS]),
        ("geheim", BLOCKED, frozenset({"worker"}), [TEAM]),
        ("geheim", BLOCKED, frozenset({"worker", "clearance-geheim"}), [AWAY]),
    ],
)
def test_o44_a_warning_reaches_who_can_still_act_on_it(moved, level, noor, piet, told):
    """`piet` stands in, with these roles; a case above the clearance of all is told to the mailbox, by its number."""
    services, clock = moved
    act(services, NOOR, registration(services, handler="noor"))
    with services.sessions.begin() as session:
        session.execute(update(Case).values(confidentiality=level))
        session.execute(update(StaffRow).where(StaffRow.number == "noor").values(noor or {"name": NOOR.name}))
    if piet:
        known(services, replace(PIET, roles=piet), AWAY)
    go_to(clock, (due := decide(services).due) - timedelta(7))
    if piet:
        with services.sessions.begin() as session:
            days = {
                "first_on": due - timedelta(8),
                "last_on": due,
                "reason": "",
                "set_by": "noor",
                "set_at": clock.now(),
            }
            session.add(Substitution(staff="noor", substitute="piet", **days))
    sweep_warnings(services)
    assert warnings(services) == told


def test_after_an_outage_there_is_one_mail_for_what_was_missed(moved):
    services, clock = moved
    act(services, NOOR, registration(services))  # nobody handles it: then the team alone is warned
    due = decide(services).due
    go_to(clock, due + timedelta(3))
    sweep_warnings(services)
    sweep_warnings(services)
    assert warnings(services) == [TEAM]
    assert notes(services) == [
        f"Let op: de termijn 'Beslissing op bezwaar' liep af op {date_in_words(due)} (3 dagen te laat)."
    ]


def test_a_date_that_moved_is_warned_of_again(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services))
    due = decide(services).due
    go_to(clock, due - timedelta(7))
    sweep_warnings(services)
    act(services, NOOR, PressButton(number, "extend"))
    act(services, NOOR, CompleteTask(open_task(services, "ExtendTerm"), {"extend_reason": "Er is meer tijd nodig."}))
    later = decide(services)
    assert later.due > due
    assert later.warn_on == later.due - timedelta(14)
    go_to(clock, later.warn_on)
    sweep_warnings(services)
    assert warnings(services) == [TEAM, ADDRESS, TEAM]  # who did the task has the case since


def test_an_internal_date_is_warned_of_in_the_same_way(moved):
    services, clock = moved
    act(services, NOOR, registration(services))
    incomplete = {**INTAKE, "complete": False, "missing_items": "uw redenen"}
    act(services, NOOR, CompleteTask(open_task(services, "Intake"), incomplete))
    assert decide(services).warn_on is None  # it stands still
    with services.sessions() as session:
        repair = session.scalars(select(DeadlineRow).where(DeadlineRow.code == "repair")).one()
    assert repair.due == date(2026, 6, 15)
    assert repair.warn_on == date(2026, 6, 12)  # two days before is a Saturday: the Friday
    go_to(clock, repair.warn_on)
    sweep_warnings(services)
    assert warnings(services) == [ADDRESS, TEAM]  # who did the task has the case
    assert "Bezwaar aanvullen" in notes(services)[0]


def test_nobody_is_warned_after_the_case_has_ended(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services))
    due = decide(services).due
    act(services, NOOR, Withdraw(number, "Opgelost"))
    assert decide(services).warn_on is None
    with services.sessions.begin() as session:  # also when a row of before says otherwise
        session.execute(update(DeadlineRow).values(warn_on=due))
    go_to(clock, due)
    sweep_warnings(services)
    assert warnings(services) == []
    assert decide(services).warn_on is None


def test_a_case_that_fails_gets_an_alarm_and_the_rest_are_warned_of(moved, monkeypatch):
    services, clock = moved
    first, second = (act(services, NOOR, registration(services)) for _ in range(2))
    go_to(clock, decide(services).due - timedelta(14))
    found = warning_sweep._due_cases(services)
    assert len(found) == 2
    with services.sessions() as session:
        sick = session.scalars(select(Case.id).where(Case.number == first)).one()

    really_warn = warning._warn

    def fail(work, case, row, title):
        if case.id == sick:
            raise RuntimeError("verzonnen")
        really_warn(work, case, row, title)

    monkeypatch.setattr(warning, "_warn", fail)
    sweep_warnings(services)
    assert warnings(services) == [TEAM]
    with services.sessions() as session:
        alarms = dict(session.execute(select(Case.number, Case.alarm)).all())
    assert alarms[second] is None
    assert alarms[first] == WARNING_FAILED
    assert sweep_warnings(services) == 0


def test_t2_a_warning_that_failed_is_given_after_all_and_the_alarm_goes(moved, monkeypatch):
    services, clock = moved
    act(services, NOOR, registration(services))
    go_to(clock, decide(services).due - timedelta(14))

    def fail(*_):
        raise RuntimeError("verzonnen")

    with monkeypatch.context() as broken:
        broken.setattr(warning, "_warn", fail)
        sweep_warnings(services)
        assert sweep_alarms(services) == 0
    with services.sessions() as session:
        assert session.scalars(select(Case.alarm)).one() == WARNING_FAILED
    assert warnings(services) == []
    assert sweep_alarms(services) == 1
    with services.sessions() as session:
        assert session.scalars(select(Case.alarm)).one() is None
    assert warnings(services) == [TEAM]


def test_the_next_warning_that_succeeds_ends_the_alarm_of_one_that_failed(moved):
    services, clock = moved
    act(services, NOOR, registration(services))
    due = decide(services).due
    with services.sessions() as session:
        case_id = session.scalars(select(Case.id)).one()
    warn(services, case_id, WARNING_FAILED)
    clock.ahead += datetime.combine(due - timedelta(14), datetime.min.time(), AMSTERDAM) - clock.now()
    assert sweep_warnings(services) == 1
    with services.sessions() as session:
        assert session.scalars(select(Case.alarm)).one() is None


def test_time_that_is_moved_stops_at_every_day_of_warning(moved):
    services, clock = moved
    act(services, NOOR, registration(services))
    due = decide(services).due
    first = next_warning_moment(services)
    assert first == datetime.combine(due - timedelta(14), datetime.min.time(), AMSTERDAM)

    def set_clock(moment: datetime) -> None:
        clock.ahead += moment - clock.now()

    travel(services, datetime.combine(due, datetime.min.time(), AMSTERDAM), set_clock)
    assert len(warnings(services)) == 2
    assert next_warning_moment(services) is None
