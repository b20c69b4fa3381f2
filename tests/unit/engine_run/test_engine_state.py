"""The state between two steps: small, the same whoever reads it, and readable for ever."""

import base64

from drawn import NOW, Drawing, Play, say

from engine.kernel.running import advance, start
from engine.steps import Complete, Fire, Refresh

TEXT = """
    start s
    and p
    sub q * 2 {
        start qs
        user a
        boundary b a timeCycle R/P7D
        end qe
        qs > a > qe
        b > qe
    }
    user w
    and j
    race g
    catch m message go
    catch t timeDuration P30D
    end e
    s > p
    p > q > j
    p > w > j
    j > g
    g > m > e
    g > t > e
"""
# written by format 1: w is done, one of the two subprocesses is done, its reminder came once in the other
STORED = base64.b64decode(
    "AQBbZmFsc2UsW1tudWxsLFtbIjc0NzBlMTY1MDk2ZjQyNzY5MTg5NmU4MWQ3MjcwM2MwIiwicSIsLTEsMzIseyJsZWZ0IjpbXSwi"
    "ZG9uZSI6MX1dLFsiNmFiOWNlZWVlNDQyNDllNGIwMjBkMDAxMDg1MTNiMjAiLCJxIFtjaGlsZF0iLDAsMzIseyJpdGVtIjoxfV0s"
    "WyJkMDZlMzAxZGYyZTI0ZWM1OTA0YWYxOWJkM2FkNTM0YiIsImoiLC0xLDgseyJmcm9tIjoidyJ9XV1dLFsiNmFiOWNlZWVlNDQy"
    "NDllNGIwMjBkMDAxMDg1MTNiMjAiLFtbIjg3ZDU1YTA2YzAwMjRmNWI4ZjgwYzdkOTk4NDRhMTJkIiwiYS5Cb3VuZGFyeUV2ZW50"
    "U3BsaXQiLC0xLDMyLDBdLFsiN2QwYTZjZmJjYWI3NDQ0ZmE4YzFkYThmNDU5NmMzMzEiLCJhIiwwLDE2LDBdLFsiMjcxYmI0NjJl"
    "NjgzNDdhMGE0OGQ3ZTFkNmI4YjFjMDEiLCJiIiwwLDgseyJhdCI6IjIwMjYtMDMtMDJUMDk6MDA6MDArMDA6MDAiLCJuIjoxfV1d"
    "XV1d"
)


def playing():
    play = Play(TEXT)
    play.fire(days=8)
    return play.done("w").done("a")


def test_a_state_stored_by_format_1_still_goes_on():
    compiled = Drawing(TEXT).compiled()
    outcome = advance(compiled, STORED, Fire(), {}, NOW.replace(day=20))
    assert [say(effect) for effect in outcome.step.effects] == ["passed b", "passed qe"]
    outcome = advance(compiled, outcome.state, Complete("7d0a6cfbcab7444fa8c1da8f4596c331"), {}, NOW.replace(day=20))
    assert [say(effect) for effect in outcome.step.effects] == [
        "closed a",
        "passed a",
        "passed qe",
        "passed q",
        "passed j",
    ]
    assert outcome.step.next_due is not None


def test_the_same_command_on_the_same_state_gives_the_same_step():
    play = playing()
    task = play.tasks[0][0]
    one, two = (advance(Drawing(TEXT).compiled(), play.state, Complete(task), {}, play.now) for _ in range(2))
    assert one.step == two.step


def test_refreshing_twice_changes_nothing():
    play = playing()
    before = play.state
    for _ in range(2):
        outcome = advance(play.compiled, play.state, Refresh(), {}, play.now)
        assert outcome.state == before
        assert outcome.step.effects == ()


def test_a_large_state_is_compressed_and_reads_back():
    play = Play("start s\nuser a * 200\nend e\ns > a > e")
    assert play.state[:2] == b"\x01\x01"
    assert len(play.state) < 200 * 45
    for _ in range(200):
        play.fresh = False
        play.done("a")
    assert play.step.finished


def test_a_finished_instance_is_next_to_nothing():
    play = Play("start s\nuser a\nend e\ns > a > e").done("a")
    assert len(play.state) < 30


def test_instances_share_a_compiled_drawing_without_meeting():
    compiled = Drawing(TEXT).compiled()
    one, two = (start(compiled, {}, NOW) for _ in range(2))
    tasks = [effect.task for outcome in (one, two) for effect in outcome.step.effects if hasattr(effect, "task")]
    assert len(set(tasks)) == len(tasks) == 6
