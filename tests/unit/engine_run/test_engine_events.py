"""Timers on our own clock, messages, signals and errors."""

from datetime import date, timedelta

import pytest
from drawn import NOW, Play

from engine import heard
from engine.errors import NobodyListens
from engine.steps import Timer

GUARDED = """
    start s
    user a
    {kind} b a {event}
    user r
    user z
    end e
    s > a > z > e
    b > r > e
"""


def guarded(event, *, interrupts=False):
    return GUARDED.format(kind="boundary!" if interrupts else "boundary", event=event)


def test_interrupting_timer_cancels_the_task():
    play = Play(guarded("timeDuration P2D", interrupts=True))
    assert play.step.timers == (Timer("b", NOW + timedelta(days=2)),)
    assert play.fire(days=1).said == []
    assert play.fire(days=1).said == ["cancelled a", "passed b", "opened r"]
    assert play.step.timers == ()


def test_non_interrupting_timer_leaves_the_task_open():
    play = Play(guarded("timeDuration P2D"))
    assert play.fire(days=2).said == ["passed b", "opened r"]
    assert play.open == ["a", "r"]
    assert play.fire(days=9).said == [], "once"
    assert play.done("a").open == ["r", "z"]


def test_completing_the_task_ends_its_timer():
    play = Play(guarded("timeDuration P2D")).done("a")
    assert play.step.timers == ()
    assert play.fire(days=3).said == []


def test_a_cycle_fires_until_the_task_is_done():
    play = Play(guarded("timeCycle R/P7D"))
    for _ in range(3):
        assert play.fire(days=7).said == ["passed b", "opened r"]
    assert play.open == ["a", "r", "r", "r"]
    play.done("a")
    assert play.fire(days=7).said == []


def test_a_bounded_cycle_stops():
    play = Play(guarded("timeCycle R2/P7D"))
    for _ in range(4):
        play.fire(days=7)
    assert play.count("passed b") == 2
    assert play.step.next_due is None


def test_a_late_cycle_fires_once_and_skips_ahead():
    play = Play(guarded("timeCycle R/P7D"))
    assert play.fire(days=7 * 5 + 1).said == ["passed b", "opened r"]
    assert play.step.next_due.date() == (NOW + timedelta(days=7 * 6)).date(), "local time: summer time began"


def test_a_timer_moves_with_its_facts():
    play = Play(guarded("timeDate request.due"), {"request.due": date(2026, 3, 10)})
    assert play.step.next_due.date() == date(2026, 3, 10)
    assert play.refresh(request__due=date(2026, 4, 1)).step.next_due.date() == date(2026, 4, 1)
    assert play.fire(days=20).said == []
    assert play.refresh(request__due=date(2026, 3, 3)).said == ["passed b", "opened r"], "a date in the past fires"


def test_an_unknown_date_waits():
    play = Play(guarded("timeDate request.due"), {"request.due": None})
    assert play.step.timers == (Timer("b", None),)
    assert play.step.next_due is None
    assert play.fire(days=400).said == []
    assert play.refresh(request__due=date(2026, 3, 3)).said == ["passed b", "opened r"]


def test_due_timers_fire_in_the_order_of_their_moments():
    text = """
        start s
        and p
        catch late timeDate date(2026, 3, 9)
        catch soon timeDate date(2026, 3, 5)
        end e
        s > p
        p > late > e
        p > soon > e
    """
    assert Play(text).fire(days=30).said == ["passed soon", "passed e", "passed late", "passed e"]


def test_a_timer_set_while_firing_counts_from_that_moment():
    play = Play("start s\ncatch one timeDuration P1D\ncatch two timeDuration P1D\nend e\ns > one > two > e")
    assert play.fire(days=5).said == ["passed one"]
    assert play.step.next_due == play.now + timedelta(days=1)


RACE = """
    start s
    race g
    catch m message answer
    catch t timeDuration P2W
    user a
    user b
    end e
    s > g
    g > m > a > e
    g > t > b > e
"""


