"""Random processes: what finished tokens leave behind must not matter, and an independent interpreter must agree."""

from contextlib import contextmanager
from datetime import timedelta

from blocks import DICE, PROCESSES, TICK, Oracle, Sketch
from drawn import Drawing, Play
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.kernel.tokens import TopFlow
from engine.steps import Fire

MOST_STEPS = 22  # weeks, at most: in winter time a week is an hour later


class Remembering(Play):
    """Plays without compaction: every finished token stays in the state."""

    def __init__(self, *arguments, **named):
        with remembering():
            super().__init__(*arguments, **named)

    def do(self, command, **facts):
        with remembering():
            return super().do(command, **facts)


@contextmanager
def remembering():
    TopFlow.keeps_history = True
    try:
        yield
    finally:
        TopFlow.keeps_history = False


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(block=PROCESSES, data=st.data())
def test_compaction_changes_nothing_and_the_oracle_agrees(block, data):
    drawing, oracle = Drawing(Sketch(block).text), Oracle(block)
    facts = {"dice": 0}
    play, other = Play(drawing, facts, fresh=False), Remembering(drawing, facts, fresh=False)
    for _ in range(MOST_STEPS):
        assert play.said == other.said
        assert play.open == oracle.open()
        assert play.step.finished == other.step.finished == oracle.finished()
        assert not play.step.stuck
        if oracle.finished():
            return
        choices = [("done", name) for name in sorted(set(oracle.open()))] + [("send", m) for m in oracle.messages()]
        verb, name = data.draw(st.sampled_from(choices))
        oracle.dice = data.draw(st.integers(0, DICE - 1))
        (oracle.complete if verb == "done" else oracle.send)(name)
        for one in (play, other):
            if name == TICK:
                one.now += timedelta(days=7)
                one.do(Fire(), dice=oracle.dice)
            else:
                getattr(one, verb)(name, dice=oracle.dice)
