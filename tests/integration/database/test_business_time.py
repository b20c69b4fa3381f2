"""Business time: asked in one way, moved by the offset in the database, and real time in production."""

from dataclasses import replace
from datetime import timedelta

from processes.reads.opening import reading
from processes.storage.business_time import business_now, write_offset
from processes.storage.services import Services

AHEAD = timedelta(days=40)
A_WHILE = timedelta(minutes=5)


def test_the_offset_moves_it_for_whoever_asks(services: Services) -> None:
    before = services.clock.now()
    with services.sessions.begin() as session:
        write_offset(session, AHEAD)
        assert before + AHEAD <= business_now(services, session)
    with reading(services) as (_, now):
        assert before + AHEAD <= now <= business_now(services) < before + AHEAD + A_WHILE


def test_in_production_nothing_moves_it(services: Services) -> None:
    with services.sessions.begin() as session:
        write_offset(session, AHEAD)
    real = replace(services, settings=replace(services.settings, production=True))
    with reading(real) as (session, now):
        assert now < services.clock.now() + A_WHILE
        assert business_now(real, session) < services.clock.now() + A_WHILE
    assert business_now(real) < services.clock.now() + A_WHILE
