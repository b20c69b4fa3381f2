"""What an earlier release left behind comes to its end on today's code, and can go back to the schema it came from."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from any_player import Player, Stays
from kept_release import Kept, shape
from sqlalchemy import select, true, update

from processes.execution.holding import held_by
from processes.jobs.trail_sealing import seal_trail
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.session import downgrade, upgrade
from processes.storage.tables import (
    Case,
    DestructionRow,
    DocumentRow,
    LawRuleRow,
    NoteRow,
    OutboxRow,
    OwnAddress,
    Party,
    TaskRow,
    WebSession,
)

CASE_TYPES = {"bezwaar", "beroep", "voorlopige-voorziening", "woo-verzoek", "klacht", "juridisch-advies"}


def running(services: Services) -> dict[str, str]:
    with services.sessions() as session:
        return dict(session.execute(select(Case.number, Case.case_type).where(Case.state == "running")).all())


def problems(services: Services) -> Counter[str]:
    return Counter(f"{problem.code}: {problem.where}" for problem in verify(services))


def waiting(services: Services) -> list[OutboxRow]:
    with services.sessions() as session:
        return list(session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))))


def finish(services: Services) -> None:
    """All work, also what waits for later: a new rule of the law is carried out once more after a while."""
    drain(services, rounds=100)
    with services.sessions.begin() as session:
        session.execute(update(OutboxRow).where(OutboxRow.done_at.is_(None)).values(not_before=datetime.now(UTC)))
    drain(services)


def test_every_case_of_a_release_comes_to_its_end(kept: Kept) -> None:
    before = shape(kept.address)
    upgrade(kept.address)
    with kept.opened() as (services, clock):
        late = {f"outbox_late: uitgaand werk {row.id} ({row.kind})" for row in waiting(services)}
        # nobody did its work since the release was kept, its trail has no seals yet, and nothing else is wrong
        assert set(problems(services)) - late == {"trail_unsealed: controlespoor"}
        assert seal_trail(services).wrong == []
        assert set(problems(services)) <= late
        cases = running(services)
        assert set(cases.values()) == CASE_TYPES
        assert drain(services) >= len(late)
        Player(services, clock).play(list(cases))
        finish(services)
        assert [row.error for row in waiting(services)] == []
        assert problems(services) == {}
        ended = clock.moment
    downgrade(kept.address, kept.schema)
    assert shape(kept.address) == before
    upgrade(kept.address)
    with kept.opened() as (services, clock):
        clock.moment = ended
        # the older schema had no room for some columns, and the trail knows what they held
        assert {problem.partition(":")[0] for problem in problems(services)} == {"row_forged"}
        assert seal_trail(services, every=True, accept=True).wrong == []
        assert problems(services) == {}


def test_a_case_that_does_not_end_is_named_with_what_it_waits_for(kept: Kept) -> None:
    upgrade(kept.address)
    with kept.opened() as (services, clock):
        number = next(number for number, case_type in running(services).items() if case_type == "woo-verzoek")
        with pytest.raises(Stays, match=rf"{number} \(woo-verzoek, .*\) waits for Redact, .*GiveView 2"):
            Player(services, clock, rounds=2).play([number])


HELD = {
    TaskRow.side: (TaskRow.state == "open", {"citizen", "department", "worker", "committee"}),
    OutboxRow.kind: (OutboxRow.done_at.is_(None), {"mail", "letter", "law"}),
    Case.state: (true(), {"running", "closed"}),
    DestructionRow.state: (true(), {"listed", "excepted", "destroyed"}),
    WebSession.kind: (true(), {"citizen", "staff", "kept"}),
    LawRuleRow.kind: (true(), {"rule", "closed_day"}),
    DocumentRow.state: (true(), {"accepted", "offered"}),
    NoteRow.kind: (true(), {"message", "reply", "note"}),
}


def test_a_release_holds_one_of_everything_that_waits(kept: Kept) -> None:
    upgrade(kept.address)
    with kept.opened() as (services, _), services.sessions() as session:
        found = {str(one): set(session.scalars(select(one).where(which))) for one, (which, _) in HELD.items()}
    assert {str(one): words - found[str(one)] for one, (_, words) in HELD.items() if words - found[str(one)]} == {}


def test_a_closed_case_of_a_release_is_held_by_one_that_runs(kept: Kept) -> None:
    upgrade(kept.address)
    with kept.opened() as (services, _), services.sessions() as session:
        closed = session.scalars(
            select(Case.id).where(Case.state == "closed", Case.destroy_from < kept.now.date())
        ).all()
        assert len(held_by(session, closed, kept.now.date())) == 1


def test_what_was_sealed_opens_with_the_secret_of_the_release(kept: Kept) -> None:
    upgrade(kept.address)
    with kept.opened() as (services, _), services.sessions() as session:
        for party in session.scalars(select(Party).where(Party.identity.is_not(None))):
            plain = services.secrets.open(party.identity, "party.identity", party.id).decode()
            assert services.secrets.index(plain) == party.identity_index
        sealed = [
            services.secrets.open(row.data, "web_session", row.id_hash) for row in session.scalars(select(WebSession))
        ]
        assert any(b"typen" in one for one in sealed)


def test_a_certificate_of_a_release_still_tells_what_was_destroyed(kept: Kept) -> None:
    upgrade(kept.address)
    with kept.opened() as (services, _), services.sessions() as session:
        row = session.scalars(select(DestructionRow).where(DestructionRow.state == "destroyed")).one()
        assert session.get(Case, row.case_id) is None
        assert row.certificate


def test_t1_the_addresses_that_citizens_had_count_as_confirmed(kept: Kept) -> None:
    upgrade(kept.address)
    with kept.opened() as (services, _), services.sessions() as session:
        confirmed = select(OwnAddress.identity_index, OwnAddress.email).where(OwnAddress.confirmed_at.is_not(None))
        known = {tuple(row) for row in session.execute(confirmed)}
        had = select(Party.identity_index, Party.email).where(
            Party.identity_index.is_not(None), Party.email.is_not(None)
        )
        assert known
        assert {tuple(row) for row in session.execute(had)} <= known
        assert session.scalars(select(Party.id).where(Party.email_unconfirmed)).all() == []
