"""B6: the trail shows what was changed, deleted or cut off."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from processes.base.actor import SYSTEM, Actor
from processes.storage import audit
from processes.storage.services import Services
from processes.storage.tables import AuditRow
from processes.storage.trail.hashing import Content, chain_hash

pytestmark = pytest.mark.both_ways

NOW = datetime(2027, 2, 14, 12, 30, tzinfo=UTC)
CITIZEN = Actor("citizen", "blinde-index", "Tess Testeling")


def write(services: Services, chain: int, count: int, *, anchored: bool = True) -> None:
    with services.sessions.begin() as session:
        for number in range(count):
            audit.record(
                session,
                chain,
                CITIZEN,
                "task.completed",
                detail_of(number),
                NOW + timedelta(seconds=number),
                services.secrets,
            )
        if anchored:
            audit.anchor(session, NOW)


def detail_of(number: int) -> dict:
    return {"task": f"t{number}", "document": number, "remark": None}


def broken(services: Services) -> list[tuple[int, int, str]]:
    with services.sessions() as session:
        return [(place.chain, place.seq, place.what.split(":")[0]) for place in audit.check(session)]


def of(chain: int, *seqs: int) -> tuple:
    return AuditRow.chain == chain, AuditRow.seq.in_(seqs)


def rewrite(session: Session) -> None:
    """What a clever forger does: change a row and compute the chain again from there."""
    before = session.scalars(select(AuditRow).where(*of(7, 2))).one().hash
    for row in session.scalars(select(AuditRow).where(AuditRow.chain == 7, AuditRow.seq > 2).order_by(AuditRow.seq)):
        row.previous, row.detail = before, {"task": "vervalst"}
        content = Content(row.chain, row.seq, row.at, row.actor, row.action, row.detail, row.previous, row.rows)
        row.hash = before = chain_hash(content, row.seal)


FORGERIES: dict[str, tuple[Callable[[Session], object], list[tuple[int, int, str]]]] = {
    "changed": (
        lambda s: s.execute(update(AuditRow).where(*of(7, 3)).values(action="task.cancelled")),
        [(7, 3, "Veranderd")],
    ),
    "changed with its hash": (
        lambda s: s.execute(update(AuditRow).where(*of(7, 3)).values(hash="0" * 64)),
        [(7, 3, "Veranderd"), (7, 4, "Veranderd")],
    ),
    "deleted": (lambda s: s.execute(delete(AuditRow).where(*of(7, 2, 3))), [(7, 2, "Verwijderd")]),
    "first deleted": (lambda s: s.execute(delete(AuditRow).where(*of(7, 1))), [(7, 1, "Verwijderd")]),
    "cut off": (lambda s: s.execute(delete(AuditRow).where(*of(7, 4, 5))), [(7, 4, "Afgekapt")]),
    "rewritten": (rewrite, [(7, 3, "Vervalst"), (7, 4, "Vervalst"), (7, 5, "Vervalst")]),
    "all gone": (lambda s: s.execute(delete(AuditRow).where(AuditRow.chain == 7)), [(7, 1, "Alle regels van deze keten zijn weg.")]),
    "format of before said of a row of now": (
        lambda s: s.execute(update(AuditRow).where(*of(7, 3)).values(format=1)), [(7, 3, "Veranderd")]
    ),
    "format of before, with the number in its detail": (
        lambda s: s.execute(update(AuditRow).where(*of(7, 3)).values(format=1, detail={**detail_of(2), "format": 2})),
        [(7, 3, "Veranderd")],
    ),
    "format that nobody knows": (
        lambda s: s.execute(update(AuditRow).where(*of(7, 3)).values(format=99)), [(7, 3, "Veranderd")]
    ),
    "anchor gone": (lambda s: s.execute(delete(AuditRow).where(AuditRow.chain == 0, AuditRow.seq == 2)), [(0, 2, "Afgekapt")]),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES)
def test_b6_a_forgery_is_named(services: Services, forgery: str) -> None:
    write(services, 7, 5)
    write(services, 8, 3)
    assert broken(services) == []
    forge, found = FORGERIES[forgery]
    with services.sessions.begin() as session:
        forge(session)
    assert broken(services) == found


def write_as_before(services: Services, chain: int, count: int) -> None:
    """Rows as release 0.1 wrote them: it names no format, which the database then calls 1."""
    with services.sessions.begin() as session:
        previous = audit.START
        for seq in range(1, count + 1):
            row = {"chain": chain, "seq": seq, "at": NOW, "actor": "system", "action": "read", "detail": {}}
            words = [chain, seq, NOW.isoformat(timespec="microseconds"), "system", "read", {}, previous]
            made = sha256(json.dumps(words, separators=(",", ":")).encode()).hexdigest()
            session.execute(insert(AuditRow).values(**row, previous=previous, hash=made))
            previous = made


def test_rows_of_before_and_of_now_hold_in_one_chain(services: Services) -> None:
    write_as_before(services, 7, 2)
    write(services, 7, 2)
    with services.sessions() as session:
        formats = session.scalars(select(AuditRow.format).where(AuditRow.chain == 7).order_by(AuditRow.seq)).all()
    assert (formats, broken(services)) == ([1, 1, 3, 3], [])


def test_a_row_of_before_does_not_pass_for_one_of_now(services: Services) -> None:
    write_as_before(services, 7, 2)
    with services.sessions.begin() as session:
        session.execute(update(AuditRow).where(*of(7, 2)).values(format=2))
    assert broken(services) == [(7, 2, "Veranderd")]


@pytest.mark.parametrize("name", ["format", "rows", "seal"])
def test_a_detail_does_not_hold_a_name_of_the_trail_itself(services: Services, name: str) -> None:
    with services.sessions() as session, pytest.raises(ValueError, match=name):
        audit.record(session, 7, SYSTEM, "x", {name: 2}, NOW, services.secrets)


def test_an_anchor_notes_only_chains_that_moved(services: Services) -> None:
    write(services, 7, 2)
    write(services, 8, 2)
    with services.sessions.begin() as session:
        assert not audit.anchor(session, NOW)
        ends = [row.detail["ends"].keys() for row in session.scalars(select(AuditRow).where(AuditRow.chain == 0))]
    assert [set(one) for one in ends] == [{"7"}, {"8"}]


def test_a_row_that_commits_late_with_a_low_id_is_still_anchored(services: Services) -> None:
    write(services, 7, 1, anchored=False)
    write(services, 8, 1)
    with (
        services.sessions.begin() as session
    ):  # as if the row of chain 9 got its id before, and its commit after the anchor
        audit.record(session, 9, SYSTEM, "late", {}, NOW, services.secrets)
    with services.sessions.begin() as session:
        session.execute(update(AuditRow).where(AuditRow.chain == 9).values(id=-5))
    with services.sessions.begin() as session:
        assert audit.anchor(session, NOW)
    with services.sessions.begin() as session:
        session.execute(delete(AuditRow).where(AuditRow.chain == 9))
    assert broken(services) == [(9, 1, "Alle regels van deze keten zijn weg.")]


def test_rows_hold_no_name_and_no_subject(services: Services) -> None:
    write(services, 7, 1)
    with services.sessions() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.chain == 7)).one()
    assert row.actor == f"citizen:{services.secrets.digest('blinde-index')}"
    assert "Tess" not in str(vars(row))


def test_a_rolled_back_change_leaves_no_row(services: Services) -> None:
    with services.sessions() as session:
        audit.record(session, 7, SYSTEM, "x", {}, NOW, services.secrets)
        session.rollback()
        assert session.scalar(select(func.count()).select_from(AuditRow)) == 0
