"""The floor F: what one change costs in raw SQL, with nothing of Zaakspoor: lock a row, update 10 kB, insert two, commit."""

import os

import psycopg

TABLES = """
CREATE TABLE IF NOT EXISTS floor_row (id bigint PRIMARY KEY, state bytea NOT NULL, moves int NOT NULL);
CREATE TABLE IF NOT EXISTS floor_note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, row_id bigint, text varchar(200));
"""
ROWS = 200
STATE_BYTES = 10_000


class Floor:
    """One psycopg connection with its own tables in the database that is measured."""

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address.replace("+psycopg", ""), prepare_threshold=1)
        self._state = os.urandom(STATE_BYTES)  # random, so that the server cannot make it smaller
        self._turn = 0
        self._connection.execute(TABLES)
        fresh = [(one, self._state) for one in range(ROWS)]
        with self._connection.cursor() as cursor:
            cursor.executemany("INSERT INTO floor_row VALUES (%s, %s, 0) ON CONFLICT DO NOTHING", fresh)
        self._connection.commit()

    def change(self) -> None:
        """One change, on another row each time, as cases are."""
        self._turn = (self._turn + 1) % ROWS
        run = self._connection.execute
        run("SELECT state, moves FROM floor_row WHERE id = %s FOR UPDATE", (self._turn,)).fetchone()
        run("UPDATE floor_row SET state = %s, moves = moves + 1 WHERE id = %s", (self._state, self._turn), binary=True)
        for text in ("task", "audit"):
            run("INSERT INTO floor_note (row_id, text) VALUES (%s, %s)", (self._turn, text))
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()
