"""Several arrows from one node to one join are several: each has its own tokens."""

import pytest
from drawn import Drawing, Play

from engine.errors import CannotMove
from engine.kernel.moving import move

JOINS = ("or", "and")
DOUBLE = """
    start s
    and p
    user a
    {join} j
    user z
    end e
    s > p > a > j
    p > j
    p > j
    j > z > e
"""
# a stand in which p sent a token along both arrows, as version 0.1 wrote it: by the name of the node only
STORED = b'\x01\x00[false,[[null,[["a1","a",-1,16,0],["a2","j",-1,8,{"from":"p"}],["a3","j",-1,8,{"from":"p"}]]]]]'
ONE_BY_ONE = """
    start s
    and p
    user a
    user b
    xor m
    xor x
    and j
    user z
    end e
    s > p > a > m
    p > b > m
    m > x
    x > j if first
    x > j else
    j > z > e
"""


@pytest.mark.parametrize("join", JOINS)
def test_two_arrows_from_one_node_are_joined_once(join):
    play = Play(DOUBLE.format(join=join))
    assert play.open == ["a"]
    play.done("a")
    assert (play.open, play.count("passed j")) == (["z"], 1)
    assert play.done("z").step.finished


@pytest.mark.parametrize("join", JOINS)
def test_two_arrows_and_nothing_else_are_joined_once(join):
    play = Play(f"start s\nand p\n{join} j\nuser z\nend e\ns > p\np > j\np > j\nj > z > e")
    assert (play.open, play.count("passed j")) == (["z"], 1)


@pytest.mark.parametrize("join", JOINS)
def test_a_stored_join_that_holds_tokens_by_the_name_of_the_node_goes_on_rightly(join):
    play = Play(DOUBLE.format(join=join))
    play.state, play.tasks = STORED, [("a1", "a")]
    play.done("a")
    assert play.open == ["z"]
    assert play.done("z").step.finished


def test_two_tokens_along_one_arrow_do_not_fill_the_other():
    play = Play(ONE_BY_ONE, {"first": True}).done("a").done("b")
    assert (play.open, play.step.stuck) == ([], True)
    assert Play(ONE_BY_ONE, {"first": True}).done("a").done("b", first=False).open == ["z"]


def test_an_inclusive_join_fires_for_each_token_along_one_arrow():
    text = ONE_BY_ONE.replace("and j", "or j")
    play = Play(text, {"first": True}).done("a")
    assert play.open == ["b", "z"], "the way to the empty arrow is the way to the filled one, so nothing is waited for"
    assert play.done("b").open == ["z", "z"]


def test_a_task_with_several_arrows_is_done_for_each_token_that_comes():
    """An exclusive choice brings one; a split brings two, which the linter warns of."""
    text = "start s\n{kind} x\nuser a\nuser b\nuser t\nend e\ns > x\nx > a{first}\nx > b{second}\na > t\nb > t\nt > e"
    once = Play(text.format(kind="xor", first=" if true", second=" else")).done("a")
    assert (once.open, once.done("t").step.finished) == (["t"], True)
    assert Play(text.format(kind="and", first="", second="")).done("a").done("b").open == ["t", "t"]


def test_a_move_keeps_the_arrow_and_is_refused_when_it_is_gone():
    play = Play(DOUBLE.format(join="or"))
    same = Drawing(DOUBLE.format(join="or").replace("j > z > e", "j > z > y > e\nuser y"))
    moved = move(play.compiled, same.compiled(), play.state, play.facts, play.now)
    play.drawing, play.state = same, moved.state
    assert play.done("a").open == ["z"]
    fewer = Drawing(DOUBLE.format(join="or").replace("p > j\n    p > j", "p > j"))
    play = Play(DOUBLE.format(join="or"))
    with pytest.raises(CannotMove, match="j"):
        move(play.compiled, fewer.compiled(), play.state, play.facts, play.now)
