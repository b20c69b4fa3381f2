"""A task for each person of a role: one token in the instance that asks, and an instance of that one task for each of them."""

from datetime import timedelta

import pytest
from drawn import NOW, Drawing, Play

from engine.errors import CannotMove, NotReady, UnknownState
from engine.kernel.codec import pack, unpack
from engine.kernel.moving import move
from engine.model import Assignment, DeadlineAction, Status
from engine.words import Answers, Occasion

EACH = {"assignment": Assignment("citizen", answers=Answers.EACH)}
FIRST = {"assignment": Assignment("citizen", answers=Answers.FIRST)}
ASKED = """
    start s
    user a
    boundary! late a timeDuration P14D
    boundary soon a timeDuration P7D
    user judge
    user silent
    send reminder
    end reminded
    end e
    s > a > judge > e
    late > silent > e
    soon > reminder > reminded
"""
STATUS = Status("asked", "Gevraagd", 10)


def asked(**more):
    return Play(ASKED, settings={"a": {**EACH, **more}})


def alone(**more):
    return Play(ASKED, settings={"a": {**EACH, **more}}, alone="a")


def test_j5_the_instance_that_asks_opens_no_task_and_waits_without_timers():
    play = asked()
    assert play.said == ["passed s", "each a"]
    assert play.step.timers == (), "each of them has the timers"
    assert not play.step.stuck
    assert play.fire(days=30).said == []


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (lambda play: play.done("a"), ["passed a", "opened judge"]),
        (lambda play: play.lapse("a", "late"), ["dropped a", "passed late", "opened silent"]),
        (lambda play: play.lapse("a", "gone_from_the_drawing"), ["passed a", "opened judge"]),
        (lambda play: play.cancel(), ["dropped a"]),
    ],
    ids=["somebody answered", "nobody answered in time", "the event is drawn no more", "the case stops"],
)
def test_j5_the_instance_that_asked_goes_on_once(ending, said):
    play = ending(asked())
    assert play.said == said
    with pytest.raises((NotReady, StopIteration)):
        play.done("a")


def test_j5_one_person_has_the_task_and_its_timers_and_nothing_behind_it():
    play = alone()
    assert play.said == ["opened a"]
    assert [timer.element for timer in play.step.timers] == ["late", "soon"]
    assert play.step.next_due == NOW + timedelta(days=7)
    assert play.fire(days=8).said == ["passed soon", "passed reminder", "passed reminded"]
    assert play.done("a").said == ["closed a"]
    assert play.step.finished


def test_j5_one_person_who_does_not_answer_lapses_by_the_event_of_the_drawing():
    play = alone().fire(days=15)
    assert play.said == ["passed soon", "passed reminder", "passed reminded", "cancelled a", "lapsed late"]
    assert play.step.finished


def test_j5_statuses_and_deadlines_of_the_task_happen_where_it_was_asked_and_not_again_for_everybody():
    actions = (DeadlineAction("reply", "start"), DeadlineAction("reply", "meet", at=Occasion.LEAVE))
    settings = {"status": STATUS, "deadline_actions": actions}
    play = asked(**settings)
    assert play.said == ["passed s", "status asked", "deadline start", "each a"]
    assert play.done("a").said == ["deadline meet", "passed a", "opened judge"]
    assert alone(**settings).said == ["opened a"]


def test_j5_a_task_in_a_subprocess_is_asked_of_each_too():
    text = """
        start s
        sub box {
            start i
            user a
            boundary! late a timeDuration P14D
            end o
            end l
            i > a > o
            late > l
        }
        end e
        s > box > e
    """
    assert Play(text, settings={"a": EACH}).said[-1] == "each a"
    play = Play(text, settings={"a": EACH}, alone="a")
    assert play.done("a").step.finished
    assert Play(text, settings={"a": EACH}, alone="a").fire(days=15).said == ["cancelled a", "lapsed late"]


def test_j5_a_task_that_waits_keeps_what_it_is_when_its_case_moves_to_another_drawing():
    each, first = Drawing(ASKED, {"a": EACH}), Drawing(ASKED, {"a": FIRST})
    play = Play(each)
    play.take(move(each.compiled(), first.compiled(), play.state, {}, NOW))
    play.drawing = first
    assert play.step.timers == ()
    assert play.done("a").said == ["passed a", "opened judge"]
    old = Play(first)
    old.take(move(first.compiled(), each.compiled(), old.state, {}, NOW))
    old.drawing = each
    assert [timer.element for timer in old.step.timers] == ["late", "soon"]
    assert old.done("a").said == ["closed a", "passed a", "opened judge"]


def test_j5_the_instance_of_one_person_moves_along_or_is_refused_by_name():
    old, new = Drawing(ASKED, {"a": EACH}), Drawing(ASKED.replace("user silent", "user quiet").replace("> silent >", "> quiet >"), {"a": EACH})  # fmt: skip
    play = Play(old, alone="a")
    play.take(move(old.compiled(), new.compiled(), play.state, {}, NOW))
    play.drawing = new
    assert play.done("a").step.finished
    other = Drawing("start s\nuser b\nend e\ns > b > e")
    with pytest.raises(CannotMove, match="a"):
        move(old.compiled(), other.compiled(), Play(old, alone="a").state, {}, NOW)


def test_j5_a_state_of_one_task_says_which_and_an_unknown_one_is_refused():
    document = unpack(alone().state)
    assert document[2] == "a"
    assert len(unpack(asked().state)) == 2, "an instance of a whole drawing is stored as before"
    play = alone()
    play.state = pack([*document[:2], "gone"])
    with pytest.raises(UnknownState):
        play.fire(days=1)
