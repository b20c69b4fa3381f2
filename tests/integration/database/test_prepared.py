"""What a connection of the fast path keeps and how its transactions begin, on PostgreSQL: the server itself tells it."""

import pytest
from sqlalchemy import String, bindparam, literal_column, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from processes.storage.fast import PreparedQuery, fetch_together, libpq
from processes.storage.session import at_one_moment, one_by_one, transaction

pytestmark = pytest.mark.parametrize("kind_of_database", ["postgres"], indirect=True)

KEPT = "SELECT name, statement FROM pg_prepared_statements WHERE name LIKE 'zs%'"
NUMBERS = [PreparedQuery(select(bindparam("given", type_=String()), literal_column(str(n)))) for n in range(6)]
ISOLATION = PreparedQuery(select(literal_column("current_setting('transaction_isolation')")))
WRONG = PreparedQuery(select(literal_column("no_such_column")))


def ask(session, *numbers: int) -> list[int]:
    return [rows[0][1] for rows in fetch_together(session, [(NUMBERS[one], {"given": "x"}) for one in numbers])]


def kept(session) -> set[str]:
    """The numbers of the statements that the server has."""
    return {row.statement.rsplit(maxsplit=1)[-1] for row in session.execute(text(KEPT))}


@pytest.fixture
def few(services, monkeypatch):
    monkeypatch.setattr(libpq, "MOST_PREPARED", 3)
    return services


def test_the_statement_that_was_not_used_for_longest_makes_room(few):
    with transaction(few.sessions) as session:
        one_by_one(session)
        assert ask(session, 0, 1, 2) == [0, 1, 2]
        assert ask(session, 0, 3) == [0, 3]
        assert kept(session) == {"0", "2", "3"}
        assert ask(session, *range(6), 0) == [*range(6), 0]  # more at once than a connection keeps
        assert kept(session) == {"4", "5", "0"}


def test_after_a_failure_the_server_keeps_nothing_of_before(few):
    with transaction(few.sessions) as session:
        one_by_one(session)
        ask(session, 0, 1)
        with pytest.raises(ProgrammingError):
            fetch_together(session, [(NUMBERS[2], {"given": "x"}), (WRONG, {})])
        assert ask(session, 1) == [1]
        assert kept(session) == {"1"}


def test_a_value_that_cannot_be_sent_leaves_nothing_half_prepared(few):
    with transaction(few.sessions) as session:
        one_by_one(session)
        with pytest.raises(DBAPIError):
            fetch_together(session, [(NUMBERS[0], {"given": "a\0b"})])
        assert ask(session, 0) == [0]


def test_a_transaction_begins_as_its_connection_was_told(services):
    with transaction(services.sessions) as session:
        assert fetch_together(at_one_moment(session), [(ISOLATION, {})]) == [[("repeatable read",)]]
    with transaction(services.sessions) as session:  # on the same connection of the pool
        assert fetch_together(session, [(ISOLATION, {})]) == [[("read committed",)]]
