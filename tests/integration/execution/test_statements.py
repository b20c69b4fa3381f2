"""What an action asks of the database, counted: a number that creeps up is an N+1, and is seen here."""

from dataclasses import replace
from itertools import groupby

import pytest
from kit.business_time import FixedClock
from sqlalchemy import event, select

from bench.ground import Ground, furnish
from bench.statements import counted
from processes.actions import act
from processes.actions.course import PressButton
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.timers import FireTimers
from processes.base.actor import SYSTEM, Actor
from processes.base.uploads import Upload
from processes.reads.citizen.case_page import read_case
from processes.reads.citizen.overview import read_overview
from processes.storage.fast import pipeline  # the one test that looks inside: it counts round trips
from processes.storage.tables import Case, CaseValue, Dossier

WORKER = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker", "decider"}))


@pytest.fixture
def ground(services):
    """The common process of the benchmarks, warm: what is read once per process was read."""
    clock = FixedClock()
    made = Ground(replace(services, clock=clock), clock)
    furnish(made)
    made.complete(made.task_of(made.register(), "Look"), route="verder")
    return made


def register(ground):
    return ground.register


def complete(ground):
    task = ground.task_of(ground.register(), "Look")
    return lambda: ground.complete(task, route="verder")


def complete_the_same_again(ground):
    number = ground.register()
    ground.complete(ground.task_of(number, "Look"), route="opnieuw")
    task = ground.task_of(number, "Look")
    return lambda: ground.complete(task, route="verder")


def end(ground):
    number = ground.register()
    ground.complete(ground.task_of(number, "Look"), route="verder")
    task = ground.task_of(number, "Answer")
    return lambda: ground.complete(task, outcome="Een verzonnen antwoord")


def fire(ground):
    number = ground.register()
    ground.complete(ground.task_of(number, "Look"), route="verder")
    with ground.services.sessions() as session:
        case = session.scalars(select(Case.id).where(Case.number == number)).one()
    ground.set_clock(60)
    return lambda: act(ground.services, SYSTEM, FireTimers(case))


def deliver(ground):
    number = ground.register()
    act(ground.services, WORKER, PressButton(number, "more_documents"))
    with ground.services.sessions() as session:
        dossier = session.scalars(select(Dossier)).one()
    document = NewDocument(Upload("stuk.pdf", "application/pdf", 4, "0" * 64, "ab/cd"), "underlying", "Een stuk")
    actor = Actor("department", f"department:{dossier.id}", "Parkeren", dossier=dossier.id)
    return lambda: act(ground.services, actor, Deliver(ground.services.secrets.link_token(dossier.salt), (document,)))


def case_page(ground):
    number = ground.register()
    ground.complete(ground.task_of(number, "Look"), route="verder")
    return lambda: read_case(ground.services, ground.citizen, number)


def case_list(ground):
    for _ in range(5):
        ground.register()
    return lambda: read_overview(ground.services, ground.citizen)


def asked(ground, statements):
    """SQLAlchemy gives SQLite rows of one table one by one; PostgreSQL gets them together, which is what counts."""
    counted_ones = [one for one in statements if "FROM setting" not in one]
    is_sqlite = ground.services.settings.database.startswith("sqlite")
    return len(list(groupby(counted_ones))) if is_sqlite else len(counted_ones)


# outside production one statement more than these: the demo's clock
@pytest.mark.parametrize(
    ("prepare", "most"),
    [
        (
            register,
            21,
        ),  # on SQLite, which gives ids one by one; on PostgreSQL 19, of which one asks whether the case type is out of use, one the names of a number
        (complete, 14),  # two let the requests and the open tasks of the case follow who handles it
        (complete_the_same_again, 12),
        (end, 12),
        (fire, 11),
        (
            deliver,
            39,
        ),  # with the words of the form and their document, the scan, the handler's news and the list of requests
        (
            case_page,
            21,
        ),  # with the newest version, what the reader opened, whom to call, the tasks and processes by which an answer may change, and who was named
        (case_list, 7),  # with what the reader opened, and what can be new
    ],
)
def test_an_action_asks_no_more_than_this(ground, prepare, most):
    work = prepare(ground)
    with counted(ground.services) as seen:
        work()
    assert asked(ground, seen.statements) <= most, "\n".join(seen.statements)
    assert seen.commits <= 1


@pytest.mark.parametrize("kind_of_database", ["postgres"], indirect=True)
@pytest.mark.parametrize("prepare", [register, complete, end, fire])
def test_a_change_waits_for_postgresql_twice(ground, prepare, monkeypatch):
    """For the lock with all that it must know, and for the commit with all that it writes."""
    work = prepare(ground)
    together, alone = [], []
    once = pipeline.carry_out
    monkeypatch.setattr(pipeline, "carry_out", lambda *given, **how: together.append(given) or once(*given, **how))

    def listen(_connection, cursor, statement, *_):
        if cursor is not None and "FROM setting" not in statement:
            alone.append(statement)

    engine = ground.services.sessions.kw["bind"]
    event.listen(engine, "before_cursor_execute", listen)
    work()
    event.remove(engine, "before_cursor_execute", listen)
    assert (len(together), alone) == (2, [])


def test_a_case_with_a_long_history_asks_no_more_than_a_fresh_one(ground):
    number = ground.register()
    for _ in range(8):
        ground.complete(ground.task_of(number, "Look"), route="opnieuw")
    task = ground.task_of(number, "Look")
    with counted(ground.services) as seen:
        ground.complete(task, route="opnieuw")
    assert asked(ground, seen.statements) <= 12


@pytest.mark.both_ways
def test_values_and_facts_stay_right_when_they_are_read_once(ground):
    """The same value new, changed and unchanged, within and across changes."""
    number = ground.register()
    for route in ("opnieuw", "opnieuw", "verder"):
        ground.complete(ground.task_of(number, "Look"), route=route)
    with ground.services.sessions() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        values = dict(
            session.execute(select(CaseValue.code, CaseValue.value).where(CaseValue.case_id == case.id)).all()
        )
    assert values == {"grounds": "Een verzonnen reden", "amount": 12, "route": "verder"}
    assert case.status == "answering"
    assert ground.task_of(number, "Answer")
