"""A running instance moves to a new version, or is refused with the elements that do not fit."""

from datetime import timedelta

import pytest
from drawn import Drawing, Play, say

from engine.errors import CannotMove, NobodyListens
from engine.kernel.moving import move

OLD = """
    start s
    user a
    boundary b a timeCycle R/P7D
    user r
    end e
    s > a > e
    b > r > e
"""


def moved(play, text, renamed=None):
    """The play goes on with the new drawing."""
    drawing = Drawing(text)
    outcome = move(play.compiled, drawing.compiled(), play.state, play.facts, play.now, renamed or {})
    play.drawing, play.compiled = drawing, drawing.compiled()
    return play.take(outcome)


def test_work_timers_and_ids_are_kept():
    play = Play(OLD).fire(days=7)
    before = list(play.tasks)
    moved(play, OLD.replace("s > a > e", "s > a > z > e\nuser z"))
    assert play.said == []
    assert play.tasks == before
    assert play.step.next_due.date() == (play.now + timedelta(days=7)).date(), "the cycle keeps its count"
    assert play.done("a").open == ["r", "z"]


def test_an_element_may_be_renamed_by_a_map():
    new = """
        start s
        user judge
        boundary nudge judge timeCycle R/P7D
        user r
        end e
        s > judge > e
        nudge > r > e
    """
    play = moved(Play(OLD), new, {"a": "judge", "b": "nudge"})
    task = play.tasks[0][0]
    play.tasks = [(task, "judge")]
    assert play.fire(days=7).said == ["passed nudge", "opened r"]
    assert play.done("judge").open == ["r"]


@pytest.mark.parametrize(
    ("new", "names"),
    [
        (OLD.replace(" a", " other"), "a"),
        (OLD.replace("user a", "service a"), "a"),
        (OLD.replace("boundary b", "boundary! b"), "a, b"),
        (OLD.replace("timeCycle R/P7D", "message m"), "a, b"),
        (OLD + "\nboundary! n a message m\nn > e", "a"),
        ("start s\nuser a\nend e\ns > a > e", "a, b"),
        (OLD.replace("user a", "user a * 3"), "a"),
    ],
)
def test_what_does_not_fit_is_named_and_refused(new, names):
    with pytest.raises(CannotMove, match=rf": {names}\."):
        moved(Play(OLD), new)


def test_a_boundary_that_is_new_on_live_work_is_refused():
    plain = "start s\nuser a\nend e\ns > a > e"
    with pytest.raises(CannotMove, match=": a"):
        moved(Play(plain), plain + "\nboundary b a message m\nb > e")
    assert moved(Play(plain), plain + "\nuser z\nboundary b z message m\nb > e\nz > e").open == ["a"]


SUB = "start s\nsub q {\nstart qs\nuser a\nuser b\nend qe\nqs > a > b > qe\n}\nuser z\nend e\ns > q > z > e"


def test_work_inside_a_subprocess_moves_along():
    play = moved(Play(SUB), SUB.replace("a > b > qe", "a > c > qe").replace("user b", "user c"))
    assert play.done("a").done("c").open == ["z"]


def test_a_renamed_subprocess_keeps_its_work():
    play = moved(Play(SUB), SUB.replace(" q", " w").replace("ws", "qs").replace("we", "qe"), {"q": "w"})
    assert play.done("a").done("b").open == ["z"]


def test_work_whose_subprocess_is_gone_is_refused():
    with pytest.raises(CannotMove, match=": q"):
        moved(Play(SUB), "start s\nuser a\nuser z\nend e\ns > a > z > e")


JOIN = "start s\nand p\nuser a\nuser b\nand j\nuser z\nend e\ns > p\np > a > j\np > b > j\nj > z > e"


def test_a_token_at_a_join_keeps_its_place_or_is_refused():
    play = moved(Play(JOIN).done("a"), JOIN + "\nuser y\ny > e")
    assert play.done("b").open == ["z"]
    with pytest.raises(CannotMove, match=": j"):
        moved(Play(JOIN).done("a"), JOIN.replace("p > a > j", "p > a > c > j\nuser c"))


def test_a_join_that_now_needs_less_fires_at_the_next_step():
    fewer = "start s\nand p\nuser a\nuser b\nand j\nuser z\nend e\ns > p\np > a > j\np > b > e\nj > z > e"
    play = moved(Play(JOIN).done("a"), fewer)
    assert play.refresh().said == ["passed j", "opened z"]


