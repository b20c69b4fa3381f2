"""The text of a rehearsal grows and shrinks by steps; what nobody touched stays to the byte."""

from datetime import UTC, date, datetime

import pytest

from processes.base.errors import Invalid
from processes.rehearsal.script import read_script
from processes.rehearsal.writing import (
    LONGEST,
    MOST_STEPS,
    expecting,
    read_raw,
    renewed,
    with_step,
    without_last,
    written,
)

TEXT = """# waarom deze er is
title: Kort
start:
  "on": 2026-03-02        # een maandag
  values: {grounds: "De boom is oud"}
steps:
  - wait: P3D             # eerst niets
  - complete: Work
    values: {dictum: klaar}
"""
STEPS = [
    {"wait": "P8D"},
    {"until": date(2026, 4, 1)},
    {},
    {"complete": "Work", "by": "citizen", "values": {"a": True, "b": [1, 2.5], "c": "twee\nregels", "d": "nee"}},
    {"complete": "Plan", "values": {"at": datetime(2026, 4, 1, 8, tzinfo=UTC)}},
    {"deliver": {"files": ["a.pdf"], "remark": "- *x: &y"}},
]


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_s11_a_step_is_added_and_dropped_and_all_else_stays(step: dict) -> None:
    longer = with_step(TEXT, step)
    assert longer.startswith(TEXT)
    read_script("x", longer.encode())
    assert without_last(longer) == TEXT


def test_s11_a_moment_is_written_in_the_time_of_amsterdam() -> None:
    assert read_raw(with_step(TEXT, STEPS[4]))["steps"][-1]["values"] == {"at": "2026-04-01T10:00"}


def test_s11_the_last_step_leaves_a_rehearsal_without_steps() -> None:
    text = written("Leeg", {"on": date(2026, 3, 2)})
    assert without_last(with_step(text, {"wait": "P1D"})) == text


def test_s11_what_was_seen_is_expected_where_nothing_was_and_terms_where_they_change() -> None:
    own = with_step(TEXT, {"wait": "P1D", "expect": {"status": "zelf"}})
    seen = [
        {"status": "begun", "tasks": ["Work"], "deadlines": {"decide": "2026-04-13"}},
        {"status": "begun", "tasks": [], "deadlines": {"decide": "2026-04-13"}},
        {"status": "anders", "tasks": [], "deadlines": {}},
    ]
    assert [step.get("expect") for step in read_raw(expecting(own, seen))["steps"]] == [
        {"status": "begun", "tasks": ["Work"], "deadlines": {"decide": date(2026, 4, 13)}},
        {"status": "begun", "tasks": []},
        {"status": "zelf"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\ntitle: b\nstart: {}\nsteps: []",
        "title: x",
        "title: x\nstart: 3\nsteps: []",
        "title: x\nstart: {}\nsteps: [3]",
        "!!python/object/apply:os.system [ls]",
        "[" * 5000,
        "title: 2026-99-99\nstart: {}\nsteps: []",
        "#" * (LONGEST + 1),
    ],
    ids=["aliases", "half", "no start", "no step", "tag", "deep", "no date", "long"],
)
def test_s10_a_hostile_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid):
        read_raw(text)


def test_s10_a_rehearsal_has_an_end() -> None:
    steps = [{"wait": "P1D"}] * MOST_STEPS
    with pytest.raises(Invalid, match="hoogstens 100 stappen"):
        with_step(written("Vol", {"on": date(2026, 3, 2)}, steps), {"wait": "P1D"})


def test_s11_a_rehearsal_is_recorded_anew_where_it_went_otherwise_and_only_there() -> None:
    text = written("T", {}, [
        {"wait": "P1D", "expect": {"status": "a", "deadlines": {"decide": "2026-03-01", "reply": "2026-03-02"}}},
        {"wait": "P1D", "expect": {"status": "b", "sees": {"citizen": ["X"]}, "result": "r", "tasks": ["Old"]}},
        {"wait": "P1D"},
    ])  # fmt: skip
    seen = [
        {"status": "new", "deadlines": {"decide": "2026-03-08"}},
        {"status": "c", "tasks": ["New"]},
        {"status": "d"},
    ]
    told = read_raw(renewed(text, seen, [["status"], ["status"], []]))["steps"]
    assert told[0]["expect"]["status"] == "new"
    assert {code: str(day) for code, day in told[0]["expect"]["deadlines"].items()} == {
        "decide": "2026-03-08", "reply": "2026-03-02",
    }  # fmt: skip
    assert told[1]["expect"] == {"status": "c", "sees": {"citizen": ["X"]}, "result": None, "tasks": ["New"]}
    assert "expect" not in told[2]
    assert renewed(text, seen, [[], [], []]) == text
