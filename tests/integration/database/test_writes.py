"""Deferred writes and queries that go together: the same outcome as one by one, on SQLite and PostgreSQL."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from bench.statements import counted
from processes.storage.fast import PreparedQuery, fetch_together, insert_rows, update_rows
from processes.storage.session import transaction
from processes.storage.tables import DepartmentRow, FormKey, SettingRow

pytestmark = pytest.mark.both_ways

NOW = datetime(2027, 2, 14, 12, 30, tzinfo=UTC)
KEYS = PreparedQuery(select(FormKey.__table__).order_by(FormKey.key), FormKey)
ONE_ANSWER = PreparedQuery(select(FormKey.answer).where(FormKey.key == bindparam("key")))


def add(session, key, answer=""):
    insert_rows(session, FormKey.__table__, [{"key": key, "used_at": NOW, "answer": answer}])


def answers(services):
    with services.sessions() as session:
        return {row.key: row.answer for row in session.scalars(select(FormKey))}


def test_what_waits_is_stored_with_the_commit(services):
    with transaction(services.sessions) as session:
        add(session, "a", "eerste")
        add(session, "b")
    assert answers(services) == {"a": "eerste", "b": ""}


def test_who_reads_in_the_same_transaction_sees_it(services):
    with transaction(services.sessions) as session:
        add(session, "a", "eerste")
        assert session.scalar(select(FormKey.answer).where(FormKey.key == "a")) == "eerste"
        update_rows(session, FormKey.__table__, ("key",), [{"key": "a", "answer": "tweede"}])
        assert fetch_together(session, [(ONE_ANSWER, {"key": "a"})]) == [[("tweede",)]]
    assert answers(services) == {"a": "tweede"}


def test_what_was_undone_is_forgotten(services):
    def undo():
        with transaction(services.sessions) as session:
            add(session, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undo()
    with transaction(services.sessions) as session:  # on the same connection of the pool
        add(session, "b")
    assert answers(services) == {"b": ""}


def test_one_that_cannot_be_stored_takes_the_others_along(services):
    with transaction(services.sessions) as session:
        add(session, "a", "eerste")

    def collide():
        with transaction(services.sessions) as session:
            add(session, "b")
            add(session, "a", "tweede")
            add(session, "c")

    with pytest.raises(IntegrityError):
        collide()
    assert answers(services) == {"a": "eerste"}
    with transaction(services.sessions) as session:
        add(session, "d")
    assert answers(services) == {"a": "eerste", "d": ""}


def test_changed_columns_go_without_the_orm_and_only_those(services):
    with transaction(services.sessions) as session:
        session.add(DepartmentRow(code="x", name="Een", email="een@x.example", manager_email="chef@x.example"))
    with counted(services) as seen, transaction(services.sessions) as session:
        row = session.get_one(DepartmentRow, "x")
        row.name, row.email = "Twee", "een@x.example"
        session.flush()
        row.name = "Drie"
    changes = [one for one in seen.statements if one.startswith("UPDATE")]
    assert len(changes) <= 2
    assert not any("email" in one for one in changes)
    with services.sessions() as session:
        assert session.get_one(DepartmentRow, "x").name == "Drie"


def test_an_object_that_was_asked_for_is_the_one_of_the_session(services):
    with transaction(services.sessions) as session:
        add(session, "a", "eerste")
        add(session, "b")
    with transaction(services.sessions) as session:
        known = session.get_one(FormKey, "a")
        (rows,) = fetch_together(session, [(KEYS, {})])
        assert rows[0] is known
        assert rows[1] in session
        rows[1].answer = "veranderd"
    assert answers(services) == {"a": "eerste", "b": "veranderd"}


def test_an_unsaved_change_comes_before_the_question(services):
    with transaction(services.sessions) as session:
        add(session, "a", "eerste")
    with transaction(services.sessions) as session:
        session.get_one(FormKey, "a").answer = "tweede"
        (rows,) = fetch_together(session, [(KEYS, {})])
        assert [row.answer for row in rows] == ["tweede"]


def test_values_come_back_as_their_columns_say(services):
    with transaction(services.sessions) as session:
        insert_rows(session, SettingRow.__table__, [{"name": "s", "value": {"diep": [1, None, "ja"]}}])
        add(session, "a")
    asked = [(PreparedQuery(select(SettingRow.value)), {}), (PreparedQuery(select(FormKey.used_at)), {})]
    with transaction(services.sessions) as session:
        assert fetch_together(session, asked) == [[({"diep": [1, None, "ja"]},)], [(NOW,)]]
