"""C13: what an answer came by since it was given, in a drawing and in the tasks of a case; what cannot be told counts as used."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from drawn import NOW, Drawing

from engine import names_read_at, passed_between, passed_by_borders
from engine.model import DrawnDeadline
from engine.words import Side
from processes.execution.answer_stretch import Stretch
from processes.execution.case_lines import CaseLines, ProcessLine
from processes.storage.tables import TaskRow

INSIDE = """
start s
sub q {repeated}{{
start i
user ask
user others
end f
i > ask > others > f
}}
boundary! late q message halt
user judge
user after
end e
s > q > after > e
late > judge > e
"""


def test_c13_an_event_on_the_border_of_a_subprocess_may_have_led_away_from_the_answer() -> None:
    compiled = Drawing(INSIDE.format(repeated="")).compiled()
    passed, rests = passed_by_borders(compiled, "ask", ["others", "after"], NOW)
    assert {"late", "judge", "e"} <= passed
    assert not rests
    passed, rests = passed_between(compiled, "ask", ["others", "after"], NOW)
    assert (passed & {"late", "judge"}, rests) == (frozenset(), {"others"})


def test_c13_the_end_of_a_repeated_subprocess_leads_on() -> None:
    compiled = Drawing(INSIDE.format(repeated="* 2 ")).compiled()
    passed, rests = passed_between(compiled, "ask", ["after"], NOW)
    assert {"others", "q"} <= passed, "the loop itself is asked again whether it goes on"
    assert rests == {"after"}


def test_c13_a_timer_that_fired_read_the_answer() -> None:
    compiled = Drawing("start s\nuser a\ncatch w timeDate preferred_on\nuser b\nend e\ns > a > w > b > e").compiled()
    assert names_read_at(compiled, ["w"]) == {"preferred_on"}
    assert not names_read_at(compiled, ["a", "b"])


CALLS = "start s\nuser ask\ncall c other\nuser after\nend e\ns > ask > c > after > e"
OTHER = "start s\nuser weigh\nend e\ns > weigh > e"


def course(*tasks: TaskRow, deadlines: tuple[str, ...] = (), phase: str = "running") -> CaseLines:
    """A case that rests in what it called after the answer, with these tasks."""
    drawn, other = Drawing(CALLS), Drawing(OTHER, process="other")
    model = replace(
        drawn.model,
        elements={**drawn.model.elements, "c": replace(drawn.model.elements["c"], called="other")},
        deadlines={"view": DrawnDeadline("view", "Zienswijze", start_from="preferred_on")},
    )
    folder = SimpleNamespace(mails={})
    known = {
        1: SimpleNamespace(model=model, compiled=drawn.compiled(), folder=folder),
        2: SimpleNamespace(model=other.model, compiled=other.compiled(), folder=folder),
    }
    lines = {
        1: ProcessLine(1, 1, "proces", True, None, None, "running", NOW, None, []),
        2: ProcessLine(2, 2, "other", False, 1, "t", phase, NOW + timedelta(hours=1), None, []),
    }

    class Read(CaseLines):
        __slots__ = ()

        def deployed(self, line):
            return known[line.model_version_id]

        def started_deadlines(self):
            return frozenset(deadlines)

    return Read(None, None, None, NOW, tasks, lines)


def task(instance: int, element: str, state: str = "open", **more: object) -> TaskRow:
    opened = NOW + timedelta(hours=1)
    return TaskRow(
        id=element, instance_id=instance, element=element, state=state, side=Side.WORKER, opened_at=opened, **more
    )


@pytest.mark.parametrize(
    ("row", "used"),
    [
        (task(2, "weigh"), False),
        (task(2, "weigh", assignee="noor"), True),
        (task(2, "weigh", "done"), True),
        (task(1, "gone", "done"), True),  # of an earlier drawing: no way to it can be found any more
    ],
)
def test_c13_work_in_a_called_process_is_work_with_the_answer(row: TaskRow, used: bool) -> None:
    found = course(row)
    assert Stretch(found, found.lines[1], "ask", NOW).worked_on(taken_too=True) is used


def test_c13_an_answer_by_which_a_term_is_counted_stands_once_it_runs() -> None:
    runs, waits = course(deadlines=("view",)), course()
    assert "preferred_on" in Stretch(runs, runs.lines[1], "ask", NOW).names_read()
    assert "preferred_on" not in Stretch(waits, waits.lines[1], "ask", NOW).names_read()
