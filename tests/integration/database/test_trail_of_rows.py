"""T4: whatever writes a held row, its digest goes into the trail along with it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from kit.dossiers import CITIZEN, make_case, prepare
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from processes.jobs.trail_sealing import seal_trail
from processes.jobs.trail_verification import problems_of_trail
from processes.storage import audit
from processes.storage.fast import execute_later, insert_rows, update_rows
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, CaseValue, DepartmentRow, Instance, NoteRow, StatusRow, TaskRow

pytestmark = pytest.mark.both_ways
NOW = datetime(2027, 2, 14, 12, 30, tzinfo=UTC)


@pytest.fixture
def case(services: Services) -> int:
    prepare(services)
    return make_case(services, "Appelboom", bsn="111222333").case_id


def wrong(services: Services) -> list[tuple[str, str, str]]:
    return list(problems_of_trail(services, lambda *_: None))


def last(services: Services, chain: int) -> AuditRow:
    with services.sessions() as session:
        return session.scalars(select(AuditRow).where(AuditRow.chain == chain).order_by(AuditRow.seq.desc())).first()


def a_note(session: Session) -> NoteRow:
    return session.scalars(select(NoteRow).limit(1)).one()


def change_a_note(session: Session, case: int) -> None:
    a_note(session).text = "Iets anders."


def change_a_note_twice(session: Session, case: int) -> None:
    a_note(session).text = "Iets anders."
    session.flush()
    a_note(session).text = "Nog iets anders."


def add_a_note(session: Session, case: int) -> None:
    session.add(NoteRow(case_id=case, kind="note", author="Wim", text="Nieuw", at=NOW))


def delete_a_note(session: Session, case: int) -> None:
    session.delete(a_note(session))


def change_notes_by_statement(session: Session, case: int) -> None:
    session.execute(update(NoteRow).where(NoteRow.case_id == case).values(text="Allemaal anders."))


def delete_notes_by_statement(session: Session, case: int) -> None:
    session.execute(delete(NoteRow).where(NoteRow.case_id == case))


def insert_a_department_by_statement(session: Session, case: int) -> None:
    session.execute(
        insert(DepartmentRow).values(code="rood", name="Rood", email="r@s.example", manager_email="m@s.example")
    )


def change_values(session: Session, case: int) -> None:
    instance = session.scalars(select(Instance.id).where(Instance.case_id == case, Instance.is_root)).one()
    row = {"case_id": case, "instance_id": instance, "code": "reden", "value": "nieuw"}
    update_rows(session, CaseValue.__table__, ("case_id", "instance_id", "code"), [row])
    insert_rows(session, CaseValue.__table__, [{**row, "code": "ander", "value": 3.0}])


def change_a_part_of_a_value(session: Session, case: int) -> None:
    instance = session.scalars(select(Instance.id).where(Instance.case_id == case, Instance.is_root)).one()
    row = {"instance_id": instance, "code": "reden", "value": {"a": [None, 1.5, "é"]}}
    update_rows(session, CaseValue.__table__, ("instance_id", "code"), [row])


def reach_a_status(session: Session, case: int) -> None:
    row = {"case_id": case, "code": "klaar", "element": "eind", "reached_at": NOW}
    insert_rows(session, StatusRow.__table__, [row])


def record_and_change(session: Session, case: int) -> None:
    change_a_note(session, case)
    session.get_one(Case, case).subject = "Iets anders"


CHANGES: list[Callable[[Session, int], None]] = [
    change_a_note, change_a_note_twice, add_a_note, delete_a_note, change_notes_by_statement, delete_notes_by_statement,
    insert_a_department_by_statement, change_values, change_a_part_of_a_value, reach_a_status, record_and_change,
]  # fmt: skip


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "silent"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_t4_a_change_leaves_the_digests_of_what_it_wrote(
    services: Services, case: int, change, *, recorded: bool
) -> None:
    before = last(services, case).seq
    with services.sessions.begin() as session:
        change(session, case)
        if recorded:
            audit.record(session, case, CITIZEN, "test", {}, NOW, services.secrets)
    assert wrong(services) == []
    now = last(services, case)
    if change is not insert_a_department_by_statement:
        assert (now.seq, now.action) == (before + 1, "test" if recorded else "changed")
        assert now.rows


def test_t4_a_row_that_was_read_before_its_lock_is_read_again(services: Services, case: int) -> None:
    with services.sessions.begin() as session:
        note = a_note(session)
        session.connection().execute(update(NoteRow.__table__).values(author="Iemand die ertussen kwam"))
        note.text = "Iets anders."
    assert wrong(services) == []


def test_t4_marks_that_are_not_held_leave_no_row(services: Services, case: int) -> None:
    before = last(services, case).seq
    with services.sessions.begin() as session:
        session.execute(update(NoteRow).values(read_by_handler=True))
        session.execute(update(NoteRow), [{"id": a_note(session).id, "read_by_handler": True}])
        a_note(session).read_by_handler = False
        session.get_one(Case, case).row_version += 1
    assert (last(services, case).seq, wrong(services)) == (before, [])


def test_t4_a_deferred_statement_on_a_held_table_is_refused(services: Services, case: int) -> None:
    with services.sessions() as session:
        execute_later(session, update(TaskRow).values(state="done"), {})
        with pytest.raises(NotImplementedError, match="note"):
            execute_later(session, update(NoteRow).values(text="x"), {})


def test_t4_a_rolled_back_change_leaves_no_digest(services: Services, case: int) -> None:
    before = last(services, case).seq
    with services.sessions() as session:
        change_a_note(session, case)
        session.flush()
        session.rollback()
        session.commit()
    assert (last(services, case).seq, wrong(services)) == (before, [])


def as_before_the_seals(services: Services, case: int) -> None:
    """The chain as an earlier release wrote it, with rows that the trail holds no digest of."""
    with services.sessions.kw["bind"].begin() as db:
        db.execute(delete(AuditRow.__table__).where(AuditRow.__table__.c.chain == case))
    with services.sessions.begin() as session:
        made = audit.Content(case, 1, NOW, "system", "register", {}, audit.START)
        hashed = audit.chain_hash(made, None, 2)
        row = {"chain": case, "seq": 1, "at": NOW, "actor": "system", "action": "register", "detail": {}}
        session.execute(insert(AuditRow).values(**row, previous=audit.START, hash=hashed, format=2))


def forge(services: Services) -> None:
    with services.sessions.kw["bind"].begin() as db:
        db.execute(text("UPDATE note SET text = 'vals'"))


def test_t4_a_chain_of_before_the_seals_is_named_until_it_is_sealed(services: Services, case: int) -> None:
    as_before_the_seals(services, case)
    assert [code for code, *_ in wrong(services)] == ["trail_unsealed"]
    forge(services)
    assert [code for code, *_ in wrong(services)] == ["trail_unsealed"]  # nobody can know
    done = seal_trail(services)
    assert (done.done, done.wrong, wrong(services)) == (1, [], [])
    assert seal_trail(services).done == 0
    forge(services)
    with services.sessions.kw["bind"].begin() as db:
        db.execute(text("UPDATE note SET text = 'nog valser'"))
    assert [code for code, *_ in wrong(services)] == ["row_forged"]


def test_t4_a_chain_in_which_something_is_wrong_is_not_sealed(services: Services, case: int) -> None:
    forge(services)
    done = seal_trail(services, every=True)
    assert done.wrong == [case]
    assert [code for code, *_ in wrong(services)] == ["row_forged"]


def test_t4_dates_and_empty_values_are_digested_as_they_are_read(services: Services, case: int) -> None:
    with services.sessions.begin() as session:
        row = session.get_one(Case, case)
        row.postmark_on, row.department_remark, row.destroy_from = date(2026, 2, 28), "", None
    assert wrong(services) == []