def test_event_gateway_takes_the_first():
    play = Play(RACE)
    assert play.said == ["passed s"]
    assert play.send("answer").said == ["passed g", "passed m", "opened a"]
    assert play.step.timers == ()
    with pytest.raises(NobodyListens):
        play.send("answer")
    assert Play(RACE).fire(weeks=2).said == ["passed g", "passed t", "opened b"]


def test_which_messages_are_waited_for():
    play = Play(RACE)
    assert heard(play.compiled, play.state, ("answer", "nonsense"), NOW) == {"answer"}
    play.fire(weeks=2)
    assert heard(play.compiled, play.state, ("answer",), NOW) == frozenset()


WITHIN = """
    start s
    sub q {
        start qs
        user a
        end qe
        qs > a > qe
    }
    boundary ask q message more
    boundary! stop q message withdraw
    user extra
    user over
    end e
    s > q > e
    ask > extra > e
    stop > over > e
"""


def test_a_message_boundary_on_a_subprocess_may_come_again():
    play = Play(WITHIN)
    assert play.send("more").said == ["passed ask", "opened extra"]
    assert play.send("more").open == ["a", "extra", "extra"]
    play.done("a")
    with pytest.raises(NobodyListens):
        play.send("more")


def test_an_interrupting_message_ends_the_subprocess():
    play = Play(WITHIN)
    assert play.send("withdraw").said == ["cancelled a", "passed stop", "opened over"]
    assert play.done("over").step.finished


def test_a_message_that_nobody_waits_for_is_refused():
    with pytest.raises(NobodyListens, match="nonsense"):
        Play(WITHIN).send("nonsense")


def test_a_receive_task_waits_for_its_message():
    play = Play("start s\ncatch m message hello\nreceive r message hello\nend e\ns > m > r > e")
    assert play.send("hello").said == ["passed m"]
    assert play.send("hello").step.finished


def test_a_thrown_signal_reaches_who_waits_inside():
    text = """
        start s
        and p
        catch w signal bell
        user a
        throw t signal bell
        end e
        s > p
        p > w > e
        p > a > t > e
    """
    play = Play(text).done("a")
    assert play.said == ["closed a", "passed a", "passed t", "passed w", "passed e", "passed e"]
    assert play.step.finished


FAILING = """
    start s
    sub q {
        start qs
        and qp
        user a
        user b
        fail f broken
        end qe
        qs > qp
        qp > a > f
        qp > b > qe
    }
    boundary! catcher q error CODE
    user mend
    end e
    s > q > e
    catcher > mend > e
"""


@pytest.mark.parametrize("code", ["broken", ""])
def test_an_error_end_is_caught_around_the_subprocess(code):
    play = Play(FAILING.replace(" CODE", f" {code}" if code else ""))
    assert play.done("a").said == ["closed a", "passed a", "passed f", "cancelled b", "passed catcher", "opened mend"]
    assert play.done("mend").step.finished


def test_an_error_of_another_code_ends_its_token_only():
    play = Play(FAILING.replace("CODE", "other")).done("a")
    assert play.open == ["b"]
    assert play.done("b").step.finished


RECEIVES = """
    start s
    receive a message answer
    {boundary}
    user r
    user z
    end e
    s > a > z > e
    b > r > e
"""


@pytest.mark.parametrize("boundary", ["boundary! b a timeDuration P7D", "boundary b a timeDuration P7D"])
def test_a_receive_task_with_a_boundary_event_lets_go_of_it(boundary):
    play = Play(RECEIVES.format(boundary=boundary))
    assert play.send("answer").said == ["passed a", "opened z"]
    assert play.step.timers == ()


def test_a_receive_task_is_interrupted_by_its_boundary_event():
    play = Play(RECEIVES.format(boundary="boundary! b a timeDuration P7D")).fire(days=8)
    assert play.open == ["r"]
    with pytest.raises(NobodyListens):
        play.send("answer")


def test_a_receive_task_after_an_event_gateway_races():
    text = "start s\nrace g\nreceive a message answer\ncatch t timeDuration P7D\nuser y\nuser z\nend e"
    play = Play(f"{text}\ns > g > a > y > e\ng > t > z > e")
    assert play.send("answer").open == ["y"]
    assert play.step.timers == ()
