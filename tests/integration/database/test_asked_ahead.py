"""Questions of pages that go to the database together, and lists of ids as one value: the same on each kind of database and way to it."""

from datetime import date

import pytest
from kit.statements import statements
from sqlalchemy import bindparam, select

from processes.storage.among import among, among_texts, is_in, is_one_of
from processes.storage.asked_ahead import answer, as_objects, ask_ahead, asked_before
from processes.storage.fast import PreparedQuery, fetch_together, insert_rows
from processes.storage.session import at_one_moment, one_by_one, read_only, transaction
from processes.storage.tables import LawRuleRow, SettingRow

pytestmark = pytest.mark.both_ways

VALUE = PreparedQuery(select(SettingRow.value).where(SettingRow.name == bindparam("name")))
NAMES = PreparedQuery(select(SettingRow.name).where(SettingRow.name.in_(("a", "c"))).order_by(SettingRow.name))
ROWS = as_objects(select(SettingRow).where(SettingRow.name == bindparam("name")), SettingRow)


@pytest.fixture
def kept(services):
    with transaction(services.sessions) as session:
        insert_rows(session, SettingRow.__table__, [{"name": name, "value": name.upper()} for name in "abc"])
    return services


def test_what_was_asked_ahead_is_answered_without_the_database(kept):
    with transaction(kept.sessions) as session:
        one_by_one(session)
        ask_ahead(session, [(VALUE, {"name": "a"}), (VALUE, {"name": "b"}), (NAMES, {})])
        with statements(kept) as seen:
            assert answer(session, VALUE, name="b") == [("B",)]
            assert answer(session, NAMES) == [("a",), ("c",)]
            ask_ahead(session, [(VALUE, {"name": "a"})])
        assert seen == []
        with statements(kept) as seen:
            assert answer(session, VALUE, name="c") == [("C",)]
            assert asked_before(session, VALUE, name="c") is None
        assert len(seen) == 1


def test_rows_come_as_objects_of_the_session(kept):
    with transaction(kept.sessions) as session:
        (row,) = answer(one_by_one(session), ROWS, name="a")
        assert row.value == "A"
        assert session.get(SettingRow, "a") is row


def test_an_answer_is_of_one_session_alone(kept):
    with transaction(kept.sessions) as session:
        ask_ahead(one_by_one(session), [(VALUE, {"name": "a"})])
    with transaction(kept.sessions) as session:
        session.get_one(SettingRow, "a").value = "later"
    with transaction(kept.sessions) as session:
        assert answer(one_by_one(session), VALUE, name="a") == [("later",)]


def test_a_session_that_may_change_something_asks_nothing_ahead(kept):
    for reads in (read_only, one_by_one, at_one_moment):
        with transaction(kept.sessions) as session:
            ask_ahead(reads(session), [(NAMES, {})])
    with transaction(kept.sessions) as session, pytest.raises(ValueError, match="only a session that reads"):
        ask_ahead(session, [(NAMES, {})])


def test_a_question_that_stands_alone_begins_no_transaction(kept):
    with transaction(kept.sessions) as session:
        one_by_one(session)
        assert fetch_together(session, [(NAMES, {})]) == [[("a",), ("c",)]]
        if session.get_bind().dialect.name == "postgresql":
            raw = session.connection().connection.driver_connection
            assert raw.info.transaction_status.name == "IDLE"


@pytest.mark.parametrize("wanted", [(), (2,), (3, 1, 9)])
def test_a_list_of_ids_is_one_value(services, wanted):
    with transaction(services.sessions) as session:
        session.add_all(LawRuleRow(id=one, code="c", valid_from=date(2027, 1, one), record={}) for one in (1, 2, 3))
    one = PreparedQuery(select(LawRuleRow.id).where(among(LawRuleRow.id, "ids")).order_by(LawRuleRow.id))
    with transaction(services.sessions) as session:
        found = [number for (number,) in answer(one_by_one(session), one, ids=wanted)]
        ways = (is_in(LawRuleRow.id, wanted), is_one_of(LawRuleRow.id, wanted))
        known = [session.scalars(select(LawRuleRow.id).where(way).order_by(LawRuleRow.id)).all() for way in ways]
    assert [found, found] == known
    assert found == sorted(set(wanted) & {1, 2, 3})


@pytest.mark.parametrize("wanted", [(), ("b",), ("c", "a", "z"), ('"', "\\", "b,a", "é", "{}")])
def test_a_list_of_texts_is_one_value(kept, wanted):
    strange = ['"', "\\", "b,a", "é", "{}"]
    with transaction(kept.sessions) as session:
        insert_rows(session, SettingRow.__table__, [{"name": name, "value": ""} for name in strange])
    one = PreparedQuery(select(SettingRow.name).where(among_texts(SettingRow.name, "names")))
    with transaction(kept.sessions) as session:
        found = {name for (name,) in answer(one_by_one(session), one, names=wanted)}
    assert found == set(wanted) & {*"abc", *strange}
