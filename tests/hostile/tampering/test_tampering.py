"""T4: `verify` names each forgery by somebody with all rights on the database and without the secret of the installation."""

import sys
from collections.abc import Iterator

import pytest
from forgeries import EDITS, FORGERIES, cut, last_of
from sqlalchemy import Connection, delete, insert, select
from tampered_ground import Ground, more

from processes.jobs.clock_process import sweep_anchors
from processes.jobs.witness import last_anchor, read_witness
from processes.storage.base import Base
from processes.storage.tables import AuditRow, Case, SettingRow
from processes.storage.trail.held import HELD

tried: list[bool] = []


@pytest.fixture(scope="module", autouse=True)
def counts() -> Iterator[None]:
    yield
    sys.stdout.write(f"\nforgeries: {len(FORGERIES)} kinds, {len(tried)} tried, {sum(tried)} found and named\n")


@pytest.mark.parametrize("forgery", FORGERIES)
def test_t4_a_forgery_is_found_and_named(ground: Ground, forgery: str) -> None:
    tamper, code, said = FORGERIES[forgery]
    ground.forge(tamper)
    found = ground.found()
    named = any(said in f"{problem.where}: {problem.what}" for problem in found if problem.code == code)
    tried.append(named)
    assert named, found


def test_t4_nothing_is_found_where_nothing_was_forged(ground: Ground) -> None:
    assert ground.found() == []
    assert ground.found(witness=read_witness([(last_anchor(ground.services) or (0, ""))[1]])) == []


def test_t4_every_table_that_is_held_is_tried() -> None:
    assert {of.__tablename__ for of in EDITS} == {held.name for held in HELD}


def copy_of_all(ground: Ground) -> dict[str, list[dict]]:
    kept: dict[str, list[dict]] = {}

    def read(db: Connection, _: Ground) -> None:
        for table in Base.metadata.sorted_tables:
            kept[table.name] = [dict(row) for row in db.execute(select(table)).mappings()]

    ground.forge(read)
    return kept


def put_back(ground: Ground, kept: dict[str, list[dict]]) -> None:
    def write(db: Connection, _: Ground) -> None:
        for name in ("audit", "setting", "case"):
            table = Base.metadata.tables[name]
            if name != "case":
                db.execute(delete(table))
                db.execute(insert(table), kept[name])
        for row in kept["case"]:
            db.execute(Case.__table__.update().where(Case.__table__.c.id == row["id"]).values(row))

    ground.forge(write)


def test_t4_an_older_copy_put_back_is_only_found_by_a_witness(ground: Ground) -> None:
    kept = copy_of_all(ground)
    more(ground.services, ground.one, "wat weg moet")
    sweep_anchors(ground.services)
    seq, hashed = last_anchor(ground.services) or (0, "")
    lines = ['{"event": "iets anders"}', f'{{"seq": {seq}, "hash": "{hashed}", "event": "audit.anchor"}}']
    assert ground.found(witness=read_witness(lines)) == []
    put_back(ground, kept)
    assert ground.found() == []  # docs/audit-trail.md says so
    (problem,) = ground.found(witness=read_witness(lines))
    assert (problem.code, problem.where) == ("audit_broken", f"getuige, regel {seq}")
    assert hashed in problem.what


def test_t4_anchors_cut_off_with_their_place_are_only_found_by_a_witness(ground: Ground) -> None:
    seen = read_witness([(last_anchor(ground.services) or (0, ""))[1]])

    def cut_off(db: Connection, _: Ground) -> None:
        cut(db, 0, 1)
        place = SettingRow.__table__
        value = dict(db.scalar(select(place.c.value).where(place.c.name == "audit.anchored")))
        before = last_of(db, 0)
        assert before.action != "anchor"
        db.execute(delete(place).where(place.c.name == "audit.anchored"))
        assert value["house"][0] == before.seq + 1

    ground.forge(cut_off)
    assert "audit_broken" in {
        problem.code for problem in ground.found()
    }  # an earlier anchor is there, and its place is not
    ground.forge(lambda db, _: cut(db, 0, last_of(db, 0).seq - first_anchor(db) + 1))
    assert all(problem.code == "row_forged" for problem in ground.found())
    assert [problem.code for problem in ground.found(witness=seen) if problem.where.startswith("getuige")] == [
        "audit_broken"
    ]


def first_anchor(db: Connection) -> int:
    return db.scalar(select(AuditRow.seq).where(AuditRow.action == "anchor").order_by(AuditRow.seq)) or 0


def test_t4_all_of_it_emptied_is_only_found_by_a_witness(ground: Ground) -> None:
    seen = read_witness([(last_anchor(ground.services) or (0, ""))[1]])

    def empty(db: Connection, _: Ground) -> None:
        for table in reversed(Base.metadata.sorted_tables):
            db.execute(delete(table))

    ground.forge(empty)
    assert [problem.code for problem in ground.found(witness=seen)] == ["audit_broken"]


def test_t4_what_the_program_does_is_no_forgery(ground: Ground) -> None:
    for remark in ("een", "twee"):
        more(ground.services, ground.two, remark)
    with ground.services.sessions.begin() as session:
        session.merge(SettingRow(name="huisstijl", value="paars"))
    with ground.services.sessions() as session:
        assert session.scalars(select(AuditRow.action).order_by(AuditRow.id.desc())).first() == "changed"
    assert ground.found() == []
