"""Tokens through activities and gateways: what happens, step by step, in order."""

import pytest
from drawn import NOW, Play

from engine import standing
from engine.errors import ExpressionError, NotReady, NoWayOut, RunsWithoutEnd, UnknownState
from engine.model import DeadlineAction, Mail, Result, Service, Status
from engine.steps import Cancel, Complete, ServiceAsked

CHOICE = """
    start s
    user a
    xor x
    user b
    user c
    end e
    s > a > x
    x > b if route == 'b'
    x > c else
    b > e
    c > e
"""
FORK = """
    start s
    and p
    user a
    user b
    and j
    user z
    end e
    s > p
    p > a > j
    p > b > j
    j > z > e
"""
SOME = """
    start s
    or o
    user a
    user b
    user c
    or j
    user z
    end e
    s > o
    o > a if want_a
    o > b if want_b
    o > c else
    a > j
    b > j
    c > j
    j > z > e
"""


def test_sequence():
    play = Play("start s\nuser a\nuser b\nend e\ns > a > b > e")
    assert play.said == ["passed s", "opened a"]
    assert play.done("a").said == ["closed a", "passed a", "opened b"]
    assert play.done("b").said == ["closed b", "passed b", "passed e"]
    assert play.step.finished
    assert not play.step.stuck


@pytest.mark.parametrize(("route", "goes_to"), [("b", "b"), ("x", "c"), (None, "c")])
def test_exclusive_gateway_takes_one_way(route, goes_to):
    assert Play(CHOICE, {"route": None}).done("a", route=route).open == [goes_to]


def test_first_matching_condition_wins():
    text = CHOICE.replace("x > c else", "x > c if route == 'b'")
    assert Play(text, {"route": "b"}).done("a").open == ["b"]


def test_no_way_out_names_the_gateway():
    play = Play(CHOICE.replace("x > c else", "x > c if route == 'c'"), {"route": "d"})
    with pytest.raises(NoWayOut, match=r"\(x\)"):
        play.done("a")
    assert play.done("a", route="c").open == ["c"], "the state given stays good"


def test_unknown_name_in_a_condition_names_the_gateway():
    with pytest.raises(ExpressionError, match=r"\(x\).*route"):
        Play(CHOICE).done("a")


def test_parallel_join_waits_for_all():
    play = Play(FORK)
    assert play.open == ["a", "b"]
    assert play.done("b").open == ["a"]
    assert play.done("a").said == ["closed a", "passed a", "passed j", "opened z"]


def test_parallel_join_in_a_loop_starts_every_round_with_nothing():
    text = FORK.replace("j > z > e", "j > z > x\nxor x\nxor again\nx > e if stop\nx > again else\nagain > p")
    play = Play(text.replace("s > p", "s > again"), {"stop": False})
    for _ in range(4):
        assert play.done("a").open == ["b"]
        assert play.done("b").open == ["z"]
        play.done("z")
    assert play.open == ["a", "b"]


@pytest.mark.parametrize(
    ("want_a", "want_b", "opens"), [(True, True, ["a", "b"]), (True, False, ["a"]), (False, False, ["c"])]
)
def test_inclusive_gateway_takes_what_matches_and_joins_what_was_taken(want_a, want_b, opens):
    play = Play(SOME, {"want_a": want_a, "want_b": want_b})
    assert play.open == opens
    for element in opens:
        assert play.count("passed j") == 0
        play.done(element)
    assert play.open == ["z"]
    assert play.count("passed j") == 1


def test_inclusive_join_waits_for_a_branch_that_may_still_come():
    text = """
        start s
        or o
        user a
        xor x
        user b
        user c
        or j
        end e
        end other
        s > o
        o > a if true
        o > c if true
        a > x
        x > b if onward
        x > other else
        b > j
        c > j
        j > e
    """
    play = Play(text, {"onward": False})
    assert play.done("c").count("passed j") == 0
    assert play.done("a").said[-2:] == ["passed j", "passed e"], "a went elsewhere, so nothing can come any more"
    assert play.step.finished


def test_loop_of_500_rounds_keeps_the_state_small():
    text = """
        start s
        xor again
        user a
        xor x
        end e
        s > again > a > x
        x > e if stop
        x > again else
    """
    play = Play(text, {"stop": False}, fresh=False)
    first = len(play.state)
    for _ in range(500):
        play.done("a")
    assert abs(len(play.state) - first) < 10
    assert play.count("passed a") == 500
    assert play.done("a", stop=True).step.finished


def test_loop_without_a_wait_is_stopped():
    text = "start s\nxor again\nxor x\nend e\ns > again > x\nx > e if stop\nx > again else"
    with pytest.raises(RunsWithoutEnd):
        Play(text, {"stop": False})


def test_deadlock_is_stuck_and_says_so():
    text = "start s\nxor x\nand j\nend e\ns > x\nx > j if true\nx > e else\nuser z\nz > j\nj > e\nuser y\ny > z\nx > y if false"
    play = Play(text)
    assert play.step.stuck
    assert not play.step.finished