def test_a_waiting_event_of_another_kind_is_refused():
    text = "start s\ncatch w timeDuration P1D\nend e\ns > w > e"
    with pytest.raises(CannotMove, match=": w"):
        moved(Play(text), text.replace("timeDuration P1D", "message m"))
    assert moved(Play(text), text.replace("P1D", "P5D")).fire(days=1).said == []


def test_a_finished_instance_moves_anywhere():
    play = moved(Play(JOIN).done("a").done("b").done("z"), "start s\nuser x\nend e\ns > x > e")
    assert play.step.finished
    assert [say(effect) for effect in play.effects] == []


FLAT = """
    start s
    user a
    boundary late a timeCycle R/P7D
    user r
    user b
    user z
    end e
    s > a > b > z > e
    late > r > e
"""
INSIDE = """
    start s
    sub q {
    start qs
    user a
    boundary late a timeCycle R/P7D
    user r
    user b
    end qe
    qs > a > b > qe
    late > r > qe
    }
    user z
    end e
    s > q > z > e
"""


@pytest.mark.parametrize(("before", "open_then"), [([], ["a"]), (["a"], ["b"]), (["a", "b"], ["z"])])
def test_s15_work_that_is_drawn_inside_a_subprocess_now_goes_on_inside_it(before, open_then):
    play = Play(FLAT)
    for task in before:
        play.done(task)
    ids = list(play.tasks)
    moved(play, INSIDE)
    assert (play.said, play.tasks, play.open) == ([], ids, open_then)
    for task in [task for task in ("a", "b") if task not in before]:
        play.done(task)
    assert play.done("z").step.finished


def test_s15_a_timer_and_its_branch_go_into_the_subprocess_with_their_work():
    play = moved(Play(FLAT).fire(days=7), INSIDE)
    assert play.step.next_due.date() == (play.now + timedelta(days=7)).date()
    assert play.fire(days=7).said == ["passed late", "opened r"]
    play.done("a").done("b")
    assert "z" not in play.open, "the branch beside it is still in the subprocess"
    play.done("r").done("r")
    assert play.open == ["z"]


def test_s15_work_goes_into_subprocesses_in_each_other_and_a_subprocess_goes_along():
    deeper = (
        INSIDE.replace("sub q {", "sub p {\nstart ps\nsub q {")
        .replace("}", "}\nend pe\nps > q > pe\n}")
        .replace("s > q > z", "s > p > z")
    )
    for old in (FLAT, INSIDE):
        play = moved(Play(old).done("a"), deeper)
        assert play.open == ["b"]
        assert play.done("b").done("z").step.finished


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (INSIDE + "boundary! x q message stop\nx > e", r"q \(op de rand van dit deelproces staan gebeurtenissen\)"),
        (INSIDE.replace("sub q {", "sub q * 2 {"), r"q \(dit deelproces herhaalt zich\)"),
        (INSIDE.replace("user a", "service a"), "a"),
    ],
)
def test_s15_a_subprocess_that_would_begin_something_else_is_refused_with_the_reason(new, reason):
    with pytest.raises(CannotMove, match=rf": {reason}"):
        moved(Play(FLAT), new)


def test_s15_a_second_token_of_a_subprocess_that_runs_is_refused():
    old = (
        "start s\nand p\nsub q {\nstart qs\nuser a\nend qe\nqs > a > qe\n}\nuser b\nend e\ns > p\np > q > e\np > b > e"
    )
    new = (
        "start s\nand p\nsub q {\nstart qs\nuser a\nuser b\nend qe\nqs > a > b > qe\n}\nend e\ns > p\np > q > e\np > e"
    )
    with pytest.raises(CannotMove, match=r"q \(dit deelproces loopt al\)"):
        moved(Play(old), new)


WAITS = "start s\ncatch c message {}\nuser z\nend e\ns > c > z > e"


def test_s15_who_waits_for_a_message_waits_for_that_of_the_new_drawing():
    play = moved(Play(WAITS.format("yes")), WAITS.format("agreed"))
    with pytest.raises(NobodyListens):
        play.send("yes")
    assert play.send("agreed").open == ["z"]


def test_s15_rounds_of_a_repeated_step_stay_open_or_done():
    text = "start s\nuser a * 3\nend e\ns > a > e"
    play = Play(text).done("a")
    before = list(play.tasks)
    moved(play, text.replace("s > a > e", "s > a > z > e\nuser z"))
    assert play.tasks == before
    assert play.done("a").open == ["a"]
    assert play.done("a").open == ["z"]
