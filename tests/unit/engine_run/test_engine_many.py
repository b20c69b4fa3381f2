"""Children, loops and multi-instance."""

from datetime import date, timedelta

import pytest
from drawn import Play

from engine.errors import ExpressionError
from engine.model import Status
from engine.steps import ChildAsked, ServiceAsked, TaskOpened

CALL = "start s\ncall c papers\nuser z\nend e\ns > c > z > e"


def test_a_call_activity_waits_for_its_child():
    play = Play(CALL)
    assert [(e.element, e.called, e.request) for e in play.effects if isinstance(e, ChildAsked)] == [
        ("c", "papers", None)
    ]
    assert play.done("c").said == ["passed c", "opened z"]


@pytest.mark.parametrize("how", ["message", "timer"])
def test_an_interrupted_call_drops_its_child(how):
    event = "message stop" if how == "message" else "timeDuration P1D"
    play = Play(CALL + f"\nboundary! b c {event}\nuser r\nb > r > e")
    play = play.send("stop") if how == "message" else play.fire(days=1)
    assert play.said == ["dropped c", "passed b", "opened r"]


def test_calls_over_a_collection():
    play = Play(CALL.replace("call c papers", "call c papers *in departments"), {"departments": ("x", "y", "z")})
    assert play.open == ["c", "c", "c"]
    assert play.done("c").said == []
    play.done("c")
    assert play.done("c").said == ["passed c", "opened z"]


def test_interrupting_calls_over_a_collection_drops_every_child_that_runs():
    text = (
        CALL.replace("call c papers", "call c papers *in departments")
        + "\nboundary! b c message stop\nuser r\nb > r > e"
    )
    play = Play(text, {"departments": ("x", "y", "z")}).done("c")
    assert play.send("stop").said == ["dropped c", "dropped c", "passed b", "opened r"]


TASKS = "start s\nuser a MULTI\nuser z\nend e\ns > a > z > e"


@pytest.mark.parametrize(
    ("multi", "facts", "opens"),
    [
        ("* 3", {}, 3),
        ("* len(parties)", {"parties": ("x", "y")}, 2),
        ("*in parties", {"parties": ("x", "y", "z", "w")}, 4),
        ("* parties", {"parties": ("x",)}, 1),
    ],
)
def test_tasks_at_the_same_time(multi, facts, opens):
    status = {"a": {"status": Status("asked", "Gevraagd", 10)}}
    play = Play(TASKS.replace("MULTI", multi), facts, settings=status)
    assert play.said == ["passed s", "status asked", *["opened a"] * opens]
    for _ in range(opens):
        assert play.count("passed a") == 0
        play.done("a")
    assert play.count("passed a") == 1
    assert play.open == ["z"]


def test_one_after_the_other():
    play = Play(TASKS.replace("MULTI", "*1 3"))
    for _ in range(3):
        assert play.open == ["a"]
        play.done("a")
    assert play.open == ["z"]


@pytest.mark.parametrize("parties", [(), None])
def test_nothing_to_do_goes_on(parties):
    assert Play(TASKS.replace("MULTI", "*in parties"), {"parties": parties}).open == ["z"]


@pytest.mark.parametrize("wrong", [-1, "text", 1001, True])
def test_nonsense_numbers_are_refused(wrong):
    with pytest.raises(ExpressionError, match=r"\(a\)"):
        Play(TASKS.replace("MULTI", "* number"), {"number": wrong})


@pytest.mark.parametrize("multi", ["* 3 until enough", "*1 3 until enough"])
def test_a_completion_condition_ends_the_rest(multi):
    play = Play(TASKS.replace("MULTI", multi), {"enough": False}).done("a")
    assert play.done("a", enough=True).open == ["z"]


def test_a_loop_goes_on_while_its_condition_holds():
    play = Play(TASKS.replace("MULTI", "while more"), {"more": True})
    for _ in range(5):
        assert play.done("a").open == ["a"]
    assert play.done("a", more=False).open == ["z"]


def test_subprocesses_at_the_same_time():
    text = """
        start s
        sub q * 3 {
            start qs
            user a
            user b
            end qe
            qs > a > b > qe
        }
        boundary! t q timeDuration P1D
        user z
        end e
        s > q > z > e
        t > e
    """
    play = Play(text)
    assert play.open == ["a", "a", "a"]
    assert play.done("a").done("b").open == ["a", "a"]
    assert play.done("a").open == ["a", "b"]
    play.now += timedelta(days=2)
    assert sorted(play.refresh().said) == ["cancelled a", "cancelled b", "passed e", "passed t"]
    assert play.step.finished


@pytest.mark.parametrize("multi", ["*in parties", "*1 parties", "* parties"])
def test_each_one_of_several_knows_what_it_is_for(multi):
    play = Play(TASKS.replace("MULTI", multi), {"parties": ("jansen", date(2026, 3, 1), 7)})
    while play.open == ["a"] * len(play.open):
        play.done("a")
    assert [e.item for e in play.log if isinstance(e, TaskOpened)] == ["jansen", "2026-03-01", 7, None]


def test_a_number_of_instances_counts_from_0():
    play = Play("start s\ncall c papers * 2\nend e\ns > c > e")
    assert [e.item for e in play.log if isinstance(e, ChildAsked)] == [0, 1]


def test_work_inside_one_of_several_subprocesses_knows_what_that_is_for():
    text = "start s\nsub q *in names {\nstart qs\nservice v\nuser a\nend qe\nqs > v > a > qe\n}\nend e\ns > q > e"
    play = Play(text, {"names": ("x", "y")})
    play.done("v").done("v")
    assert [e.item for e in play.log if isinstance(e, (ServiceAsked, TaskOpened))] == ["x", "y", "x", "y"]