def test_completing_twice_is_refused():
    play = Play("start s\nuser a\nuser b\nend e\ns > a > b > e")
    task = play.tasks[0][0]
    play.do(Complete(task))
    with pytest.raises(NotReady):
        play.do(Complete(task))
    with pytest.raises(NotReady):
        play.do(Complete("nonsense"))


def test_a_service_task_waits_for_its_answer():
    play = Play("start s\nservice v\nend e\ns > v > e", settings={"v": {"service": Service("publish", {"x": "1"})}})
    assert [e.service.operation for e in play.effects if isinstance(e, ServiceAsked)] == ["publish"]
    assert play.done("v").said == ["passed v", "passed e"]


def test_settings_become_effects_in_the_order_of_the_drawing():
    settings = {
        "s": {"status": Status("received", "Ontvangen", 10), "deadline_actions": (DeadlineAction("d", "start"),)},
        "a": {"status": Status("busy", "Bezig", 20), "deadline_actions": (DeadlineAction("d", "extend", at="leave"),)},
        "m": {"mail": Mail("letter", "parties"), "deadline_actions": (DeadlineAction("d", "meet"),)},
        "e": {"status": Status("done", "Klaar", 30), "mail": Mail("bye", "parties"), "result": Result(value="dictum")},
    }
    play = Play("start s\nuser a\nsend m\nend e\ns > a > m > e", settings=settings)
    assert play.said == ["status received", "deadline start", "passed s", "status busy", "opened a"]
    assert play.done("a", dictum="gegrond").said == [
        *("closed a", "deadline extend", "passed a"),
        *("deadline meet", "mail m", "passed m"),
        *("status done", "mail e", "result gegrond", "passed e"),
    ]


def test_a_result_without_a_value_is_refused():
    play = Play("start s\nuser a\nend e\ns > a > e", settings={"e": {"result": Result(value="dictum")}})
    with pytest.raises(ExpressionError, match=r"\(e\)"):
        play.done("a", dictum=None)


def test_cancel_closes_all():
    play = Play(FORK.replace("user b", "call b"))
    assert play.do(Cancel()).said == ["cancelled a", "dropped b"]
    assert play.step.finished
    assert play.cancel().said == []


def test_terminate_end_ends_all():
    text = "start s\nand p\nuser a\nuser b\ncall c\nterminate t\nend e\ns > p\np > a > t\np > b > e\np > c > e"
    play = Play(text)
    assert play.done("a").said == ["closed a", "passed a", "cancelled b", "dropped c", "passed t"]
    assert play.step.finished


def test_terminate_inside_a_subprocess_ends_that_only():
    inner = "start qs\nand p\nuser a\nuser b\nterminate t\nend qe\nqs > p\np > a > t\np > b > qe"
    play = Play(f"start s\nsub q {{\n{inner}\n}}\nuser z\nend e\ns > q > z > e")
    assert play.done("a").said == ["closed a", "passed a", "cancelled b", "passed t", "passed q", "opened z"]


def test_an_embedded_subprocess_is_entered_and_left_once():
    text = """
        start s
        sub q {
            start qs
            and qp
            user a
            user b
            end qe
            qs > qp
            qp > a > qe
            qp > b > qe
        }
        user z
        end e
        s > q > z > e
    """
    play = Play(text, settings={"q": {"status": Status("inside", "Binnen", 10)}})
    assert play.said == ["passed s", "status inside", "passed qs", "passed qp", "opened a", "opened b"]
    play.done("a")
    assert play.done("b").said == ["closed b", "passed b", "passed qe", "passed q", "opened z"]


def test_s10_an_instance_says_where_it_stands_also_inside_a_part():
    play = Play("""
        start s
        sub part {
            start si
            and split
            user a
            catch w message hello
            and join
            end ei
            si > split > a > join > ei
            split > w > join
        }
        boundary b part timeDuration P7D
        user late
        end e
        end e2
        s > part > e
        b > late > e2
    """)
    assert sorted(standing(play.compiled, play.state, play.now)) == ["a", "b", "part", "w"]
    play.done("a")
    assert sorted(standing(play.compiled, play.state, play.now)) == ["b", "join", "part", "w"]
    play.send("hello")
    assert standing(play.compiled, play.state, play.now) == ()


def test_the_start_event_can_be_chosen():
    text = "start s\nstart t message paper\nuser a\nuser b\nend e\ns > a > e\nt > b > e"
    assert Play(text).open == ["a"]
    assert Play(text, start_event="t").open == ["b"]


@pytest.mark.parametrize("state", [b"", b"\x02\x00[]", b"\x01\x05[]", b"\x01\x00{", b"\x01\x01zz", b"\x01\x00[1,2]"])
def test_an_unknown_state_is_refused(state):
    play = Play("start s\nuser a\nend e\ns > a > e")
    play.state = state
    with pytest.raises(UnknownState):
        play.cancel()


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="aware"):
        Play("start s\nend e\ns > e", now=NOW.replace(tzinfo=None))
