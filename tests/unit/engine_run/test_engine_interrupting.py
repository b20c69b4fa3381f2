"""A boundary event takes a waiting service task away, and says so to whoever was to carry it out."""

import pytest
from drawn import Play

from engine.errors import NotReady
from engine.steps import Complete

INTERRUPTED = """
    start s
    and p
    service v
    boundary! b v {event}
    user a
    throw t {thrown}
    user r
    user z
    end e
    s > p > v > z > e
    p > a > t > e
    b > r > e
"""


@pytest.mark.parametrize(
    ("event", "thrown", "interrupt"),
    [
        ("timeDuration P7D", "message other", lambda play: play.fire(days=8)),
        ("message halt", "message other", lambda play: play.send("halt")),
        ("message halt", "message halt", lambda play: play.done("a")),
        ("signal halt", "signal halt", lambda play: play.done("a")),
    ],
)
def test_a_waiting_service_task_is_interrupted_and_says_so(event, thrown, interrupt):
    """Each command loads the stored state anew and compiles the drawing anew."""
    play = Play(INTERRUPTED.format(event=event, thrown=thrown))
    asked = next(task for task, element in play.tasks if element == "v")
    interrupt(play)
    assert "dropped v" in play.said
    assert "v" not in play.open
    assert "r" in play.open
    with pytest.raises(NotReady):
        play.do(Complete(asked))
    assert "z" not in play.done("r").open


def test_a_service_task_that_is_interrupted_in_the_step_that_asks_it_is_never_asked():
    play = Play("start s\nservice v\nboundary! b v timeDate 2026-01-01\nuser r\nend e\ns > v > e\nb > r > e")
    assert play.said == ["passed s", "passed b", "opened r"]


def test_a_service_task_inside_an_interrupted_subprocess_is_dropped():
    text = "start s\nsub q {\nstart i\nservice v\nend f\ni > v > f\n}\nboundary! b q message halt\nuser r\nend e"
    play = Play(f"{text}\ns > q > e\nb > r > e")
    assert play.send("halt").said == ["dropped v", "passed b", "opened r"]
    assert play.open == ["r"]
