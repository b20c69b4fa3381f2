"""T4: which rows the trail holds, told once for every table, and what their digests are made of."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from processes.storage.base import Base
from processes.storage.tables import CaseValue, DocumentRow, NoteRow, StaffRow
from processes.storage.trail.digests import row_digest, row_key
from processes.storage.trail.held import BY_CLASS, HELD, NOT_HELD

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_t4_every_table_is_held_or_says_why_not() -> None:
    held = [one.name for one in HELD]
    assert sorted([*held, *NOT_HELD]) == sorted(Base.metadata.tables)


@pytest.mark.parametrize("held", HELD, ids=lambda held: held.name)
def test_t4_a_held_table_has_the_columns_that_it_names(held) -> None:
    assert {*held.key, *held.left_out} <= set(held.table.c.keys())
    assert set(held.columns) | set(held.left_out) | {"id"} >= set(held.table.c.keys())
    assert all(held.left_out.values())
    assert held.title


def note(**changed: object) -> dict[str, object]:
    row = {"id": 5, "case_id": 7, "kind": "note", "party_id": None, "author": "Wim", "text": "Hallo", "at": NOON}
    return {**row, "read_by_handler": False, **changed}


def digest(key: bytes = KEY, **changed: object) -> str:
    return row_digest(BY_CLASS[NoteRow], note(**changed), key)


@pytest.mark.parametrize(
    "changed",
    [{"text": "Hallo!"}, {"case_id": 8}, {"id": 6}, {"at": NOON + timedelta(microseconds=1)}, {"party_id": 1}],
)
def test_t4_a_digest_tells_every_held_column(changed) -> None:
    assert digest(**changed) != digest()


@pytest.mark.parametrize(
    "changed", [{"read_by_handler": True}, {"at": NOON.astimezone(timezone(timedelta(hours=2)))}, {"party_id": None}]
)
def test_t4_a_digest_does_not_depend_on_this(changed) -> None:
    assert digest(**changed) == digest()


def test_t4_a_digest_depends_on_the_key() -> None:
    assert digest(OTHER_KEY) != digest()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (None, False, True),
        (None, "", True),
        (None, [], True),
        (None, 0, False),
        (0, False, False),
        ("1", 1, False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ([1, 2], [2, 1], False),
        (date(2026, 1, 1).isoformat(), "2026-01-01", True),
    ],
)
def test_t4_what_is_empty_is_left_out_of_a_digest_and_nothing_else(one, other, same) -> None:
    row = {"case_id": 1, "instance_id": 2, "code": "c"}
    made = [row_digest(BY_CLASS[CaseValue], {**row, "value": value}, KEY) for value in (one, other)]
    assert (made[0] == made[1]) is same


def test_t4_the_place_of_a_file_its_hash_and_who_may_see_it_are_held() -> None:
    assert {"blob", "sha256", "file_name", "on_portal", "audience", "confidentiality"} <= set(
        BY_CLASS[DocumentRow].columns
    )


def test_t4_the_trail_does_not_say_who_a_row_is_about() -> None:
    assert "noor" not in row_key(BY_CLASS[StaffRow], {"number": "noor"}, KEY)
