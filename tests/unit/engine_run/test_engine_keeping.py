"""A message that is thrown while nobody waits is kept until somebody does, where the drawing says so."""

import pytest
from drawn import NOW, Drawing, Play

from engine.errors import UnknownState
from engine.kernel import codec
from engine.kernel.running import move

POST = """
    start s
    and g
    user a
    throw! t message brief
    user b
    catch c message brief
    user d
    and j
    end e
    s > g > a > t > j > e
    g > b > c > d > j
"""
INSIDE = """
    start s
    and g
    sub q {
    start qs
    and qg
    user a
    throw! t message brief
    user stay
    user late
    catch qc message brief
    and qj
    end qe
    qs > qg > a > t > stay > qj > qe
    qg > late > qc > qj
    }
    boundary! stop q message stop
    user b
    catch c message brief
    and j
    end e
    end x
    s > g > q > j > e
    g > b > c > j
    stop > x
"""


def test_s7_a_kept_message_is_read_by_who_comes_later() -> None:
    play = Play(POST).done("a")
    assert (play.open, play.state[0]) == (["b"], codec.WITH_KEPT)
    play.done("b")
    assert (play.open, play.state[0]) == (["d"], codec.FORMAT)
    assert play.done("d").step.finished


def test_s7_who_waits_already_gets_it_at_once_and_nothing_is_kept() -> None:
    play = Play(POST).done("b").done("a")
    assert (play.open, play.state[0]) == (["d"], codec.FORMAT)


def test_s7_without_keep_a_message_that_nobody_waits_for_is_lost_as_before() -> None:
    play = Play(POST.replace("throw!", "throw")).done("a").done("b")
    assert (play.open, play.state[0]) == ([], codec.FORMAT)


@pytest.mark.parametrize("reader", ["receive c message brief", "boundary! c d message brief"])
def test_s7_a_receive_task_and_an_event_on_a_border_read_it_too(reader: str) -> None:
    text = POST.replace("catch c message brief", reader)
    text = text.replace("b > c > d > j", "b > d > j\nend z\nc > z") if reader.startswith("boundary") else text
    play = Play(text).done("a").done("b")
    assert play.open == ([] if reader.startswith("boundary") else ["d"])


def test_s7_one_message_of_a_name_is_kept() -> None:
    text = POST.replace("a > t", "a > t0 > t") + "throw! t0 message brief"
    play = Play(text).done("a")
    assert codec.kept_in(codec.unpack(play.state)) == [[None, "brief"]]


def test_s7_a_kept_message_ends_with_the_scope_in_which_it_could_be_read() -> None:
    play = Play(INSIDE).done("a")
    [[holder, name]] = codec.kept_in(codec.unpack(play.state))
    assert (holder is None, name) == (False, "brief")
    play.done("b")
    assert play.open == ["late", "stay"], "what is outside does not read it"
    play.send("stop")
    assert codec.kept_in(codec.unpack(play.state)) == []


def test_s7_a_kept_message_moves_along_to_a_new_version() -> None:
    drawing = Drawing(POST)
    play = Play(drawing).done("a")
    new = Drawing(POST.replace("user d", "user n").replace("c > d > j", "c > n > j"))
    play.state = move(drawing.compiled(), new.compiled(), play.state, {}, NOW).state
    play.drawing = new
    assert play.done("b").open == ["n"]


def test_s7_a_release_before_refuses_a_state_with_a_kept_message() -> None:
    """It knows format 1 only, and would have lost the message."""
    state = Play(POST).done("a").state
    assert state[0] != codec.FORMAT
    with pytest.raises(UnknownState):
        codec.unpack(bytes((codec.WITH_KEPT + 1,)) + state[1:])
